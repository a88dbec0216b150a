#!/usr/bin/env python3
# bench-report.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""The competency report of many people to CSV against the sqlite3 shell running the same SQL.

bench-report.py WAYMARKCTL SQL PACK [PEOPLE]

Both write a file; turn about; ratio of medians. Both must give as many rows.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 9
LIMIT = 1.0


def timed(arguments, **options):
    start = time.monotonic()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, **options)
    return time.monotonic() - start


def main(waymarkctl, sql, pack, people="5000"):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trust = folder / "trust.db"
        subprocess.run([waymarkctl, "demo", "--trust", f"sqlite:{trust}", "--people", people, "--seed", "1",
                        "--pack", pack], check=True, stdout=subprocess.DEVNULL)
        script = folder / "script"
        script.write_text(f".parameter set $1 \"''\"\n.parameter set $2 \"''\"\n.output {folder}/shell.csv\n"
                          + Path(sql).read_text(encoding="utf-8").rstrip().rstrip(";") + ";\n", encoding="utf-8")
        own, shell = [], []
        for run in range(RUNS + 1):
            a = timed([waymarkctl, "report", "show", "competency", "--trust", f"sqlite:{trust}",
                       "--format", "csv", "--out", folder / "own.csv"])
            with open(script, encoding="utf-8") as source:
                b = timed(["sqlite3", "-csv", "-header", trust], stdin=source)
            if run > 0:
                own.append(a)
                shell.append(b)
        rows = [len(path.read_bytes().splitlines()) for path in (folder / "own.csv", folder / "shell.csv")]
    ratio = statistics.median(own) / statistics.median(shell)
    print(f"competency report of {people} people, {rows[0] - 1} rows: {statistics.median(own) * 1000:.0f} ms,"
          f" sqlite3 -csv {statistics.median(shell) * 1000:.0f} ms, ratio {ratio:.2f} (at most {LIMIT:.2f})")
    if rows[0] != rows[1] or rows[0] < int(people):
        print(f"rows differ: {rows[0]} and {rows[1]}")
        return 1
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
