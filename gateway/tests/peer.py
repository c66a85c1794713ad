#!/usr/bin/env python3
"""Another operator's service centre: aiosmtpd takes mail, email reads and writes it, smtplib sends it.

Usage: peer.py DOMAIN ADDRESS PEER_ADDRESS

Prints each mail that arrives as a line of JSON. Messages for numbers that end in 9 are refused; others are answered,
reported as retrieved, and replied to.
"""

import asyncio
import email.policy
import json
import smtplib
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from aiosmtpd.controller import Controller

domain, own, peer = sys.argv[1:]
ORIGINATOR, RECIPIENT, SYSTEM = "From", "To", "X-Mms-Originator-System"


def post(kind, sender, recipient, path, fields, text=None):
    mail = EmailMessage()
    system = f"system@{domain}"
    mail["From"], mail["To"], mail["Sender"] = sender or system, recipient, system
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=domain)
    mail["X-Mms-3GPP-MMS-Version"], mail["X-Mms-Message-Type"] = "6.10.0", kind
    for name, value in fields.items():
        mail[f"X-Mms-{name}"] = value
    if text is not None:
        mail.set_content(text)
        mail.add_attachment(b"GIF89a", "image", "gif", filename="été.gif")
    host, port = peer.rsplit(":", 1)
    with smtplib.SMTP(host, int(port)) as smtp:
        smtp.sendmail(system, [path], mail.as_bytes(policy=email.policy.SMTP))


def answer(mail, recipients):
    transaction, message = mail["X-Mms-Transaction-ID"], mail["X-Mms-Message-ID"]
    refused = any("9/TYPE=PLMN@" in recipient for recipient in recipients)
    status = {"Request-Status-Code": "Error-service-denied", "Status-Text": "not him"} if refused else {
        "Request-Status-Code": "Ok"}
    identifiers = {"Transaction-ID": transaction, "Message-ID": message}
    post("MM4_forward.RES", None, mail[SYSTEM], mail[SYSTEM], identifiers | status)
    if refused:
        return
    sender = mail[ORIGINATOR]
    request = {"Ack-Request": "Yes", "Originator-System": f"system@{domain}"}
    report = {"Transaction-ID": "report-1", "Message-ID": message, "MM-Status-Code": "Retrieved"}
    report |= {"Forward-To-Originator-UA": "Yes"} | request
    post("MM4_delivery_report.REQ", mail[RECIPIENT], sender, sender, report)
    reply = {"Transaction-ID": "reply-1", "Message-ID": '"reply@elsewhere"', "Delivery-Report": "Yes"} | request
    post("MM4_forward.REQ", mail[RECIPIENT], sender, sender, reply, "Très bien !\n")


class Inbox:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        # Words that do not end, lines that do not begin, boundaries that are not there.
        defects = [repr(defect) for part in mail.walk() for defect in part.defects]
        defects += [repr(defect) for value in mail.values() for defect in value.defects]
        parts = [[part.get_content_type(), part.get_payload(decode=True).decode("latin-1")]
                 for part in mail.walk() if not part.is_multipart()]
        fields = {name: str(value) for name, value in mail.items()}
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "fields": fields, "parts": parts,
                          "defects": defects}), flush=True)
        if mail["X-Mms-Message-Type"] == "MM4_forward.REQ":
            asyncio.get_running_loop().run_in_executor(None, answer, mail, envelope.rcpt_tos)
        return "250 OK"


host, port = own.rsplit(":", 1)
Controller(Inbox(), hostname=host, port=int(port)).start()
print("ready", flush=True)
sys.stdin.read()
