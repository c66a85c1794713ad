"""Tables of Arrow."""

from datetime import UTC, datetime
from typing import Any

import pytest
from mms_codec import decode, decode_many, to_arrow

pa = pytest.importorskip("pyarrow")


def rows(table: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pa.table(table).to_pylist()
    return found


def test_rows(retrieve: bytes, vectors: dict[str, bytes]) -> None:
    message, push, error = rows(to_arrow(decode_many([retrieve, vectors["push-notification"], b"hello"]), data=True))
    assert (message["interface"], message["type"], message["subject"]) == ("mm1", "m-retrieve-conf", "Un été à la mer")
    assert message["date"] == datetime(2024, 1, 1, tzinfo=UTC)
    assert (message["from"], message["to"]) == ("+447700900123", ["+447700900456", "alice@example.com"])
    assert (message["cc"], message["bcc"]) == (["bob@example.org"], [])
    fields = dict(message["fields"])
    shown = decode(retrieve).fields
    assert fields == {
        name: [str(value) for value in values] if isinstance(values, tuple) else [str(values)]
        for name, values in shown.items()
    }
    parts = decode(retrieve).parts
    assert [part["data"] for part in message["parts"]] == [bytes(part.data) for part in parts]
    assert [part["length"] for part in message["parts"]] == [292, 13, 43]
    assert message["parts"][1]["text"] == "Héllo wörld"
    assert message["error"] is None
    assert (push["interface"], push["type"]) == ("push", "m-notification-ind")
    assert dict(push["fields"])["X-Mms-Message-Size"] == ["27999"]
    assert error["type"] is None
    assert error["error"]["kind"] == "not-a-message"


def test_deviations_of_push_and_message_are_in_one_list(forward: bytes) -> None:
    (row,) = rows(to_arrow([decode(forward)]))
    assert row["deviations"] == [{"kind": "bare-line-feed", "offset": 37, "field": None}]


def test_the_schema_is_the_same_whatever_the_rows(retrieve: bytes) -> None:
    empty = to_arrow([])
    assert len(empty) == 0
    table = to_arrow([decode(retrieve)])
    assert len(table) == 1
    assert pa.schema(empty) == pa.schema(table) == pa.table(table).schema == pa.table(empty).schema
    assert pa.schema(empty).names == [
        *["interface", "type", "date", "from", "to", "cc", "bcc", "subject"],
        *["fields", "parts", "deviations", "error"],
    ]


def test_large_tables_have_several_batches(retrieve: bytes) -> None:
    message = decode(retrieve)
    table = pa.table(to_arrow([message] * 40_000))
    table.validate(full=True)
    assert table.num_rows == 40_000
    assert len(table.to_batches()) == 3
    assert table["subject"].unique().to_pylist() == ["Un été à la mer"]


def test_a_table_may_be_read_twice(retrieve: bytes) -> None:
    table = to_arrow([decode(retrieve)])
    assert pa.table(table) == pa.table(table)


def test_what_is_not_a_message_is_refused() -> None:
    with pytest.raises(TypeError, match="not str"):
        to_arrow(["text"])  # type: ignore[list-item]


def test_batches(retrieve: bytes, vectors: dict[str, bytes]) -> None:
    from mms_codec.arrow import SCHEMA, decode_batches

    octets = [retrieve, None, vectors["push-notification"]]
    batch = pa.record_batch({"path": ["a", "b", "c"], "content": pa.array(octets, pa.binary())})
    decoded = list(decode_batches([batch, batch], keep=["path"]))
    assert [one.num_rows for one in decoded] == [3, 3]
    assert decoded[0].schema.names == ["path", *SCHEMA.names]
    assert decoded[0].to_pylist() == decoded[1].to_pylist()
    first, second, third = decoded[0].to_pylist()
    assert (first["path"], first["subject"]) == ("a", "Un été à la mer")
    assert second["error"]["kind"] == "not-a-message"
    assert third["type"] == "m-notification-ind"


def test_pandas(retrieve: bytes) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame.from_arrow(to_arrow(decode_many([retrieve, b"hello"])))
    assert list(frame["subject"].dropna()) == ["Un été à la mer"]
    assert frame["error"][1]["kind"] == "not-a-message"


def test_polars(retrieve: bytes) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(to_arrow(decode_many([retrieve] * 2)))
    assert frame["subject"].to_list() == ["Un été à la mer"] * 2
    names = frame.explode("parts").unnest("parts")["name"].to_list()
    assert names == ["smil.xml", "text.txt", "dot.gif"] * 2
