#!/usr/bin/env python3
# bench-fsync.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving one answer, with the choice of the next question, reaches the disk exactly once.

bench-fsync.py WAYMARKCTL BENCH-ANSWER PACK

Counts fdatasync and fsync under strace between "answer N" and "saved N". The first
answer after opening is a warm-up: a new write-ahead log is synced as well.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MARK = re.compile(r'write\(2, "(answer|saved) (\d+)')
SYNC = re.compile(r"^\d+ +(fdatasync|fsync)\(")


def main(waymarkctl, bench_answer, pack):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trust = f"sqlite:{folder}/trust.db"
        subprocess.run([waymarkctl, "demo", "--trust", trust, "--people", "20", "--seed", "1", "--pack", pack],
                       check=True, stdout=subprocess.DEVNULL)
        username = subprocess.run(
            ["sqlite3", f"{folder}/trust.db", "SELECT username FROM person WHERE NOT EXISTS"
             " (SELECT 1 FROM attempt WHERE attempt.person = person.person) ORDER BY username LIMIT 1"],
            check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        log = folder / "strace.log"
        # LeakSanitizer cannot work under strace.
        environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
        subprocess.run(["strace", "-f", "-e", "trace=fdatasync,fsync,write", "-o", log,
                        bench_answer, pack, trust, username, folder / "stores"],
                       check=True, env=environment, stderr=subprocess.DEVNULL)
        counts, within = {}, None
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            mark = MARK.search(line)
            if mark and mark.group(1) == "answer":
                within = int(mark.group(2))
                counts[within] = 0
            elif mark:
                within = None
            elif within is not None and SYNC.match(line):
                counts[within] += 1
    warm = {answer: count for answer, count in counts.items() if answer > 0}
    print(f"syncs an answer after the first: {' '.join(str(count) for count in warm.values())} (exactly 1 each)")
    return 0 if len(warm) >= 5 and all(count == 1 for count in warm.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
