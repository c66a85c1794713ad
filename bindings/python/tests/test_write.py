"""Making messages, and moving them between interfaces."""

from datetime import UTC, datetime

import pytest
from mms_codec import (
    DecodeError,
    EncodeError,
    compose,
    decode,
    delivery_reports,
    encode,
    from_mail,
    push,
    read_report,
    split,
    to_mail,
    to_mm1,
    to_mm4,
    to_mm7,
    to_submit,
)

ARRIVED = datetime(2024, 3, 5, 9, 30, 47, tzinfo=UTC)
DOT = bytes.fromhex("47494638396101000100800000ffffff0000002c000000000100010000020244 01003b".replace(" ", ""))


def test_compose() -> None:
    message = compose(
        [["Hello", ("dot.gif", DOT)], ["Bye"]],
        to=["+447700900123", "ann@example.com"],
        cc=["7255"],
        subject="Été",
        attachments=[("card.vcf", b"BEGIN:VCARD\r\nEND:VCARD\r\n")],
        seconds=2.5,
    )
    assert (message.interface, message.type) == ("mm1", "m-send-req")
    assert message.to == ("+447700900123/TYPE=PLMN", "ann@example.com")
    assert (message.subject, message.transaction_id) == ("Été", "T1")
    media = [part.media_type for part in message.parts]
    assert media == ["application/smil", "text/plain", "image/gif", "text/plain", "text/x-vCard"]
    assert message.parts[0].text is not None and message.parts[0].text.count('dur="2500ms"') == 2
    assert bytes(message.parts[2].data) == DOT
    assert decode(encode(message), strict=True) == message


def test_compose_refuses() -> None:
    with pytest.raises(EncodeError) as raised:
        compose([[("a.gif", DOT), ("b.gif", DOT)]], to=["+447700900123"])
    assert (raised.value.kind, raised.value.field) == ("field-conflict", "par")
    with pytest.raises(EncodeError):
        compose([["Hello"]], to=[])
    with pytest.raises(EncodeError) as raised:
        compose([["Hello"]], to=["+447700900123"], subject="a\r\nBcc: b@example.com\0")
    assert raised.value.kind == "control-character"
    with pytest.raises(ValueError):
        compose([["Hello"]], to=["+447700900123"], seconds=float("nan"))


def test_push_in_short_messages(vectors: dict[str, bytes]) -> None:
    notification = decode(vectors["notification-full"])
    pushed = push(notification, tid=0x2A)
    assert pushed.pdu == notification
    assert bytes(pushed.octets) == vectors["push-notification"]
    segments = split(pushed, reference=0x1234)
    assert all(len(segment) <= 140 for segment in segments)
    # The last octets of the header of each are the number of segments, and its own.
    joined = b"".join(segment[segment[0] + 1 :] for segment in segments)
    assert joined == vectors["push-notification"]
    assert [segment[segment[0]] for segment in segments] == list(range(1, len(segments) + 1)) or len(segments) == 1
    with pytest.raises(ValueError):
        push(decode(vectors["push-notification"]))


def test_from_mm4_to_the_others(forward: bytes) -> None:
    message = decode(forward)
    delivered = to_mm1(message, arrived=ARRIVED, message_id="mm-1", content_location="http://mmsc.example.net/1")
    assert delivered.message.type == "m-retrieve-conf"
    assert delivered.message.subject == message.subject
    assert [part.data for part in delivered.message.parts[1:]] == [part.data for part in message.parts[1:]]
    assert delivered.notification is not None
    assert delivered.notification.content_location == ("http://mmsc.example.net/1",)
    assert delivered.notification.message_size == len(delivered.message.octets)
    assert "X-Mms-Forward-Counter is not carried" in delivered.lost
    submitted = to_mm7(message, arrived=ARRIVED, message_id="mm-1", transaction_id="t-9", relay_id="mmsc", vasp_id="acme")
    assert (submitted.message.type, submitted.message.transaction_id) == ("DeliverReq", "t-9")
    assert submitted.message.subject == message.subject


def test_from_mm1_to_mm4() -> None:
    message = compose([["Hello"]], to=["+447700900123"], bcc=["+447700900124"], from_="+12025550101")
    relayed = to_mm4(
        message,
        arrived=ARRIVED,
        message_id="mm-1",
        domain="mms.mnc012.mcc345.gprs",
        peer_domain="mms.mnc015.mcc234.gprs",
        transaction_id="t-1",
    )
    mail = relayed.message
    assert (mail.type, mail.date, mail.transaction_id) == ("MM4_forward.REQ", ARRIVED, '"t-1"')
    assert mail.to == ("+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs",)
    assert relayed.recipients == ("+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs",)
    assert decode(encode(mail), strict=True) == mail


