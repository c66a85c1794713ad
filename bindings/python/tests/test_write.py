"""Making messages, and moving them between interfaces."""

from datetime import UTC, datetime

import pytest
from mms_codec import (
    DecodeError,
    EncodeError,
    answered,
    cancel_status_code,
    cancel_to_mm1,
    compose,
    decode,
    delivery_reports,
    encode,
    forward_status,
    from_mail,
    mm_status,
    push,
    read_report,
    request_status,
    response_status,
    retrieve_status,
    route,
    send_conf,
    send_status,
    split,
    status_code,
    to_mail,
    to_mm1,
    to_mm4,
    to_mm7,
    to_submit,
    to_submits,
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


def test_a_message_goes_to_each_network() -> None:
    to = ["+447700900123", "+12025550102", "+33612345678", "+447700900124"]
    message = compose([["Hello"]], to=to, bcc=["+33612345679"], from_="+12025550101")
    asked = []

    def peer(recipient: str) -> str | None:
        asked.append(recipient)
        return {"+44": "b.example", "+33": "c.example"}.get(recipient[:3])

    routed = route(message, peer, arrived=ARRIVED, message_id="mm-1", domain="a.example")
    assert asked == [f"{number}/TYPE=PLMN" for number in [*to, "+33612345679"]]
    assert [mail.recipients for mail in routed.mails] == [
        ("+447700900123/TYPE=PLMN@b.example", "+447700900124/TYPE=PLMN@b.example"),
        ("+33612345678/TYPE=PLMN@c.example", "+33612345679/TYPE=PLMN@c.example"),
    ]
    assert [mail.message.transaction_id for mail in routed.mails] == ['"T1"', '"T1-2"']
    assert routed.others == ("+12025550102/TYPE=PLMN",)
    for mail in routed.mails:
        assert decode(encode(mail.message), strict=True) == mail.message
        assert b"+33612345679" not in bytes(mail.message.octets)

    def fails(recipient: str) -> str | None:
        raise KeyError(recipient)

    with pytest.raises(KeyError, match="447700900123"):
        route(message, fails, arrived=ARRIVED, message_id="mm-1", domain="a.example")
    with pytest.raises(TypeError):
        route(message, lambda _: 3, arrived=ARRIVED, message_id="mm-1", domain="a.example")  # type: ignore[arg-type, return-value]


def test_a_message_is_submitted_once_for_each_recipient() -> None:
    message = compose([["Hello"]], to=["+447700900123", "+447700900124"], bcc=["+447700900125"], from_="+12025550101")
    submits = to_submits(message, arrived=ARRIVED, message_id="mm-1", vasp_id="acme")
    assert [submit.message.transaction_id for submit in submits] == ["T1", "T1-2", "T1-3"]
    assert [submit.message.recipients_bcc for submit in submits] == [(), (), ("+447700900125",)]
    assert all(len(submit.message.recipients_to) == 2 for submit in submits)


def test_answers_to_phones_and_providers(vectors: dict[str, bytes]) -> None:
    send = compose([["Hello"]], to=["+447700900123"], transaction_id="T7")
    taken = send_conf(send, message_id="mm-1")
    assert (taken.type, taken.transaction_id, taken.message_id) == ("m-send-conf", "T7", "mm-1")
    assert taken.response_status == ("Ok",)
    # The words of MMS 1.0, which the request is of, and those since 1.1.
    refused = send_conf(send, "Error-service-denied", message_id="mm-1")
    assert (send.mms_version, refused.response_status, refused.message_id) == ("1.0", ("Error-service-denied",), None)
    newer = decode(encode(send).replace(b"\x8d\x90", b"\x8d\x92", 1))
    refused = send_conf(newer, "Error-service-denied", message_id="mm-1")
    assert refused.response_status == ("Error-permanent-service-denied",)
    with pytest.raises(ValueError, match="m-send-conf is not an m-send-req"):
        send_conf(taken, message_id="mm-1")
    # As mm7::ExtendedCancelReq of the Rust library is written.
    cancel = decode(
        b'<?xml version="1.0"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header>'
        b'<t:TransactionID xmlns:t="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4">1'
        b"</t:TransactionID></env:Header><env:Body><extendedCancelReq "
        b'xmlns="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4">'
        b"<MM7Version>6.8.0</MM7Version><SenderIdentification><VASPID>acme</VASPID></SenderIdentification>"
        b"<CancelID>mm-1</CancelID></extendedCancelReq></env:Body></env:Envelope>"
    )
    relayed = cancel_to_mm1(cancel, transaction_id="T9")
    assert bytes(relayed.message.octets) == b"\x8c\x96\x98T9\0\x8d\x93\xbemm-1\0"
    assert relayed.lost == ("SenderIdentification.VASPID is not carried",)
    with pytest.raises(ValueError, match="extendedCancelReq"):
        cancel_to_mm1(send)
    with pytest.raises(EncodeError):
        cancel_to_mm1(cancel, version="1.2")
    # 9581 is Retrieved, 9180 that a report is allowed and 9181 that it is not.
    head = bytes.fromhex("98543100 8d92")
    assert answered(decode(b"\x8c\x83" + head + b"\x95\x81\x91\x80")) == "Retrieved"
    assert answered(decode(b"\x8c\x85" + head + b"\x91\x81")) is None
    with pytest.raises(ValueError, match="m-send-req is not"):
        answered(send)


# TS 23.140, annexes I and K, and the statuses of OMA-TS-MMS_ENC.
def test_statuses_of_one_interface_on_another() -> None:
    denied = "Error-service-denied"
    assert (send_status(denied, "1.0"), send_status(denied)) == (denied, "Error-permanent-service-denied")
    assert forward_status("Error-message-not-found", "1.2") == "Error-permanent-message-not-found"
    assert retrieve_status("Error-network-problem", "1.1") == "Error-transient-network-problem"
    assert retrieve_status("Error-network-problem", "1.0") is None
    assert request_status("Error-transient-message-not-found") == "Error-message-not-found"
    assert status_code("Error-permanent-reply-charging-not-supported") == 2001
    assert response_status(1100, "1.2") == "Error-transient-partial-success"
    assert cancel_status_code("Request corrupted") == 2007
    assert [mm_status("Unreachable", to) for to in ("mm1", "mm4", "mm7", "mail")] == [
        "Unreachable",
        "Indeterminate",
        "Indeterminate",
        "Unreachable",
    ]
    assert mm_status("Unreachable", "mm1", "1.0") == "Deferred"
    with pytest.raises(ValueError, match="no retrieve status"):
        request_status("Burnt")
    with pytest.raises(ValueError, match="no version"):
        send_status("Ok", "2.9")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="none of mm1"):
        mm_status("Expired", "mm3")  # type: ignore[arg-type]


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
