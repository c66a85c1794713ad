"""Prints what Python's email package makes of mail: one line a value, tab-separated.

Reads file names from the command line. For each file: `file`, then `header` lines with the decoded
values of the fields (dates in RFC 3339, seconds as `PT...S`), an `address` line for each address
with the field, local part, domain and display name, `defect` lines, and a `part` line for each leaf
with type, name, Content-ID, Content-Location and the decoded octets in hexadecimal.
"""
import sys
from datetime import timezone
from email import message_from_bytes, policy
from email.headerregistry import HeaderRegistry, UniqueAddressHeader
from email.utils import parsedate_to_datetime


def clean(value):
    return " ".join(str(value).split())


def rfc3339(date):
    return parsedate_to_datetime(date).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def shown(name, value):
    text = clean(value)
    name = name.lower()
    try:
        if name == "date":
            return rfc3339(text)
        if name == "x-mms-expiry":
            return f"PT{text}S" if text.isdigit() else rfc3339(text)
        if name == "x-mms-previously-sent-date-and-time":
            number, date = text.split(", ", 1)
            return f"{number}, {rfc3339(date)}"
    except ValueError:
        pass
    return text


def name_of(part):
    return part.get_filename() or ""


def leaves(part):
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        for inner in part.iter_parts():
            yield from leaves(inner)
    else:
        yield part


registry = HeaderRegistry()
registry.map_to_type("X-Mms-Originator-System", UniqueAddressHeader)
mail = policy.default.clone(header_factory=registry)

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        message = message_from_bytes(file.read(), policy=mail)
    print("file", path, sep="\t")
    for name, value in message.items():
        print("header", name, shown(name, value), sep="\t")
        for defect in getattr(value, "defects", ()):
            print("defect", type(defect).__name__, name, sep="\t")
        for address in getattr(value, "addresses", ()):
            pieces = (address.username, address.domain, address.display_name)
            print("address", name, *(piece.encode().hex() for piece in pieces), sep="\t")
    for part in message.walk():
        for defect in part.defects:
            print("defect", type(defect).__name__, part.get_content_type(), sep="\t")
    for part in leaves(message):
        octets = part.get_payload(decode=True) or b""
        print(
            "part",
            part.get_content_type(),
            name_of(part),
            clean(part.get("Content-ID", "")),
            clean(part.get("Content-Location", "")),
            octets.hex(),
            sep="\t",
        )
