"""Columns of messages, decoded: for Spark's `mapInArrow`, and for everything else that has record batches of Arrow.

This module needs pyarrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from ._native import decode_many, to_arrow

if TYPE_CHECKING:
    from ._native import Interface

__all__ = ["SCHEMA", "decode_batches"]

SCHEMA: pa.Schema = pa.schema(to_arrow([]))
"""The schema of `to_arrow`."""


def decode_batches(
    batches: Iterable[pa.RecordBatch],
    column: str = "content",
    *,
    keep: Iterable[str] = (),
    interface: Interface | None = None,
    strict: bool = False,
    data: bool = False,
    threads: int | None = None,
) -> Iterator[pa.RecordBatch]:
    """Decodes a column of messages: each row gives a row of `SCHEMA`, behind the columns that are kept.

    A row that cannot be decoded has its `error`; so has one without octets.
    """
    kept = list(keep)
    for batch in batches:
        # A buffer each: the octets are copied once, to become independent of the batch.
        octets = (value.as_buffer() if value.is_valid else b"" for value in batch.column(column))
        table = pa.table(to_arrow(decode_many(octets, interface, strict, threads), data))
        for name in reversed(kept):
            table = table.add_column(0, batch.schema.field(name), pa.chunked_array([batch.column(name)]))
        yield from table.to_batches()
