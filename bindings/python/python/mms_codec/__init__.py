"""Decoder and encoder for the MMS interfaces MM1, MM4 and MM7, and the pushes that carry MM1.

>>> import mms_codec
>>> message = mms_codec.decode(bytes.fromhex("8c8398543100" "8d92" "9583"))
>>> message.type, message.transaction_id, message.status
('m-notifyresp-ind', 'T1', 'Deferred')
>>> mms_codec.encode(message).hex()
'8c83985431008d929583'
>>> mms_codec.decode(b"hello", interface="mm1")
Traceback (most recent call last):
    ...
mms_codec.DecodeError: mandatory field is missing at octet 0, in X-Mms-Message-Type
"""

from ._diff import Difference, diff
from ._native import (
    ArrowTable,
    DecodeError,
    Deviation,
    EncodeError,
    Joiner,
    Mail,
    Message,
    MmsError,
    Part,
    Record,
    Relayed,
    Taken,
    attributes,
    compose,
    decode,
    decode_many,
    decode_records,
    delivery_reports,
    encode,
    from_mail,
    join,
    push,
    read_report,
    split,
    to_arrow,
    to_mail,
    to_mm1,
    to_mm4,
    to_mm7,
    to_submit,
)

__all__ = [
    "ArrowTable",
    "DecodeError",
    "Deviation",
    "Difference",
    "EncodeError",
    "Joiner",
    "Mail",
    "Message",
    "MmsError",
    "Part",
    "Record",
    "Relayed",
    "Taken",
    "attributes",
    "compose",
    "decode",
    "decode_many",
    "decode_records",
    "delivery_reports",
    "diff",
    "encode",
    "from_mail",
    "join",
    "push",
    "read_report",
    "split",
    "to_arrow",
    "to_mail",
    "to_mm1",
    "to_mm4",
    "to_mm7",
    "to_submit",
]
