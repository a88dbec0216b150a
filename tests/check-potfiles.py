#!/usr/bin/env python3
# check-potfiles.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold po/POTFILES.in to the files that have strings to translate.

check-potfiles.py ROOT            fails with what is missing or has no strings
check-potfiles.py ROOT --update   writes the list
check-potfiles.py --self-test     proves on a made-up tree that it can fail
"""

import re
import sys
import tempfile
from pathlib import Path

HEAD = "# Files with strings to translate. tests/check-potfiles.py --update writes this list.\n"
C_CALL = re.compile(r"(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*\"")
UI_MARK = re.compile(r"""translatable\s*=\s*["'](?:yes|true|1)["']""")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)


def has_strings(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".c" or path.suffix == ".h":
        return bool(C_CALL.search(COMMENT.sub("", text)))
    if path.suffix == ".ui":
        return bool(UI_MARK.search(text))
    return True


def wanted(root):
    found = []
    data = root / "data"
    for pattern in ("*.desktop.in", "*.metainfo.xml.in", "*.gschema.xml"):
        found += sorted(data.glob(pattern))
    for pattern in ("*.c", "*.h", "*.ui"):
        found += [p for p in (root / "src").rglob(pattern) if has_strings(p)]
    return sorted(p.relative_to(root).as_posix() for p in found)


def listed(root):
    path = root / "po" / "POTFILES.in"
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def problems(root):
    want, have = wanted(root), listed(root)
    found = [f"po/POTFILES.in lacks {name}" for name in want if name not in have]
    found += [f"po/POTFILES.in lists {name}, which has no strings" for name in have if name not in want]
    found += [f"po/POTFILES.in lists {name} twice" for name in sorted(set(have)) if have.count(name) > 1]
    return found


def update(root):
    (root / "po" / "POTFILES.in").write_text(HEAD + "".join(f"{name}\n" for name in wanted(root)), encoding="utf-8")


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in {
            "data/x.desktop.in": "[Desktop Entry]\n",
            "src/a/way-a.c": 'puts (_("Hello"));\n',
            "src/a/way-b.c": '/* puts (_("Hello")); */ int gettext_ (int a);\n',
            "src/a/way-c.ui": '<property name="label" translatable="yes">Hello</property>\n',
            "src/a/way-d.ui": '<property name="label">42</property>\n',
        }.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (root / "po").mkdir()
        update(root)
        assert problems(root) == [], problems(root)
        assert listed(root) == ["data/x.desktop.in", "src/a/way-a.c", "src/a/way-c.ui"], listed(root)
        (root / "src/a/way-b.c").write_text('puts (ngettext ("a", "b", 2));\n', encoding="utf-8")
        (root / "src/a/way-a.c").write_text("int a;\n", encoding="utf-8")
        assert len(problems(root)) == 2, problems(root)


def main(arguments):
    if "--self-test" in arguments:
        self_test()
        return 0
    root = Path(arguments[1])
    if "--update" in arguments:
        update(root)
        return 0
    found = problems(root)
    for line in found:
        print(line)
    if found:
        print("Run tests/check-potfiles.py . --update")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
