"""Messages of the library's own tests."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def retrieve() -> bytes:
    return (REPOSITORY / "tests/data/retrieve-conf.mms").read_bytes()


@pytest.fixture
def forward() -> bytes:
    return (REPOSITORY / "tests/vectors/mm4/forward_req.eml").read_bytes()


@pytest.fixture
def vectors() -> dict[str, bytes]:
    lines = (REPOSITORY / "tests/vectors/mm1.txt").read_text().splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: bytes.fromhex(row[1]) for row in rows}


@pytest.fixture
def submit() -> bytes:
    return in_http("submit-req")


@pytest.fixture
def submitted() -> bytes:
    return in_http("submit-rsp")


def in_http(vector: str) -> bytes:
    """A message of MM7: the vectors have the content type in their first line."""
    content_type, _, body = (REPOSITORY / "tests/vectors/mm7" / vector).read_bytes().partition(b"\n")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
    return head % (content_type.strip(), len(body)) + body
