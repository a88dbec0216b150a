# check-scorm.py: what pack export-scorm writes, and, with --browser, what a browser makes of it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: check-scorm.py WAYMARKCTL CORE-PACK [--browser] [--pictures FOLDER]"""

import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

CTL, CORE = sys.argv[1], sys.argv[2]
PICTURES = sys.argv[sys.argv.index("--pictures") + 1] if "--pictures" in sys.argv else None
CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
SEED = 7

FOLDER = tempfile.mkdtemp(prefix="way-scorm-")
ITEM = """<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="%s" identifier="%%s" title="One" adaptive="false" time-dependent="false" xml:lang="en-GB">
%%s<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
%%s<qti-item-body>%%s</qti-item-body>
<qti-response-processing>%%s</qti-response-processing>
</qti-assessment-item>
""" % QTI
RESPONSE = ('<qti-response-declaration identifier="RESPONSE" cardinality="%s" base-type="%s">'
            '<qti-correct-response>%s</qti-correct-response></qti-response-declaration>')
MATCH = ('<qti-response-condition><qti-response-if><qti-match><qti-variable identifier="RESPONSE"/>'
         '<qti-correct identifier="RESPONSE"/></qti-match><qti-set-outcome-value identifier="SCORE">'
         '<qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value>'
         '</qti-response-if></qti-response-condition>')


def value(*texts):
    return "".join("<qti-value>%s</qti-value>" % text for text in texts)


# Kinds and rules that the core has not, and three that a browser cannot do.
OWN = {
    "X-hotspot": (RESPONSE % ("single", "identifier", value("b")),
                  '<p>Where?</p><qti-hotspot-interaction response-identifier="RESPONSE" max-choices="1">'
                  '<img src="media/M1-card.svg" alt="A card and a pencil" width="480" height="320"/>'
                  '<qti-hotspot-choice identifier="a" shape="rect" coords="110,44,310,276" hotspot-label="The card"/>'
                  '<qti-hotspot-choice identifier="b" shape="circle" coords="400,120,40" hotspot-label="The pencil"/>'
                  '</qti-hotspot-interaction>', MATCH),
    "X-hottext": (RESPONSE % ("multiple", "identifier", value("h1", "h3")),
                  '<qti-hottext-interaction response-identifier="RESPONSE" max-choices="2"><p>The '
                  '<qti-hottext identifier="h1">first</qti-hottext>, the <qti-hottext identifier="h2">second</qti-hottext> '
                  'and the <qti-hottext identifier="h3">third</qti-hottext>.</p></qti-hottext-interaction>', MATCH),
    "X-slider": (RESPONSE % ("single", "integer", value("30")),
                 '<qti-slider-interaction response-identifier="RESPONSE" lower-bound="0" upper-bound="100" step="10">'
                 '<qti-prompt>How many?</qti-prompt></qti-slider-interaction>', MATCH),
    "X-long": (RESPONSE % ("single", "string", value("two words")),
               '<qti-extended-text-interaction response-identifier="RESPONSE"><qti-prompt>Say it.</qti-prompt>'
               '</qti-extended-text-interaction>', MATCH),
    "X-number": (RESPONSE % ("single", "float", value("37.5")),
                 '<p>Type: <qti-text-entry-interaction response-identifier="RESPONSE"/></p>',
                 MATCH.replace("<qti-match>", '<qti-equal tolerance-mode="absolute" tolerance="0.2 0.1">')
                 .replace("</qti-match>", "</qti-equal>")),
    "X-sum": ((RESPONSE % ("multiple", "identifier", value("a", "b"))).replace(
        "</qti-response-declaration>",
        '<qti-mapping default-value="-0.5" lower-bound="0"><qti-map-entry map-key="a" mapped-value="0.5"/>'
        '<qti-map-entry map-key="b" mapped-value="0.5"/></qti-mapping></qti-response-declaration>'),
              '<qti-choice-interaction response-identifier="RESPONSE" max-choices="0">'
              '<qti-simple-choice identifier="a">A</qti-simple-choice><qti-simple-choice identifier="b">B</qti-simple-choice>'
              '<qti-simple-choice identifier="c">C &lt;script&gt;</qti-simple-choice></qti-choice-interaction>',
              '<qti-set-outcome-value identifier="SCORE"><qti-map-response identifier="RESPONSE"/></qti-set-outcome-value>'),
    "X-many": (RESPONSE % ("multiple", "directedPair", value("s1 t1", "s1 t2", "s2 t1")),
               '<qti-match-interaction response-identifier="RESPONSE" max-associations="0"><qti-prompt>Which?</qti-prompt>'
               '<qti-simple-match-set><qti-simple-associable-choice identifier="s1" match-max="0">One</qti-simple-associable-choice>'
               '<qti-simple-associable-choice identifier="s2" match-max="1">Two</qti-simple-associable-choice></qti-simple-match-set>'
               '<qti-simple-match-set><qti-simple-associable-choice identifier="t1" match-max="0">Left</qti-simple-associable-choice>'
               '<qti-simple-associable-choice identifier="t2" match-max="0">Right</qti-simple-associable-choice></qti-simple-match-set>'
               '</qti-match-interaction>', MATCH),
}
LEFT = {
    "Y-pairs": (RESPONSE % ("multiple", "pair", value("a b")),
                '<qti-associate-interaction response-identifier="RESPONSE" max-associations="1">'
                '<qti-simple-associable-choice identifier="a" match-max="1">A</qti-simple-associable-choice>'
                '<qti-simple-associable-choice identifier="b" match-max="1">B</qti-simple-associable-choice>'
                '</qti-associate-interaction>', MATCH),
    "Y-pattern": (RESPONSE % ("single", "string", value("aa")),
                  '<p><qti-text-entry-interaction response-identifier="RESPONSE"/></p>',
                  MATCH.replace("<qti-match>", '<qti-pattern-match pattern="a+">')
                  .replace('<qti-correct identifier="RESPONSE"/></qti-match>', "</qti-pattern-match>")),
    "Y-drawn": ('<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="integer"/>'
                '<qti-template-declaration identifier="N" cardinality="single" base-type="integer"/>',
                '<p><qti-text-entry-interaction response-identifier="RESPONSE"/></p>',
                MATCH.replace('<qti-correct identifier="RESPONSE"/>', '<qti-variable identifier="N"/>'),
                '<qti-template-processing><qti-set-template-value identifier="N"><qti-random-integer min="1" max="9"/>'
                '</qti-set-template-value></qti-template-processing>'),
}

