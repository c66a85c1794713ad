"""Changing messages, comparing them, joining short messages, and charging records."""

import copy
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mms_codec import DecodeError, EncodeError, Joiner, Record, compose, decode, decode_records, diff, encode, join, push, split

from conftest import REPOSITORY


def test_replace_makes_another_message(retrieve: bytes) -> None:
    message = decode(retrieve)
    changed = message.replace(
        subject="Bye",
        to=["+447700900999"],
        cc=[],
        priority="Low",
        read_report=False,
        date=datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC),
        parts=[*(part for part in message.parts if part.media_type != "image/gif"), "More", ("a.vcf", b"BEGIN:VCARD\r\n")],
    )
    assert (message.subject, len(message.parts)) == ("Un été à la mer", 3)
    assert (changed.subject, changed.to, changed.cc) == ("Bye", ("+447700900999/TYPE=PLMN",), ())
    assert (changed.priority, changed.read_report) == ("Low", False)
    assert changed.date == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert [part.media_type for part in changed.parts] == ["application/smil", "text/plain", "text/plain", "text/x-vCard"]
    # What was not changed is as it was, also what the specification does not know.
    assert changed.fields["X-Vendor-Note"] == "spring sale"
    assert changed.parts[1].data == message.parts[1].data
    assert decode(encode(changed), strict=True) == changed
    assert message.replace() == message
    if sys.version_info >= (3, 13):
        assert copy.replace(message, subject="Bye").subject == "Bye"


@pytest.mark.parametrize("interface", ["forward", "submit"])
def test_replace_on_each_interface(interface: str, request: pytest.FixtureRequest) -> None:
    message = decode(request.getfixturevalue(interface))
    changed = message.replace(subject="Ação", parts=["One"], expiry=timedelta(days=1))
    assert (changed.interface, changed.type, changed.subject) == (message.interface, message.type, "Ação")
    assert [part.text for part in changed.parts] == ["One"]
    assert message.replace(subject=None).subject is None


def test_replace_refuses(retrieve: bytes, vectors: dict[str, bytes]) -> None:
    message = decode(retrieve)
    with pytest.raises(TypeError, match="colour"):
        message.replace(colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        message.replace(to="+447700900123", subject=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="priority"):
        message.replace(priority="Urgent")
    with pytest.raises(ValueError, match="zone"):
        message.replace(date=datetime(2024, 1, 1))
    with pytest.raises(ValueError, match="below"):
        message.replace(expiry=timedelta(seconds=-1))
    with pytest.raises(EncodeError):
        message.replace(subject="a\r\nBcc: b@example.com\0")
    with pytest.raises(ValueError, match="m-send-conf"):
        decode(vectors["min-m-send-conf"]).replace(subject="a")
    with pytest.raises(ValueError, match="push"):
        decode(vectors["push-notification"]).replace(subject="a")
    with pytest.raises(AttributeError):
        message.subject = "a"  # type: ignore[misc]


def test_diff(retrieve: bytes) -> None:
    message = decode(retrieve)
    assert diff(message, decode(retrieve)) == []
    changed = message.replace(subject="Bye", parts=message.parts[:2])
    found = {difference.name: difference[1:] for difference in diff(message, changed)}
    assert found["Subject"] == ("Un été à la mer", "Bye")
    assert found["part 3 content"] == (bytes(message.parts[2].data), None)
    assert all(name == "Subject" or name.startswith("part 3 ") for name in found)


def notification() -> bytes:
    return encode(push(decode(bytes.fromhex("8c82985431008d928a808e0204008805810301518083" + (b"http://m/" + b"a" * 300).hex() + "00"))))


def test_join_is_the_reverse_of_split() -> None:
    whole = decode(notification())
    segments = split(whole, reference=7)
    assert len(segments) >= 3
    assert join(reversed(segments)) == whole
    joiner = Joiner()
    assert joiner.add(segments[2], "+447700900123") is None
    assert joiner.waiting == (("+447700900123", len(segments), [n + 1 for n in range(len(segments)) if n != 2]),)
    assert joiner.add(segments[2], "+447700900124") is None, "of another sender"
    rest = [joiner.add(segment, "+447700900123") for segment in segments[:2] + segments[3:]]
    assert rest[-1] == whole and rest[:-1] == [None] * (len(rest) - 1)
    with pytest.raises(ValueError, match="missing"):
        join(segments[1:])
    with pytest.raises(ValueError, match="not a short message"):
        join([b"hello"])


def test_join_takes_what_a_modem_writes() -> None:
    # An SMS-DELIVER of 3GPP TS 23.040, 9.2.2.1, for each segment: no service centre, user data header, 8 bits.
    whole = decode(notification())
    lines = []
    for data in split(whole, reference=7):
        lines.append("00" + "44" + "0a91" + "4477090021" + "00" + "04" + "42305090037400" + f"{len(data):02x}" + data.hex())
    assert join(lines) == whole
    assert join(bytes.fromhex(line)[1:] for line in lines) == whole


def test_records() -> None:
    octets = (REPOSITORY / "tests/data/records.cdr").read_bytes()
    first, damage, last = decode_records(octets)
    assert isinstance(first, Record) and isinstance(last, Record)
    assert (first.type, first.offset, first.fields["recordType"]) == ("mMO4FRsRecord", 0, 32)
    assert (last.type, last.fields["messageID"]) == ("mM7DRRsRecord", "mm-9")
    # Octets between them that are not a record.
    assert isinstance(damage, DecodeError) and damage.offset == 73
    assert repr(first).startswith("Record(type='mMO4FRsRecord', offset=0, fields=")
    assert decode_records(b"") == []


def test_composed_messages_are_changed_as_others_are(tmp_path: Path) -> None:
    message = compose([["Hello"]], to=["+447700900123"], subject="a")
    file = tmp_path / "b.mms"
    file.write_bytes(encode(message.replace(subject="b", from_="+12025550101")))
    again = decode(file.read_bytes())
    assert (again.subject, again.from_) == ("b", "+12025550101/TYPE=PLMN")
    assert again.replace(from_=None).fields["From"] != again.fields["From"]
