"""Decoding: fields, parts, deviations, errors."""

import gc
import mmap
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path

import mms_codec
import pytest
from mms_codec import DecodeError, Deviation, EncodeError, Message, MmsError, decode, encode

# m-send-conf: transaction T1, version 1.2, no status.
SHORT = bytes.fromhex("8c8198543100" "8d92")


def test_fields_are_attributes_with_the_types_of_python(retrieve: bytes) -> None:
    message = decode(retrieve)
    assert (message.interface, message.type) == ("mm1", "m-retrieve-conf")
    assert message.transaction_id == "T-0002"
    assert message.subject == "Un été à la mer"
    assert message.from_ == "+447700900123/TYPE=PLMN"
    assert message.to == ("+447700900456/TYPE=PLMN", "alice@example.com")
    assert message.date == datetime(2024, 1, 1, tzinfo=UTC)
    assert message.delivery_report is False
    assert message.read_report is True
    # Fields that it does not have.
    assert message.expiry is None
    assert message.bcc == ()
    # Fields of other interfaces.
    assert message.recipients_to == ()
    assert message.service_code is None


def test_fields_have_the_names_and_words_of_the_specification(retrieve: bytes) -> None:
    fields = decode(retrieve).fields
    assert fields["X-Mms-Delivery-Report"] == "No"
    assert fields["Date"] == "2024-01-01T00:00:00Z"
    assert fields["Cc"] == ("bob@example.org",)
    assert fields["X-Vendor-Note"] == "spring sale"
    with pytest.raises(TypeError):
        fields["Subject"] = "other"  # type: ignore[index]


def test_numbers_and_spans_of_time(vectors: dict[str, bytes]) -> None:
    message = decode(vectors["notification-full"])
    assert message.message_size == 27_999 == message.fields["X-Mms-Message-Size"]
    assert message.expiry == timedelta(seconds=172_800)
    assert message.fields["X-Mms-Expiry"] == "PT172800S"


def test_a_value_that_cannot_be_read_is_in_the_fields_only() -> None:
    # m-notification-ind whose size is a text.
    octets = bytes.fromhex("8c8298543100" "8d92" "8a80" "8e616200" "880381013c" "83687474703a2f2f6d00")
    message = decode(octets)
    assert message.message_size is None
    assert message.deviations


def test_a_push_has_the_message_in_it(vectors: dict[str, bytes]) -> None:
    push = decode(vectors["push-notification"])
    assert (push.interface, push.type) == ("push", "Push")
    assert push.fields["X-Wap-Application-Id"] == "x-wap-application:mms.ua"
    assert push.pdu is not None
    assert push.pdu == decode(vectors["notification-full"])
    assert push.pdu.transaction_id == "T1a2b3c"


def test_other_interfaces(forward: bytes) -> None:
    message = decode(forward.replace(b"\n", b"\r\n"))
    assert (message.interface, message.type) == ("mm4", "MM4_forward.REQ")
    assert message.message_id == "<fwd-0001@mms.mnc012.mcc345.gprs>"
    assert message.x_mms_message_id == '"mm-0001@mms.mnc012.mcc345.gprs"'
    assert message.forward_counter == 2


def test_what_is_not_a_field_is_not_an_attribute(retrieve: bytes) -> None:
    message = decode(retrieve)
    with pytest.raises(AttributeError, match="no_such_field"):
        message.no_such_field  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        message.subject = "other"  # type: ignore[misc]
    assert {"subject", "transaction_id", "parts"} <= set(dir(message))


def test_no_field_hides_behind_an_attribute_of_the_class() -> None:
    own = {name for name in vars(Message) if not name.startswith("__")}
    names = {name for name, _, _ in mms_codec.attributes()}
    assert own and names
    assert not own & names
    assert all(name.isidentifier() for name in names)


def test_each_field_of_an_interface_has_an_attribute_of_its_own() -> None:
    fields = [(name, interface) for name, _, fields in mms_codec.attributes() for interface, _ in fields]
    assert len(fields) == len(set(fields)) > 150


def test_parts(retrieve: bytes) -> None:
    message = decode(retrieve)
    smil, text, picture = message.parts
    assert [part.path for part in message.parts] == ["1", "2", "3"]
    assert text.text == "Héllo wörld"
    assert picture.text is None
    assert (text.content_type, text.media_type) == ("text/plain; charset=utf-8; name=text.txt", "text/plain")
    assert (picture.content_id, picture.content_location, picture.name) == ("<dot>", "dot.gif", "dot.gif")
    assert picture.content_disposition == "attachment; filename=dot.gif"
    assert bytes(picture.data[:6]) == b"GIF89a"
    assert len(picture) == len(picture.data) == 43
    assert message.body is not None
    assert message.body.parts == message.parts
    assert smil.media_type == "application/smil"


def test_contents_are_shared_with_the_input(retrieve: bytes) -> None:
    size = 50_000_000
    # A text of so many octets in place of the last one: multipart/mixed with one part.
    length = bytes([0x80 | size >> 21 & 0x7F, 0x80 | size >> 14 & 0x7F, 0x80 | size >> 7 & 0x7F, size & 0x7F])
    length = bytes([0x80 | size >> 28]) * (size >> 28 > 0) + length
    octets = bytes.fromhex("8c8498543100" "8d92" "84a3" "01" "01") + length + b"\x83" + bytes(size)
    before = peak()
    message = decode(octets)
    views = [message.parts[0].data for _ in range(10)]
    assert [len(view) for view in views] == [size] * 10
    assert peak() - before < size // 2
    # The views keep the octets alive.
    last = views.pop()
    del message, views, octets
    gc.collect()
    assert last[-1] == 0 and last.readonly
    with pytest.raises(TypeError):
        last[0] = 1


