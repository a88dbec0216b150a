#!/usr/bin/env python3
# bench-journeys.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sync with nothing new is one journey after the connection, and two syncs of the disk at most.

bench-journeys.py BENCH-SYNC

Runs "bench-sync once" under strace, which sees what the program sends, what it waits for and
what it has the disk keep. A journey is something sent after which something was received.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MARK = re.compile(r'write\(2, "mark (\w+)')
CALL = re.compile(r"^(\d+) +(?:<\.\.\. )?(\w+)")


def count(lines):
    """Return journeys before and after the connection, and syncs of the disk."""
    journeys, syncs, where, sent = {}, 0, None, False
    for line in lines:
        mark = MARK.search(line)
        if mark:
            where, sent = mark.group(1), False
            continue
        if where not in ("connect", "begin"):
            continue
        call = CALL.match(line)
        name = call.group(2) if call else ""
        if name in ("fdatasync", "fsync") and "resumed" not in line:
            syncs += where == "begin"
        elif name in ("sendto", "sendmsg"):
            sent = True
        elif name in ("recvfrom", "recvmsg") and re.search(r"= [1-9]\d*$", line) and sent:
            journeys[where] = journeys.get(where, 0) + 1
            sent = False
    return journeys.get("connect", 0), journeys.get("begin", 0), syncs


def main(bench_sync):
    with tempfile.TemporaryDirectory() as name:
        log = Path(name) / "strace.log"
        # LeakSanitizer cannot work under strace.
        environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
        subprocess.run(["strace", "-f", "-e", "trace=fdatasync,fsync,write,sendto,sendmsg,recvfrom,recvmsg",
                        "-o", log, bench_sync, "once"], check=True, env=environment, stderr=subprocess.DEVNULL)
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        # The server is a child: only what the marking process does counts.
        owner = next(line.split()[0] for line in lines if MARK.search(line))
        connecting, journeys, syncs = count(line for line in lines if line.split()[0] == owner)
    print(f"a sync with nothing new: connection ({connecting} journeys) + {journeys} journey (exactly 1),"
          f" {syncs} syncs of the disk (at most 2)")
    return 0 if journeys == 1 and connecting > 0 and syncs <= 2 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
