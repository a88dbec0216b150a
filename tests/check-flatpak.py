#!/usr/bin/env python3
# check-flatpak.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the flatpak manifest to what flatpak-builder reads, without needing it.

flatpak-builder takes a misspelt key for a warning and goes on, so keys are checked here.
"""

import json
import sys
from pathlib import Path

APPLICATION = "io.github.waymark_skills.Waymark"
TOP = {"id", "runtime", "runtime-version", "sdk", "command", "finish-args", "cleanup", "modules"}
MODULE = {"name", "buildsystem", "builddir", "subdir", "config-opts", "build-commands", "sources", "cleanup"}
# What the runtime lacks and the program is linked with.
NEEDED = {"krb5", "libpq"}
# What a sandboxed Waymark does without: files are chosen through the portal.
REFUSED = ("--filesystem=", "--socket=session-bus", "--socket=system-bus", "--device=all", "--talk-name=*")


def main(root):
    path = Path(root) / "build-aux" / f"{APPLICATION}.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    problems = [f"unknown key {key}" for key in manifest.keys() - TOP]
    problems += [f"{key} is missing" for key in TOP - {"cleanup"} - manifest.keys()]
    for module in manifest.get("modules", []):
        problems += [f"unknown key {key} in module" for key in module.keys() - MODULE]
        for source in module.get("sources", []):
            if source.get("type") == "dir" and not (path.parent / source["path"] / "meson.build").exists():
                problems.append(f"there is nothing to build in {source['path']}")
            if source.get("type") == "archive" and len(source.get("sha256", "")) != 64:
                problems.append("an archive has no digest")
    problems += [f"there is no module {name}" for name in sorted(NEEDED - {m.get("name") for m in manifest.get("modules", [])})]
    if "--talk-name=org.freedesktop.secrets" not in manifest.get("finish-args", []):
        problems.append("passwords cannot be kept in the keyring")
    if manifest.get("id") != APPLICATION:
        problems.append("the id is not the application's")
    for argument in manifest.get("finish-args", []):
        problems += [f"{argument} opens the sandbox" for refused in REFUSED if argument.startswith(refused)]
    for problem in problems:
        print(f"{path.name}: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