def peak() -> int:
    """The most memory that the process had, in octets."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_any_buffer_is_taken(retrieve: bytes, tmp_path: Path) -> None:
    message = decode(retrieve)
    changing = bytearray(retrieve)
    copied = decode(changing)
    changing[:] = bytes(len(changing))
    assert copied == message
    assert decode(memoryview(retrieve)) == message
    assert decode(memoryview(b"".join(bytes([octet, 0]) for octet in retrieve))[::2]) == message
    file = tmp_path / "message.mms"
    file.write_bytes(retrieve)
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert decode(mapped) == message
    for wrong in ("text", 5, None):
        with pytest.raises(TypeError):
            decode(wrong)  # type: ignore[arg-type]


def test_deviations(forward: bytes) -> None:
    deviation = decode(forward).deviations[0]
    assert (deviation.kind, deviation.offset, deviation.field) == ("bare-line-feed", 37, None)
    assert repr(deviation) == "Deviation(kind='bare-line-feed', offset=37, field=None)"
    assert deviation == decode(forward).deviations[0]
    assert isinstance(deviation, Deviation)
    with pytest.raises(DecodeError) as raised:
        decode(forward, strict=True)
    assert (raised.value.kind, raised.value.offset) == ("bare-line-feed", 37)


def test_offsets_count_from_the_start_of_the_input(vectors: dict[str, bytes]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n"
    message = decode(head + SHORT)
    bare = decode(SHORT)
    assert message == bare
    assert [deviation.offset - len(head) for deviation in message.deviations] == [
        deviation.offset for deviation in bare.deviations
    ]
    # In a push whose message has no transaction identifier.
    push = vectors["push-notification"]
    start = push.index(b"\x8c\x82")
    broken = push[: start + 2] + push[start + 2 + 9 :]
    with pytest.raises(DecodeError) as raised:
        decode(broken, strict=True)
    assert raised.value.field == "X-Mms-Transaction-ID"
    assert raised.value.offset >= start


def test_errors() -> None:
    with pytest.raises(DecodeError) as raised:
        decode(SHORT, strict=True)
    error = raised.value
    assert (error.kind, error.offset, error.field) == ("missing-field", 8, "X-Mms-Response-Status")
    assert str(error) == "mandatory field is missing at octet 8, in X-Mms-Response-Status"
    assert isinstance(error, MmsError) and isinstance(error, ValueError)
    again = pickle.loads(pickle.dumps(error))
    assert (again.kind, again.offset, again.field) == (error.kind, error.offset, error.field)
    with pytest.raises(DecodeError) as raised:
        decode(b"hello")
    assert (raised.value.kind, raised.value.offset, raised.value.field) == ("not-a-message", 0, None)
    with pytest.raises(ValueError, match='no interface "mm2"'):
        decode(SHORT, interface="mm2")  # type: ignore[arg-type]


@pytest.mark.parametrize("length", range(0, 700, 7))
def test_no_beginning_of_a_message_raises_anything_else(retrieve: bytes, length: int) -> None:
    try:
        message = decode(retrieve[:length], "mm1")
    except DecodeError as error:
        assert error.offset <= length
    else:
        assert all(deviation.offset <= length for deviation in message.deviations)
        repr(message)


def test_encode(retrieve: bytes, vectors: dict[str, bytes], forward: bytes) -> None:
    assert decode(encode(decode(retrieve)), strict=True) == decode(retrieve)
    push = vectors["push-notification"]
    assert encode(decode(push)) == push
    assert decode(encode(decode(forward)), strict=True).subject == "Grüße from the lake"
    with pytest.raises(EncodeError) as raised:
        encode(decode(SHORT))
    assert (raised.value.kind, raised.value.field) == ("missing-field", "X-Mms-Response-Status")


def test_mm7_is_encoded_as_it_travels(submit: bytes, submitted: bytes) -> None:
    answer = decode(submitted)
    assert (answer.interface, answer.type, answer.status_status_code) == ("mm7", "SubmitRsp", 1100)
    written = encode(answer)
    assert written.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml")
    assert decode(written).message_id == answer.message_id == "mid-1"
    request = decode(submit)
    written = encode(request)
    assert written.startswith(b"POST / HTTP/1.1\r\n")
    # References are written in their usual spelling.
    spelled = {"Content@href": "cid:whole@tram"}
    assert decode(written).fields == {**request.fields, **spelled}
    assert [part.data for part in decode(written).parts] == [part.data for part in request.parts]


def test_messages_are_values(retrieve: bytes, forward: bytes) -> None:
    message = decode(retrieve)
    assert message == decode(bytearray(retrieve)) != decode(forward)
    assert len({message, decode(retrieve), decode(forward)}) == 2
    assert pickle.loads(pickle.dumps(message)) == message
    assert bytes(message.octets) == retrieve
    assert repr(message).startswith("Message(interface='mm1', type='m-retrieve-conf', ")
    assert "subject='Un été à la mer'" in repr(message)
    assert repr(message.parts[2]) == (
        "Part(path='3', content_type='image/gif; name=dot.gif', name='dot.gif', length=43)"
    )


def test_a_message_in_a_part(retrieve: bytes) -> None:
    inner = b"\x1bapplication/vnd.wap.mms-message"[1:]
    part = bytes([len(inner) + 1]) + bytes([0x80 | len(retrieve) >> 7, len(retrieve) & 0x7F]) + inner + b"\0" + retrieve
    message = decode(bytes.fromhex("8c8498543100" "8d92" "84a3" "01") + part)
    nested = message.parts[0].message()
    assert nested == decode(retrieve)
    assert nested is not None and nested.parts[1].message() is None