n_tests = 0


def ok(name):
    global n_tests
    n_tests += 1
    print("ok %d %s" % (n_tests, name), flush=True)


def ctl(*arguments, status=0):
    made = subprocess.run([CTL] + list(arguments), capture_output=True, text=True, check=False)
    if made.returncode != status:
        sys.exit("%s: %d\n%s" % (" ".join(arguments), made.returncode, made.stderr))
    return made


def export(pack, module):
    """Path of the package, what was printed, and the report."""
    path = os.path.join(FOLDER, module + ".zip")
    made = ctl("pack", "export-scorm", pack, module, "--out", path)
    return path, made.stdout, made.stderr.splitlines()


def read_module(package):
    text = package.read("module.js").decode()
    assert text.startswith("window.waymarkModule = ") and text.endswith(";\n")
    return json.loads(text[len("window.waymarkModule = "):-2])


def module_ids():
    return sorted(os.path.basename(path) for path in glob.glob(CORE + "/modules/*"))


def list_questions(path):
    """id and path of each question that a module.xml names."""
    root = ET.parse(path).getroot()
    return [(e.get("id"), e.get("href")) for e in root.iter() if e.tag.endswith("}item")]


def check_manifest(package):
    """By the structure of imscp 1.1.2 and adlcp 1.2: names, order, references, files."""
    root = ET.fromstring(package.read("imsmanifest.xml"))
    assert root.tag == CP + "manifest" and re.match(r"[A-Za-z][\w.-]*$", root.get("identifier"))
    assert [e.tag for e in root] == [CP + n for n in ("metadata", "organizations", "resources")]
    assert [e.text for e in root[0]] == ["ADL SCORM", "1.2"]
    assert [e.tag for e in root[0]] == [CP + "schema", CP + "schemaversion"]
    organisation = root[1][0]
    assert root[1].get("default") == organisation.get("identifier") and len(root[1]) == 1
    title, item = organisation
    assert title.text and item.find(CP + "title").text == title.text
    resource, = root[2]
    assert item.get("identifierref") == resource.get("identifier")
    assert resource.get("type") == "webcontent" and resource.get(ADL + "scormtype") == "sco"
    files = [e.get("href") for e in resource]
    assert resource.get("href") in files and len(set(files)) == len(files)
    assert sorted(files + ["imsmanifest.xml"]) == sorted(package.namelist())
    return title.text


def check_offline(package):
    """Nothing of the player's own names another place, or makes a script of a text."""
    page = package.read("index.html").decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")
    assert "unsafe" not in policy and "<script>" not in page and " style=" not in page
    assert not re.search(r"\son[a-z]+=", page)
    for name in ("index.html", "lms.js", "player.css", "player.js", "question.js", "score.js"):
        text = package.read(name).decode()
        for never in ("http:", "https:", "//cdn", "@import", "url(", "eval(", "innerHTML",
                      "insertAdjacentHTML", "document.write", "new Function", "localStorage"):
            assert never not in text, (name, never)


