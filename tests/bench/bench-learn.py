#!/usr/bin/env python3
# bench-learn.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules come at once, the library scrolls, and nothing piles up.

bench-learn.py WHAT WAYMARKCTL BENCH-LEARN BARE-WINDOW PACK

frame   from a click to the first frame of a module, which has the frame of the page and its
        buttons: at most twice that of an empty page
scroll  a library of 500 modules: processor time of a frame at most 1.5 times that of the
        same words in plain labels
memory  after all steps of all modules: at most 1.5 times what a bare window holds, where no
        other program shares libraries with either but the X server

Run it under tests/tools/with-display.
"""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MODULES = 500
HEAD = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \S+ *(.*)$")
LIMITS = {"frame": 2.0, "scroll": 1.5, "memory": 1.5}


def make_library(pack, folder):
    """A pack with many modules: one of the core pack again and again."""
    shutil.copytree(pack, folder)
    source = folder / "modules" / "F1"
    lines = []
    for number in range(MODULES - len(list((folder / "modules").iterdir()))):
        name = f"M{number:03}"
        for path in source.rglob("*"):
            if path.is_file():
                target = folder / "modules" / name / path.relative_to(source).as_posix().replace("F1", name)
                target.parent.mkdir(parents=True, exist_ok=True)
                text = path.read_text(encoding="utf-8").replace("media/F1", "media/@1").replace("F1", name)
                text = text.replace("media/@1", "media/F1")
                text = text.replace("Spot the Phish", f"Spot the Phish {number}")
                target.write_text(text, encoding="utf-8")
        lines.append(f'    <module href="modules/{name}/module.xml"/>\n')
    text = (folder / "pack.xml").read_text(encoding="utf-8")
    (folder / "pack.xml").write_text(text.replace("  </modules>", "".join(lines) + "  </modules>"), encoding="utf-8")
    return folder


def make_trust(waymarkctl, folder, pack):
    path = folder / "trust.db"
    subprocess.run([waymarkctl, "demo", "--trust", f"sqlite:{path}", "--people", "20", "--seed", "1", "--pack", pack],
                   check=True, stdout=subprocess.DEVNULL)
    username = subprocess.run(
        ["sqlite3", path, "SELECT username FROM person WHERE NOT EXISTS"
         " (SELECT 1 FROM attempt WHERE attempt.person = person.person) ORDER BY username LIMIT 1"],
        check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    return f"sqlite:{path}", username


def read_maps(pid):
    """What a process has of each thing that it maps, KiB: all, and what nobody else has."""
    maps = {}
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        head = HEAD.match(line)
        if head:
            entry = maps.setdefault(head.group(1), [0, 0])
        elif line.startswith("Rss:"):
            entry[0] += int(line.split()[1])
        elif line.startswith("Private_"):
            entry[1] += int(line.split()[1])
    return maps


def find_display():
    """The X server that was started for us and nobody else."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, name, _, parent = path.read_text().split()[:4]
        except OSError:
            continue
        if name == "(Xvfb)" and int(parent) == os.getppid():
            return int(pid)
    sys.exit("bench-learn.py: run it under with-display")


def measure_size(pid, display):
    """What a process holds where only the X server shares with it, MiB; and as it is now.

    That is its PSS on a machine on which no other program uses the toolkit. Where some do, a
    program and the baseline have less of the same libraries, the more of them the less, and their
    ratio says how many there were.
    """
    own, other = read_maps(pid), read_maps(display)
    alone = 0
    for name, (size, private) in own.items():
        both = min(size - private, other[name][0]) if name.startswith("/") and name in other else 0
        alone += size - both / 2
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return alone / 1024, int(line.split()[1]) / 1024
    return alone / 1024, 0


def measure_memory(command, word, display):
    """Of a program once it has said a word, or has stood for two seconds."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        if word is not None:
            line = program.stdout.readline()
            assert line.startswith(word), f"{command[0]} said “{line}”"
            print(line.strip())
        time.sleep(2)
        sizes = measure_size(program.pid, display)
        program.send_signal(signal.SIGKILL)
    return sizes


def main(what, waymarkctl, bench_learn, bare_window, pack):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = make_library(Path(pack), folder / "pack") if what == "scroll" else Path(pack)
        trust, username = make_trust(waymarkctl, folder, content)
        mode = "walk" if what == "memory" else what
        command = [bench_learn, mode, content, trust, username, folder / "stores"]
        if what == "memory":
            display = find_display()
            bare = [measure_memory([bare_window], None, display) for _ in range(3)]
            own = [measure_memory(command, "walked", display)]
            print(f"PSS with what else runs: {own[0][1]:.1f} MiB, baseline {statistics.median(b for _, b in bare):.1f} MiB")
            own, bare = [size for size, _ in own], [size for size, _ in bare]
            unit = "MiB"
        else:
            output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            pairs = [[float(word) for word in line.split()] for line in output.splitlines()]
            own, bare = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
            if what == "frame":
                print(f"what the first step says comes after {statistics.median(pair[2] for pair in pairs):.1f} ms")
            unit = "ms"
    a, b = statistics.median(own), statistics.median(bare)
    print(f"{what}: {a:.1f} {unit}, baseline {b:.1f} {unit}, ratio {a / b:.2f} (at most {LIMITS[what]:.2f})")
    return 0 if a / b <= LIMITS[what] else 1


if __name__ == "__main__":
    os.environ.setdefault("GSK_RENDERER", "cairo")
    sys.exit(main(*sys.argv[1:]))
