#!/usr/bin/env python3
"""How the instructions of every operation grow with every hostile shape.

Usage: benches/steps.py PROGRAM [SMALL LARGE]

Runs the bench `shapes` under callgrind, which counts the same each time, with two sizes of each shape.
Prints the exponent of growth of each operation, worst first, and fails if one is above 1.1.
"""

import collections
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

EXPONENT = 1.1
# What every operation may do before it looks at the message: it says nothing about growth.
FIXED = 30_000


def measure(program, sizes):
    """The instructions of each call, by what it was, as (units of the shape, octets, instructions)."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=shapes::measured",
            "--dump-after=shapes::measured", "--combine-dumps=yes", f"--callgrind-out-file={folder}/out",
            program, "steps", *map(str, sizes),
        ]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(run.stderr)
        counts = re.findall(r"^summary: (\d+)$", Path(folder, "out").read_text(errors="replace"), re.M)
    calls = [line.split(" | ") for line in run.stdout.splitlines() if line.count(" | ") == 4]
    # The last dump is that of the end.
    if len(counts) != len(calls) + 1:
        sys.exit(f"{len(calls)} calls, but {len(counts)} dumps")
    measured = collections.defaultdict(list)
    for (*what, units, octets), count in zip(calls, counts):
        measured[tuple(what)].append((int(units), int(octets), int(count)))
    return measured


def main():
    program, *sizes = sys.argv[1:]
    rows = []
    for what, calls in measure(program, sizes or [4_000, 32_000]).items():
        # What is refused in the larger size only did not grow.
        if len(calls) == 2:
            (small, _, few), (large, octets, many) = calls
            # Against the units: what is around them does not grow, and would make the growth look steeper.
            exponent = math.log((many + FIXED) / (few + FIXED)) / math.log(large / small)
            rows.append((exponent, many / octets, *what, few, many))
    rows.sort(reverse=True)
    print("exponent | instructions per octet | interface | shape | operation | small | large")
    for exponent, each, *rest in rows:
        if exponent > 1.0 or "--all" in sizes:
            print(f"{exponent:.2f} | {each:.0f} |", *rest[:1], "|", " | ".join(map(str, rest[1:])))
    above = [row for row in rows if row[0] > EXPONENT]
    print(f"{len(rows)} operations on {len({row[2:4] for row in rows})} shapes, {len(above)} above {EXPONENT}")
    sys.exit(bool(above))


main()