def test_reports(vectors: dict[str, bytes]) -> None:
    report = decode(vectors["min-m-delivery-ind"])
    relayed = to_mm4(
        report, arrived=ARRIVED, message_id="", domain="a.example", peer_domain="b.example", originator="+12025550101"
    )
    assert relayed.message.type == "MM4_delivery_report.REQ"
    assert relayed.message.to == ("+12025550101/TYPE=PLMN@b.example",)


def test_mail_of_the_internet_and_back() -> None:
    message = compose([["Hello"]], to=["kim@example.org"], from_="+12025550101", subject="Hi")
    mail = to_mail(message, arrived=ARRIVED, message_id="mm-1", domain="mms.example.net")
    assert b"From: +12025550101@mms.example.net\r\n" in mail.octets
    assert mail.commands[1].startswith("RCPT TO:<kim@example.org>")
    reply = b"From: kim@example.org\r\nTo: +12025550101@mms.example.net\r\nSubject: Re\r\n\r\nhello\r\n"
    commands = ["MAIL FROM:<kim@example.org>", "RCPT TO:<+12025550101@mms.example.net>"]
    [taken] = from_mail(reply, commands=commands, domain="mms.example.net")
    assert (taken.kind, taken.to) == ("message", ("+12025550101/TYPE=PLMN",))
    relayed = to_mm1(taken, arrived=ARRIVED, message_id="mm-2", content_location="http://m/2")
    assert (relayed.message.type, relayed.message.subject) == ("m-retrieve-conf", "Re")


def test_submits_to_a_provider() -> None:
    message = compose([["Hello"]], to=["+447700900123", "+447700900124"], from_="+12025550101")
    submitted = to_submit(message, arrived=ARRIVED, message_id="mm-1", vasp_id="acme", recipients=["+447700900124"])
    both = ("+447700900123", "+447700900124")
    assert (submitted.message.type, submitted.message.recipients_to) == ("SubmitReq", both)
    assert bytes(submitted.message.octets).count(b'displayOnly="true"') == 1
    everybody = to_submit(message, arrived=ARRIVED, message_id="mm-1", vasp_id="acme")
    assert everybody.message.recipients_to == both and b"displayOnly" not in bytes(everybody.message.octets)


def test_reports_are_made_of_messages() -> None:
    message = compose([["Hello"]], to=["+447700900123", "+447700900124"], from_="+12025550101")
    mail = to_mm4(message, arrived=ARRIVED, message_id="mm-1", domain="a.example", peer_domain="b.example").message
    assert delivery_reports(mail, "Retrieved", arrived=ARRIVED, message_id="mm-1") == []
    wanted = mail.replace(delivery_report=True, read_report=True)
    reports = delivery_reports(wanted, "Retrieved", arrived=ARRIVED, message_id="mm-1")
    assert [report.kind for report in reports] == ["delivery report"] * 2
    relayed = to_mm1(reports[0], arrived=ARRIVED, message_id="", content_location="")
    assert (relayed.message.type, relayed.message.status) == ("m-delivery-ind", "Retrieved")
    read = read_report(wanted, "+447700900124", "Read", arrived=ARRIVED, message_id="mm-1")
    assert read is not None
    shown = to_mm1(read, arrived=ARRIVED, message_id="", content_location="").message
    assert (shown.type, shown.read_status) == ("m-read-orig-ind", "Read")
    with pytest.raises(ValueError, match="read status"):
        read_report(wanted, "+447700900124", "Burnt", arrived=ARRIVED, message_id="mm-1")
    with pytest.raises(ValueError, match="report"):
        to_submit(reports[0], arrived=ARRIVED, message_id="mm-1")


def test_what_is_not_a_message_is_not_relayed(vectors: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match="neither a message nor a report"):
        to_mm1(decode(vectors["min-m-send-conf"]), arrived=ARRIVED, message_id="m", content_location="http://m")
    with pytest.raises(ValueError, match="zone"):
        to_mm1(compose([["a"]], to=["1"]), arrived=datetime(2024, 1, 1), message_id="m", content_location="http://m")
    assert not issubclass(EncodeError, DecodeError)
