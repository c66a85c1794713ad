"""Messages per second on one core, beside those of python-messaging.

    python bindings/python/speed.py FILE [PYTHON_MESSAGING]

FILE is a message of MM1, PYTHON_MESSAGING a folder of the sources of that library. Both read the same, the subject and the
contents of the parts.
"""

import argparse
import array
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mms_codec

SECONDS = 2.0


def rate(read: Callable[[bytes], object], octets: bytes, messages: int = 1) -> float:
    """How many messages are read in a second of one core."""
    read(octets)
    count, start = 0, time.process_time()
    while (spent := time.process_time() - start) < SECONDS:
        read(octets)
        count += messages
    return count / spent


def ours(octets: bytes) -> tuple[str | None, list[memoryview]]:
    message = mms_codec.decode(octets)
    return message.subject, [part.data for part in message.parts]


def many(octets: bytes) -> object:
    return mms_codec.decode_many([octets] * 10_000, threads=1)


def table(octets: bytes) -> object:
    return mms_codec.to_arrow(mms_codec.decode_many([octets] * 10_000, threads=1))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("python_messaging", nargs="?", help="where the sources of python-messaging are")
    args = parser.parse_args()
    octets = args.file.read_bytes()
    print(f"decode, subject and parts: {rate(ours, octets):,.0f}")
    print(f"decode alone: {rate(mms_codec.decode, octets):,.0f}")
    print(f"decode_many: {rate(many, octets, 10_000):,.0f}")
    print(f"decode_many and to_arrow: {rate(table, octets, 10_000):,.0f}")
    if args.python_messaging:
        sys.path.insert(0, args.python_messaging)
        from messaging.mms.message import MMSMessage

        def theirs(octets: bytes) -> tuple[Any, list[Any]]:
            message = MMSMessage.from_data(array.array("B", octets))
            return message.headers.get("Subject"), [part.data for part in message.data_parts]

        print(f"python-messaging: {rate(theirs, octets):,.0f}")


if __name__ == "__main__":
    main()
