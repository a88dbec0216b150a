#!/usr/bin/env python3
# count-results.py
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Say "N passed, N failed" for meson's testlog.json files; exit 1 if any failed.

--broken N counts N parts that did not come as far as running tests.
"""

import json
import sys

PASSED = ("OK", "EXPECTEDFAIL")
SKIPPED = ("SKIP",)


def main(arguments):
    failed = int(arguments[arguments.index("--broken") + 1])
    passed = skipped = 0
    for path in arguments[arguments.index("--broken") + 2 :]:
        with open(path, encoding="utf-8") as log:
            for line in log:
                test = json.loads(line)
                if test["result"] in PASSED:
                    passed += 1
                elif test["result"] in SKIPPED:
                    skipped += 1
                else:
                    failed += 1
                    print(f"failed: {test['name']} ({test['result'].lower()})")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
