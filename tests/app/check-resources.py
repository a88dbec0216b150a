#!/usr/bin/env python3
# check-resources.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the program's bundle to the templates, styles and icons in the tree.

check-resources.py SRC    fails with each file that the bundle lacks or has in vain
"""

import re
import sys
from pathlib import Path


def problems(source):
    bundle = source / "app" / "waymark.gresource.xml"
    listed = re.findall(r"<file[^>]*>([^<]+)</file>", bundle.read_text(encoding="utf-8"))
    wanted = [p.relative_to(source).as_posix() for p in source.rglob("*.ui")]
    wanted += [p.relative_to(source).as_posix() for p in source.rglob("*.css")]
    icons = source.parent / "data" / "icons" / "hicolor" / "scalable" / "actions"
    wanted += [f"hicolor/scalable/actions/{p.name}" for p in icons.glob("*.svg")]
    found = [f"the bundle lacks {name}" for name in sorted(wanted) if name not in listed]
    found += [f"the bundle lists {name}, which is not there" for name in listed if name not in wanted]
    found += [f"the bundle lists {name} twice" for name in sorted(set(listed)) if listed.count(name) > 1]
    return found


def main(arguments):
    found = problems(Path(arguments[1]))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
