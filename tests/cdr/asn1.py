"""Compares records with what asn1tools decodes: every member of every record, shown in the same words.

    asn1.py RECORDS.json CDR.md

RECORDS.json is a list of {"name":.., "ber":.., "fields":{..}}; the module is put together from the
tables of CDR.md. Exit code 77: asn1tools is not there.
"""

import datetime
import json
import re
import sys

try:
    import asn1tools
except ImportError:
    sys.exit(77)


def module(text):
    """The ASN.1 module, and for each type its definition."""
    types = {}
    choice = re.findall(r"^\| (\d+) \| `[0-9A-F ]+` \| `(\w+)` \| `(\w+)` \| \d+ \|", text, re.M)
    types["MMSRecordType"] = "CHOICE { " + ", ".join(f"{name} [{tag}] {kind}" for tag, name, kind in choice) + " }"
    for name, table in re.findall(r"^### (\w+) `\[\d+\]`\n\n(.*?)\n\n", text, re.M | re.S):
        rows = re.findall(r"^\| (\d+) \| `[^`]+` \| `(\w+)` \| `([^`]+)`[^|]*\| ([MO]) \|$", table, re.M)
        members = [f"{member} [{tag}] {kind}{' OPTIONAL' if need == 'O' else ''}" for tag, member, kind, need in rows]
        types[name] = "SET { " + ", ".join(members) + " }"
    section = text[text.index("## 4."):text.index("## 5.")]
    for name, definition in re.findall(r"^\| `([\w-]+)` \| ([A-Z].*) \|$", section, re.M):
        types[name] = definition
    types |= {
        "RecordType": "INTEGER", "TimeStamp": "OCTET STRING", "MSISDN": "OCTET STRING", "MscNo": "OCTET STRING",
        "PLMN-Id": "OCTET STRING", "MSTimeZone": "OCTET STRING", "RATType": "INTEGER",
        "LocalSequenceNumber": "INTEGER", "ChargingID": "INTEGER", "CallReferenceNumber": "OCTET STRING",
        "MessageClass": "ENUMERATED { personal (0), advertisement (1), information-service (2), auto (3) }",
        "PriorityType": "ENUMERATED { low (0), normal (1), high (2) }",
        "GSNAddress": "IPAddress",
        "IPAddress": "CHOICE { iPBinV4Address [0] OCTET STRING, iPBinV6Address [1] OCTET STRING, "
                     "iPTextV4Address [2] IA5String, iPTextV6Address [3] IA5String }",
        "ManagementExtensions": "SET OF ManagementExtension",
        "ManagementExtension": "SEQUENCE { identifier OBJECT IDENTIFIER, significance [1] BOOLEAN DEFAULT FALSE, "
                               "information [2] EXPLICIT OCTET STRING }",
    }
    body = "\n".join(f"{name} ::= {definition}" for name, definition in types.items())
    return f"M DEFINITIONS IMPLICIT TAGS ::= BEGIN\n{body}\nEND\n", types


def octet_string(octets):
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        text = None
    if text is None or any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text):
        return "0x" + octets.hex().upper()
    return text


def time_stamp(octets):
    digits = octets[:6].hex()
    year, *rest = (int(digits[place:place + 2]) for place in range(0, 12, 2))
    zone = datetime.timedelta(hours=int(octets[7:8].hex()), minutes=int(octets[8:].hex()))
    zone = -zone if octets[6:7] == b"-" else zone
    return datetime.datetime(2000 + year, *rest, tzinfo=datetime.timezone(zone)).isoformat()


def isdn(octets):
    digits = "".join("0123456789*#abcF"[half] for octet in octets[1:] for half in (octet & 15, octet >> 4))
    return ("+" if octets[0] == 0x91 else "") + digits.removesuffix("F")


def plmn(octets):
    digits = "".join(f"{octet & 15:x}{octet >> 4:x}" for octet in octets)
    mcc, mnc = digits[:3], digits[4:] + digits[3]
    mnc = mnc.removesuffix("f")
    return f"{mcc}-{mnc}" if (mcc + mnc).isdigit() else "0x" + octets.hex().upper()


def zone(octets):
    quarters = 10 * (octets[0] & 7) + (octets[0] >> 4)
    sign = "-" if octets[0] & 8 else "+"
    text = f"{sign}{quarters // 4:02}:{15 * (quarters % 4):02}"
    return text + (f", +{octets[1]} h" if octets[1] else "")


SPECIAL = {
    "TimeStamp": time_stamp, "MscNo": isdn, "MSISDN": lambda octets: isdn(octets) + "/TYPE=PLMN", "PLMN-Id": plmn,
    "MSTimeZone": zone, "DeltaSeconds": lambda octets: f"PT{int(octets)}S",
}


def members(definition):
    inside = definition[definition.index("{") + 1:definition.rindex("}")]
    found = re.findall(r"([\w-]+)(?: \[\d+\])?(?: EXPLICIT)? ([A-Za-z][\w-]*(?: (?:STRING|IDENTIFIER|OF [\w-]+))?)", inside)
    return dict(found)


def show(kind, value, types):
    """The text of a value, or the number that it is; a list for SET OF and SEQUENCE OF."""
    definition = types.get(kind, kind)
    if kind in SPECIAL:
        return SPECIAL[kind](value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        named = re.findall(r"(\w+) \((\d+)\)", definition) if definition.startswith("INTEGER {") else []
        return next((name for name, number in named if int(number) == value), value)
    if isinstance(value, list):
        return [show(definition.split(" OF ")[1], item, types) for item in value]
    if isinstance(value, tuple):
        name, inner = value
        inner = show(members(types["IPAddress" if kind == "GSNAddress" else kind])[name], inner, types) \
            if "Address" not in name or kind == "MMSAgentAddressData" else ip(name, inner)
        return f"{name} {inner}" if kind == "AccessCorrelation" else inner
    if isinstance(value, dict):
        if kind == "ManagementExtension":
            inside = f"04{len(value['information']):02X}{value['information'].hex().upper()}"
            significance = ", significance TRUE" if value["significance"] else ""
            return f"{{ identifier {value['identifier']}{significance}, information 0x{inside} }}"
        shown = []
        for name, inner_kind in members(definition).items():
            if name in value:
                inner = show(inner_kind, value[name], types)
                shown.append(f"{name} {' '.join(map(str, inner)) if isinstance(inner, list) else inner}")
        return "{ " + ", ".join(shown) + " }"
    if isinstance(value, str):
        return value
    return octet_string(value)


def ip(name, value):
    import ipaddress
    return value if isinstance(value, str) else str(ipaddress.ip_address(bytes(value)))


def main():
    records, tables = sys.argv[1:]
    source, types = module(open(tables, encoding="utf-8").read())
    compiled = asn1tools.compile_string(source, "ber")
    compared = 0
    for record in json.load(open(records, encoding="utf-8")):
        name, value = compiled.decode("MMSRecordType", bytes.fromhex(record["ber"]))
        assert name == record["name"], (name, record["name"])
        kinds = members(types[members(types["MMSRecordType"])[name]])
        expected = {member: show(kinds[member], inner, types) for member, inner in value.items()}
        assert record["fields"].keys() == expected.keys(), (name, record["fields"].keys(), expected.keys())
        for member, inner in expected.items():
            ours = record["fields"][member]
            # The members of a SET OF have no order.
            same = sorted(ours) == sorted(inner) if isinstance(inner, list) else ours == inner
            assert same, f"{name}.{member}: {ours!r} is not {inner!r}"
            compared += 1
    print(compared)


main()