def test_packages():
    for module in module_ids():
        path, out, report = export(CORE, module)
        with open(path, "rb") as file:
            before = file.read()
        with zipfile.ZipFile(path) as package:
            check_manifest(package)
            check_offline(package)
            made = read_module(package)
        named = list_questions("%s/modules/%s/module.xml" % (CORE, module))
        assert [q["id"] for q in made["questions"]] == [i for i, _ in named], module
        assert "questions taken %d, left 0" % len(named) in out
        assert len(made["cards"]) >= 4 and made["passMark"] == .8
        # Each desk is named, and stands there as a statement.
        assert len(report) == len(made["desks"]) + 1 and len(made["desks"]) >= 1
        for desk, line in zip(made["desks"], report):
            assert line.startswith("desks/") and ":1: " in line and desk["title"] in line
        # Every picture is in the package, and has words.
        text = json.dumps(made)
        for source in re.findall(r'"src": "([^"]*)"', text):
            assert source in zipfile.ZipFile(path).namelist()
        assert all(card["picture"]["alt"] for card in made["cards"] if "picture" in card)
    # The same module gives the same bytes.
    export(CORE, module)
    with open(path, "rb") as file:
        assert file.read() == before
    ok("packages of %d modules" % len(module_ids()))


def make_own_pack():
    """A module whose check is of all kinds: the core's baseline, and what it has not."""
    pack = os.path.join(FOLDER, "own")
    ctl("pack", "new", pack, "--title", "Own & <other>")
    path = pack + "/modules/M1/module.xml"
    lines = []
    shutil.copytree(CORE + "/media", pack + "/media", dirs_exist_ok=True)
    for source in sorted(glob.glob(CORE + "/baseline/*/*.xml")):
        name = os.path.basename(source)[:-4]
        with open(source, encoding="utf-8") as file:
            text = file.read()
        if "qti-custom-interaction" in text or "." in name:
            continue
        shutil.copy(source, pack + "/modules/M1/items/")
        lines.append(name)
    for name, (declaration, body, rules, *before) in {**OWN, **LEFT}.items():
        with open("%s/modules/M1/items/%s.xml" % (pack, name), "w", encoding="utf-8") as file:
            file.write(ITEM % (name, declaration, "".join(before), body, rules))
        lines.append(name)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = text.replace("  </check>", "".join(
        '    <item href="modules/M1/items/%s.xml" id="%s" outcome="M1.first"/>\n' % (n, n)
        for n in lines) + "  </check>")
    text = text.replace("<title>", "<title>Own &amp; &lt;b&gt;", 1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return pack, len(lines) + 8


def test_left_out(pack, n):
    path, out, report = export(pack, "M1")
    assert "questions taken %d, left %d" % (n - len(LEFT), len(LEFT)) in out, out
    for name in LEFT:
        assert any("/%s.xml:1: the question is left out: " % name in line for line in report), name
    with zipfile.ZipFile(path) as package:
        assert check_manifest(package).startswith("Own & <b>")
        check_offline(package)
        page = package.read("index.html").decode()
        assert "<title>Own &amp; &lt;b&gt;" in page
        taken = [q["id"] for q in read_module(package)["questions"]]
    assert set(OWN) <= set(taken) and not set(LEFT) & set(taken)
    ok("what cannot be shown is named")


def test_too_few():
    """A check that could not say anything is not written, nor anything else."""
    pack = os.path.join(FOLDER, "few")
    ctl("pack", "new", pack)
    for number in range(1, 5):
        path = "%s/modules/M1/items/M1-q%02d.xml" % (pack, number)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace('<qti-match><qti-variable identifier="RESPONSE"/><qti-correct '
                                    'identifier="RESPONSE"/></qti-match>',
                                    '<qti-pattern-match pattern="a"><qti-variable '
                                    'identifier="RESPONSE"/></qti-pattern-match>'))
    out = os.path.join(FOLDER, "few.zip")
    made = ctl("pack", "export-scorm", pack, "M1", "--out", out, status=1)
    assert "4 questions" in made.stderr and not glob.glob(out + "*")
    ok("too few questions")


def unpack(path, name):
    folder = os.path.join(FOLDER, "web", name)
    os.makedirs(folder)
    with zipfile.ZipFile(path) as package:
        package.extractall(folder)
        return read_module(package)


def main():
    test_packages()
    pack, n = make_own_pack()
    test_left_out(pack, n)
    test_too_few()
    if "--browser" in sys.argv:
        import scorm_journeys
        scorm_journeys.run(sys.modules[__name__], pack)
    print("1..%d" % n_tests)


try:
    main()
finally:
    shutil.rmtree(FOLDER, ignore_errors=True)
