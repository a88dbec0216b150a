#!/usr/bin/env python3
# check-rooms.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold every include in src/ to the rooms that src/meson.build lists.

check-rooms.py ROOT          fails with each line that reaches where it may not
check-rooms.py --self-test   proves on made-up trees that each rule can fail
"""

import re
import sys
import tempfile
from pathlib import Path

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)

# Libraries that one room alone may know.
OWNED = {
    "db": re.compile(r"^(sqlite3(ext)?|libpq-fe|libpq-events|pg_config)\.h$|^(postgresql|libpq)/"),
    "content": re.compile(r"^libxml/|^archive(_entry)?\.h$"),
}
TOOLKIT = re.compile(r"^(gtk|gdk|gsk)/|^adwaita\.h$|^gtk4?-|^graphene")
WITH_TOOLKIT = ("widgets", "pages", "app")
# Rooms whose headers nobody else includes.
PROGRAMS = ("app", "ctl")
# What is judged in these rooms is a function of its arguments alone.
PURE = ("content", "assessment", "practice", "record")
HIDDEN_STATE = re.compile(
    r"(?<![A-Za-z0-9_])(g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|g_random_\w+|g_rand_new"
    r"|clock_gettime|gettimeofday|srand|rand|random)\s*\("
)
THREADS = re.compile(r"(?<![A-Za-z0-9_])(g_thread_new|g_thread_try_new|g_thread_pool_new\w*|g_task_run_in_thread\w*|pthread_create)\s*\(")


def read_rooms(root):
    text = (root / "src" / "meson.build").read_text(encoding="utf-8")
    match = re.search(r"^rooms = \[(.*?)\]", text, re.S | re.M)
    if match is None:
        raise SystemExit("src/meson.build: there is no list of rooms")
    return re.findall(r"'([^']+)'", match.group(1))


def check_include(rooms, room, page, bracket, name):
    """Return why a file of ROOM (in page folder PAGE) may not include NAME, or None."""
    for owner, pattern in OWNED.items():
        if room != owner and pattern.search(name):
            return f"only {owner} may include {name}"
    if room not in WITH_TOOLKIT and TOOLKIT.search(name):
        return f"{room} has no GTK, so it may not include {name}"
    if bracket == "<":
        return None
    if name.startswith(".") or "/../" in name:
        return f"{name}: includes are written from src/"
    parts = name.split("/")
    target = parts[0]
    if target not in rooms:
        return None
    if room in PURE and target == "db":
        return f"{room} is pure, so it may not include {name}"
    if target != room and target in PROGRAMS:
        return f"nothing includes {target}, so not {name} either"
    if room == "ctl" and target in WITH_TOOLKIT:
        return f"ctl has no window, so it may not include {name}"
    if rooms.index(target) > rooms.index(room):
        return f"{room} comes before {target}, so it may not include {name}"
    if room == "pages" and target == "pages" and len(parts) > 2 and parts[1] != page:
        return f"page {page or '(shared)'} may not include {name}: activate an action instead"
    return None


def problems(root):
    rooms = read_rooms(root)
    source = root / "src"
    names = {path.name for path in source.rglob("*.h")}
    found = []
    for folder in sorted(p for p in source.iterdir() if p.is_dir()):
        if folder.name not in rooms:
            found.append(f"src/{folder.name}: not in the list of rooms in src/meson.build")
    for path in sorted(source.rglob("*.[ch]")):
        where = path.relative_to(source)
        room = where.parts[0]
        if room not in rooms:
            continue
        page = where.parts[1] if room == "pages" and len(where.parts) > 2 else ""
        text = path.read_text(encoding="utf-8", errors="replace")
        code = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)

        def tell(match, reason):
            line = code.count("\n", 0, match.start()) + 1
            found.append(f"src/{where.as_posix()}:{line}: {reason}")

        for match in INCLUDE.finditer(code):
            bracket, name = match.groups()
            reason = check_include(rooms, room, page, bracket, name)
            if reason is None and bracket == '"' and "/" not in name and name in names:
                reason = f"{name}: includes are written from src/"
            if reason is not None:
                tell(match, reason)
        if room in PURE:
            for match in HIDDEN_STATE.finditer(code):
                tell(match, f"{room} is pure: time and chance are arguments, not {match.group(1)} ()")
        if room != "session":
            for match in THREADS.finditer(code):
                tell(match, f"only session has threads, so not {match.group(1)} ()")
    return found


def self_test():
    meson = "rooms = [\n  'db',\n  'content',\n  'record',\n  'session',\n  'widgets',\n  'pages',\n  'app',\n  'ctl',\n]\n"
    good = {
        "db/way-a.c": "#include <sqlite3.h>\n#include <libpq-fe.h>\n",
        "content/way-b.c": "#include <libxml/tree.h>\n#include <archive.h>\n",
        "record/way-c.c": '#include "config.h"\n#include "content/way-b.h"\n/* #include "app/way-x.h" g_random_int () */\n',
        "session/way-d.c": '#include "db/way-a.h"\nstatic void f (void) { g_thread_new (a, b, c); g_get_real_time (); }\n',
        "widgets/way-e.c": '#include <gtk/gtk.h>\n#include <adwaita.h>\n#include "session/way-d.h"\n',
        "pages/today/way-f.c": '#include "pages/today/way-f.h"\n#include "pages/way-page.h"\n#include "widgets/way-e.h"\n',
        "app/way-g.c": '#include "pages/today/way-f.h"\n#include "app/way-g.h"\n',
        "ctl/way-h.c": '#include "session/way-d.h"\n',
    }
    bad = {
        "db/reach-up.c": '#include "session/way-d.h"\n',
        "session/own-sql.c": "#include <sqlite3.h>\n",
        "record/own-pq.h": "# include <libpq-fe.h>\n",
        "db/own-xml.c": "#include <libxml/tree.h>\n",
        "session/own-zip.c": "#include <archive_entry.h>\n",
        "session/own-gtk.c": "#include <gtk/gtk.h>\n",
        "ctl/own-adw.c": "#include <adwaita.h>\n",
        "ctl/window.c": '#include "widgets/way-e.h"\n',
        "ctl/program.c": '#include "app/way-g.h"\n',
        "pages/learn/other-page.c": '#include "pages/today/way-f.h"\n',
        "pages/shared.c": '#include "pages/today/way-f.h"\n',
        "content/log.c": '#include "db/way-a.h"\n',
        "widgets/relative.c": '#include "../session/way-d.h"\n',
        "session/bare.c": '#include "way-d.h"\n',
        "record/clock.c": "static int f (void) { return g_random_int_range (0, 2); }\n",
        "db/thread.c": "static void f (void) { g_task_run_in_thread (a, b); }\n",
        "junk/way-i.c": "int i;\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = root / "src"
        source.mkdir()
        (source / "meson.build").write_text(meson, encoding="utf-8")
        for name, text in good.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, encoding="utf-8")
        (source / "session" / "way-d.h").write_text("#pragma once\n", encoding="utf-8")
        assert problems(root) == [], problems(root)
        for name, text in bad.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            found = problems(root)
            assert len(found) == 1, (name, found)
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def main(arguments):
    if "--self-test" in arguments:
        self_test()
        return 0
    found = problems(Path(arguments[1]))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
