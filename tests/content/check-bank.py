#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the baseline bank of content packs to its rules.

check-bank.py PACK...       fails with each item or bank that breaks one
check-bank.py --self-test   proves on made-up banks that each rule can fail
"""

import re
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

PACK = "{https://waymark-skills.github.io/ns/pack/1}"
QTI = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}qti-"
KINDS = "choice order match gap-match inline-choice text-entry".split()


def words(node):
    return " ".join("".join(node.itertext()).split())


def ids(node, tag):
    return [n.get("identifier") for n in node.iter(QTI + tag)]


def response_faults(kind, box, decl):
    values = [words(v) for v in decl.iterfind(f"{QTI}correct-response/{QTI}value")]
    if not values or len(set(values)) < len(values):
        yield "has no correct response, or a value twice"
    if decl.get("cardinality") == "single" and len(values) > 1:
        yield "has several correct values for one answer"
    if kind == "text-entry":
        keys = {m.get("map-key") for m in decl.iter(QTI + "map-entry")}
        if not all(v in keys or decl.get("base-type") != "string" and v.isdigit() for v in values):
            yield "has a correct answer that cannot be typed"
    elif kind in ("match", "gap-match"):
        sets = [ids(s, "simple-associable-choice") for s in box.iter(QTI + "simple-match-set")]
        left, right = sets if kind == "match" else (ids(box, "gap-text"), ids(box, "gap"))
        for value in values:
            if value not in (f"{a} {b}" for a in left for b in right):
                yield f"names no existing pair: {value}"
        if {v.split()[-1] for v in values} != set(right):
            yield "leaves a place without its piece"
    else:
        names = ids(box, "inline-choice" if kind == "inline-choice" else "simple-choice")
        for value in set(values) - set(names):
            yield f"names no existing choice: {value}"
        if (len(values) == len(names)) != (kind == "order"):
            yield "is in order with some choices, or right with all"


def check_item(path, want, say, single):
    """Says what is wrong with one item; gives its kind."""
    try:
        root = ET.parse(path).getroot()
    except (OSError, ET.ParseError) as error:
        return say(path, f"cannot be read: {error}")
    if root.get("identifier") != want:
        say(path, f"is not the item {want}")
    decls = {d.get("identifier"): d for d in root.iter(QTI + "response-declaration")}
    boxes = [(k, b) for k in KINDS for b in root.iter(f"{QTI}{k}-interaction")]
    used = sorted(b.get("response-identifier") for k, b in boxes)
    if not used or used != sorted(decls):
        return say(path, "has no answer, or one that is not declared once")
    for kind, box in boxes:
        for fault in response_faults(kind, box, decls[box.get("response-identifier")]):
            say(path, fault)
    if kind != "choice" or box.get("max-choices") != "1":
        return "multiple" if kind == "choice" else kind
    right = [words(v) for v in root.iter(QTI + "value")]
    sizes = [(len(words(c)), c.get("identifier") in right) for c in box.iter(QTI + "simple-choice")]
    longest = [key for size, key in sizes if size == max(sizes)[0]] == [True]
    single.extend((n, longest) for n, (size, key) in enumerate(sizes, 1) if key)
    return "single"


def check_pack(folder):
    faults, single = [], []
    say = lambda path, reason: faults.append(f"{path}: {reason}")
    pack = Path(folder) / "pack.xml"
    root = ET.parse(pack).getroot()
    bank = root.findall(f"{PACK}baseline/{PACK}item")
    enemies = {i.get("id"): i.get("enemies", "").split() for i in bank}
    kinds = Counter(check_item(pack.parent / i.get("href"), i.get("id"), say, single) for i in bank)
    for item, other in ((i, o) for i in enemies for o in enemies[i]):
        if item not in enemies.get(other, []) or other == item:
            say(pack, f"{item} has an enemy {other} that does not name it")
    for name in (c.get("id") for c in root.iterfind(f"{PACK}capabilities/{PACK}capability")):
        mine = [i for i in bank if i.get("capability") == name]
        if len(mine) < 10:
            say(pack, f"capability {name} has {len(mine)} items, fewer than 10")
        if sum(i.get("opener") == "1" for i in mine) < 2:
            say(pack, f"capability {name} has fewer than 2 openers")
        if {i.get("level") for i in mine} != set("1234"):
            say(pack, f"capability {name} does not have items at the levels 1 to 4")
    if 3 * kinds["single"] > 2 * len(bank):
        say(pack, f'{kinds["single"]} of {len(bank)} items are single choice, over two thirds')
    for place, count in sorted(Counter(p for p, l in single).items()):
        if 2 * count > len(single):
            say(pack, f"place {place} holds the right choice in {count} of {len(single)} items")
    longest = sum(l for p, l in single)
    if 2 * longest >= len(single) > 0:
        say(pack, f"the right choice is the longest in {longest} of {len(single)} items")
    mix = ", ".join(f"{n} {k}" for k, n in kinds.most_common())
    return faults, f"{pack}: {len(bank)} items ({mix}), longest right in {longest}, {len(faults)} faults"


CHOICE = '<qti-simple-choice identifier="%s">%s</qti-simple-choice>'
SAMPLE = """<qti-assessment-item xmlns="%s" identifier="A%d">
<qti-response-declaration identifier="R" cardinality="%s">
<qti-correct-response>%s</qti-correct-response></qti-response-declaration>
<qti-%s-interaction response-identifier="R" max-choices="1">%s</qti-%s-interaction></qti-assessment-item>"""


def spoilt(old="", new="", keys="abcdab", short="four"):
    """The faults of a sound bank of 6 single choices and 4 orders, with one thing replaced."""
    rows = '<pack xmlns="%s"><capabilities><capability id="A"/></capabilities><baseline>' % PACK[1:-1]
    with tempfile.TemporaryDirectory() as folder:
        for n in range(10):
            kind, card, right = ("choice", "single", keys[n]) if n < 6 else ("order", "ordered", "dbca")
            values = "".join(f"<qti-value>{v}</qti-value>" for v in right)
            choices = "".join(CHOICE % (c, "four" if c == right else short) for c in "abcd")
            text = SAMPLE % (QTI[1:-5], n, card, values, kind, choices, kind)
            Path(folder, f"A{n}.xml").write_text(text.replace(old or "\0", new))
            rows += (f'<item href="A{n}.xml" id="A{n}" capability="A" level="{n % 4 + 1}"'
                     f' opener="{int(n < 2)}" enemies="{["A1", "A0"][n] if n < 2 else ""}"/>')
        Path(folder, "pack.xml").write_text((rows + "</baseline></pack>").replace(old or "\0", new))
        return " | ".join(check_pack(folder)[0])


CASES = [({}, "^$"), ({"old": "value>d</", "new": "value>e</"}, "no existing choice: e"),
         ({"old": "<qti-value>c</qti-value>"}, "order with some"), ({"keys": "bbbbac"}, "place 2"),
         ({"old": 'declaration identifier="R"', "new": "declaration"}, "not declared"),
         ({"old": 'max-choices="1"', "new": ""}, "^$"), ({"old": "</qti-assess"}, "cannot be read"),
         ({"old": '="A3">', "new": '="B3">'}, "not the item A3"), ({"short": "two"}, "longest in 6"),
         ({"old": 'enemies="A0"'}, "enemy A1"), ({"old": 'opener="1"'}, "2 openers"),
         ({"old": 'level="4"'}, "levels 1 to 4"), ({"old": "order", "new": "choice"}, "over two thirds"),
         ({"old": '<capability id="A"/>', "new": '<capability id="B"/>'}, "B has 0 items")]

if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        missed = [case for case, want in CASES if not re.search(want, spoilt(**case))]
        print(f"{len(CASES)} cases, not seen: {missed}")
        sys.exit(bool(missed))
    results = [check_pack(folder) for folder in sys.argv[1:]]
    print("\n".join(line for faults, summary in results for line in faults + [summary]) or __doc__)
    sys.exit(not results or any(faults for faults, summary in results))
