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

from ._native import (
    ArrowTable,
    DecodeError,
    Deviation,
    EncodeError,
    Message,
    MmsError,
    Part,
    Relayed,
    attributes,
    compose,
    decode,
    decode_many,
    encode,
    push,
    split,
    to_arrow,
    to_mm1,
    to_mm4,
    to_mm7,
)

__all__ = [
    "ArrowTable",
    "DecodeError",
    "Deviation",
    "EncodeError",
    "Message",
    "MmsError",
    "Part",
    "Relayed",
    "attributes",
    "compose",
    "decode",
    "decode_many",
    "encode",
    "push",
    "split",
    "to_arrow",
    "to_mm1",
    "to_mm4",
    "to_mm7",
]
