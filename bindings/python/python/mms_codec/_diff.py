"""Two messages, field by field, as `mms diff` compares them."""

from __future__ import annotations

from typing import NamedTuple

from ._native import Message, Part

__all__ = ["Difference", "diff"]


class Difference(NamedTuple):
    """A field, or something of a part, that two messages have in different ways."""

    name: str
    """The field, or the part and what of it: "Subject", "part 2.1 content"."""
    first: object
    """The value in the first message; None where it has none."""
    second: object
    """The value in the second one."""


def diff(first: Message, second: Message) -> list[Difference]:
    """Compares two messages: fields by their names, in the words of the specification, and parts by their places.

    The order of fields, and how values are coded, make no difference.
    """
    rows: list[tuple[str, object, object]] = [
        ("interface", first.interface, second.interface),
        ("type", first.type, second.type),
    ]
    rows += ((name, first.fields.get(name), second.fields.get(name)) for name in {**first.fields, **second.fields})
    parts = [{part.path: part for part in message.parts} for message in (first, second)]
    for path in {**parts[0], **parts[1]}:
        before, after = (_about(side.get(path)) for side in parts)
        rows += ((f"part {path} {name}", before.get(name), after.get(name)) for name in {**before, **after})
    found = [Difference(*row) for row in rows if row[1] != row[2]]
    if first.pdu is not None and second.pdu is not None:
        found += diff(first.pdu, second.pdu)
    elif first.pdu is not second.pdu:
        found.append(Difference("pdu", first.pdu, second.pdu))
    return found


def _about(part: Part | None) -> dict[str, object]:
    if part is None:
        return {}
    return {
        "content_type": part.content_type,
        "content_id": part.content_id,
        "content_location": part.content_location,
        "content_disposition": part.content_disposition,
        "content": bytes(part.data),
    }
