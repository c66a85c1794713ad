"""Many messages at once."""

import sys
import threading
import time

import pytest
from mms_codec import DecodeError, Message, decode, decode_many


def test_one_entry_for_each_input_in_their_order(vectors: dict[str, bytes]) -> None:
    inputs = [*vectors.values(), b"hello"] * 50
    decoded = decode_many(inputs, threads=3)
    assert len(decoded) == len(inputs)
    for octets, one in zip(inputs, decoded, strict=True):
        if isinstance(one, Message):
            assert one == decode(octets)
        else:
            with pytest.raises(DecodeError) as raised:
                decode(octets)
            assert (one.kind, one.offset, one.field, str(one)) == (
                raised.value.kind,
                raised.value.offset,
                raised.value.field,
                str(raised.value),
            )
    assert {type(one) for one in decoded} == {Message, DecodeError}


def test_options(retrieve: bytes, forward: bytes) -> None:
    (error,) = decode_many([forward], strict=True)
    assert isinstance(error, DecodeError) and error.kind == "bare-line-feed"
    (error,) = decode_many([forward], "mm1")
    assert isinstance(error, DecodeError)
    assert decode_many(iter([])) == []
    assert len(decode_many((bytearray(retrieve) for _ in range(3)), threads=0)) == 3
    with pytest.raises(TypeError):
        decode_many([retrieve, "text"])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="no interface"):
        decode_many([retrieve], "mm2")  # type: ignore[arg-type]


def test_other_threads_run_while_messages_are_decoded(retrieve: bytes) -> None:
    """The longest pause of a thread that counts is far shorter than the call."""
    inputs = [retrieve] * 40_000
    ticks: list[float] = []
    done = threading.Event()

    def count() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    other = threading.Thread(target=count)
    sys.setswitchinterval(0.001)
    other.start()
    start = time.perf_counter()
    decode_many(inputs, threads=1)
    end = time.perf_counter()
    done.set()
    other.join()
    during = [tick for tick in ticks if start < tick < end]
    assert len(during) > 10, f"{len(during)} ticks in {end - start:.3f} s"
