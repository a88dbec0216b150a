#!/usr/bin/env python3
# bench-irt.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the assessment engine costs: instructions, as ratios to a plain loop.

bench-irt.py BENCH-IRT

Each piece of work is counted by valgrind twice, the first time without doing it, so that what
comes before it cancels. One unit of the plain loop is one logistic function, the least that any
of it can do for one answer at one place. The times beside are this machine's, and no gate.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile

# name, times, what it is, units that the work cannot do without, the most that is allowed of them
WORKS = [
    ("next", 20, "one choice of 1,000 items", 1000, 6.0),
    ("eap", 20, "EAP of 60 answers", 60 * 61, 2.5),
    ("joint", 200, "six capabilities, 48 answers", 48, 40.0),
    ("fit", 1, "person fit, 1,000 draws", 1000 * 60 * 61, 2.5),
    ("calibrate", 1, "calibration, 1,000 people by 60 items", 1000 * 60 * 61, 30.0),
]


def count(program, name, times):
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", program, name,
             str(times)],
            check=True, stderr=subprocess.PIPE, text=True,
            env={k: v for k, v in os.environ.items() if k not in ("MALLOC_PERTURB_", "G_DEBUG")})
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def seconds(program, name, times):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, name, str(times)], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime


def main(program):
    failed = False
    unit = (count(program, "reference", 20000) - count(program, "reference", 0)) / 20000
    print(f"one logistic function: {unit:.0f} instructions")
    for name, times, what, units, limit in WORKS:
        each = (count(program, name, times) - count(program, name, 0)) / times
        ratio = each / unit / units
        many = max(1, min(20000, int(4e9 / each)))
        took = (seconds(program, name, many) - seconds(program, name, 0)) / many
        print(f"{what}: {each:,.0f} instructions, {ratio:.2f} of {units:,} units "
              f"(at most {limit:g}); here {max(took, 0) * 1e6:,.1f} us", flush=True)
        failed |= ratio > limit
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
