# scorm_journeys.py: packages of SCORM 1.2 in a browser, on a learning platform.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything is done from the keyboard; what the platform was told is read beside it."""

import base64
import json
import os
import random
import zipfile

from browser import Browser, Platform

FRAME = "document.querySelector('iframe').contentWindow"
AT = FRAME + ".document.activeElement"


def correct_of(question, response):
    """The right texts of a response, or the best of its mapping."""
    declaration = next(d for d in question["responses"] if d["id"] == response)
    if "correct" in declaration:
        return declaration["correct"]
    entries = [e for e in declaration["map"]["entries"] if e["value"] > 0]
    if declaration["cardinality"] == "single":
        return [max(entries, key=lambda e: e["value"])["key"]]
    return [e["key"] for e in entries]


def right_of(question):
    return {i["response"]: correct_of(question, i["response"]) for i in question["interactions"]}


def guess(question, chance):
    """What somebody may answer who does not know."""
    given = {}
    for asked in question["interactions"]:
        choices = [c["id"] for c in asked.get("choices", [])]
        targets = [t["id"] for t in asked.get("targets", [])]
        kind = asked["kind"]
        if kind in ("choice", "hottext", "hotspot"):
            most = asked["max"] or len(choices)
            texts = chance.sample(choices, 1 if most == 1 else chance.randint(1, min(most, len(choices))))
        elif kind == "inline-choice":
            texts = [chance.choice(choices)]
        elif kind == "order":
            texts = chance.sample(choices, len(choices))
        elif kind == "match":
            texts = ["%s %s" % (c, chance.choice(targets)) for c in choices]
        elif kind == "gap-match":
            # A thing that fits in one gap only is not tried in two.
            texts = ["%s %s" % pair for pair in zip(chance.sample(choices, min(len(choices), len(targets))), targets)]
        elif kind == "slider":
            texts = [str(chance.randrange(0, 101, 10))]
        else:
            texts = [chance.choice(["7", "zzzz", "1,200", "37.35", " Deny ", "DENY", "two  words", "-0"])]
        given[asked["response"]] = texts
    return given


def cases_of(question, chance):
    """Right, nothing, near misses, and guesses."""
    right = right_of(question)
    cases = [right, {}]
    for response, texts in right.items():
        cases.append({**right, response: texts[1:]})
        cases.append({**right, response: list(reversed(texts))})
        cases.append({**right, response: texts + texts[:1]})
        cases.append({**right, response: [t.upper() for t in texts]})
        cases.append({**right, response: ["  " + t.replace(" ", "   ") + " " for t in texts]})
    return cases + [guess(question, chance) for _ in range(12)]


def shape(question, given):
    """As waymarkctl reads an answer: one value, or a list."""
    single = {d["id"] for d in question["responses"] if d["cardinality"] == "single"}
    return {k: (v[0] if v else None) if k in single else v for k, v in given.items()}


def test_scores(check, browser, packages):
    """Each question of every module, and all kinds beside: the browser scores as Waymark does."""
    chance = random.Random(check.SEED)
    cases, asked = [], []
    for (module, _), (pack, path) in packages.items():
        hrefs = dict(check.list_questions("%s/modules/%s/module.xml" % (pack, module)))
        with zipfile.ZipFile(path) as package:
            questions = check.read_module(package)["questions"]
        for question in questions:
            for given in cases_of(question, chance):
                if any(d["cardinality"] == "single" and len(given.get(d["id"], [])) > 1
                       for d in question["responses"]):
                    continue
                cases.append({"item": os.path.join(pack, hrefs[question["id"]]),
                              "responses": shape(question, given)})
                asked.append((question, given))
    path = os.path.join(check.FOLDER, "cases.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(cases, file)
    expected = json.loads(check.ctl("qti", "score", "--cases", path).stdout)
    with zipfile.ZipFile(next(iter(packages.values()))[1]) as package:
        browser.run(package.read("score.js").decode() + "; 0")
    known = browser.run("waymarkScore.operators")
    assert len(known) > 20
    made = []
    for at in range(0, len(asked), 200):
        made += browser.run("(%s).map(function (pair) { var o = waymarkScore.run(pair[0], pair[1]).outcomes;"
                            "var said = {}; Object.keys(o).forEach(function (k) { said[k] = o[k] === null ? null :"
                            "o[k].texts; }); return said; })" % json.dumps(asked[at:at + 200]))
    n_right = 0
    for (question, given), wanted, got in zip(asked, expected, made):
        score = float(got["SCORE"][0]) if got["SCORE"] else 0
        assert abs(score - wanted["outcomes"].get("SCORE", 0)) < 1e-9, (question["id"], given, wanted, got)
        feedback = wanted["outcomes"].get("FEEDBACK")
        assert (got.get("FEEDBACK") or [None])[0] == feedback, (question["id"], given, wanted, got)
        n_right += score >= 1
    assert len(expected) == len(made) == len(asked) and 0 < n_right < len(asked)
    check.ok("%d answers to %d questions scored alike" % (len(asked), len({id(q) for q, _ in asked})))


class Visit:
    """One module open on the platform."""

    def __init__(self, browser, platform, name, module):
        self.browser, self.platform, self.name, self.module = browser, platform, name, module
        self.questions = {q["id"]: q for q in module["questions"]}

    def open(self):
        self.browser.run("document.querySelector('iframe').src = %s; 0" % json.dumps("/%s/index.html" % self.name))
        self.browser.wait("%s.document.readyState === 'complete' && %s.document.querySelector('main h1') !== null"
                          % (FRAME, FRAME))
        self.browser.run(FRAME + ".focus(); 0")

    def leave(self):
        n = self.browser.run("finished")
        self.browser.run("document.querySelector('iframe').src = 'about:blank'; 0")
        self.browser.wait("finished === %d" % (n + 1))

    def value(self, name):
        return self.browser.run("values[%s]" % json.dumps(name))

    def heading(self):
        return self.browser.run(FRAME + ".document.querySelector('main h1').textContent")

    def tab_to(self, test):
        """Tab until what has the keyboard passes the test, a script about `e`."""
        for _ in range(120):
            if self.browser.run("(function (e) { return e && %s; } (%s))" % (test, AT)):
                return
            self.browser.press("Tab")
        raise RuntimeError("Tab never came to " + test)

    def press_first(self):
        self.tab_to("e.id === 'first' && !e.disabled")
        self.browser.press("Enter")

    def press_second(self):
        self.tab_to("e.id === 'second'")
        self.browser.press("Enter")

    def choose(self, asked, texts):
        browser = self.browser
        if asked["max"] == 1:
            self.tab_to("e.type === 'radio'")
            for _ in range(len(asked["choices"]) + 1):
                if browser.run("%s.value === %s" % (AT, json.dumps(texts[0]))):
                    break
                browser.press("ArrowDown")
            if not browser.run(AT + ".checked"):
                browser.press(" ")
            return
        for text in texts:
            self.tab_to("e.type === 'checkbox' && e.value === %s" % json.dumps(text))
            browser.press(" ")

    def put_in_order(self, texts):
        for place, text in enumerate(texts):
            where = ("Array.prototype.map.call(%s.document.querySelectorAll('.order li'), "
                     "function (li) { return li.getAttribute('data-id'); }).indexOf(%s)" % (FRAME, json.dumps(text)))
            at = self.browser.run(where)
            if at > place:
                self.tab_to("e.className === 'up' && e.parentNode.getAttribute('data-id') === %s" % json.dumps(text))
            for _ in range(at - place):
                self.browser.press("Enter")
            assert self.browser.run(where) == place

    def pick(self, test, text):
        """In a list that is closed, the arrows choose."""
        self.tab_to("e.tagName === 'SELECT' && " + test)
        n = self.browser.run("Array.prototype.map.call(%s.options, function (o) { return o.value; }).indexOf(%s)"
                             % (AT, json.dumps(text)))
        for _ in range(n):
            self.browser.press("ArrowDown")
        assert self.browser.run(AT + ".value") == text

    def fill(self, asked, texts):
        kind = asked["kind"]
        if kind in ("choice", "hottext", "hotspot"):
            self.choose(asked, texts)
        elif kind == "order":
            self.put_in_order(texts)
        elif kind == "match":
            for text in texts:
                source, target = text.split(" ")
                if next(c for c in asked["choices"] if c["id"] == source)["most"] != 1:
                    self.tab_to("e.type === 'checkbox' && e.value === %s" % json.dumps(text))
                    self.browser.press(" ")
                    continue
                self.pick("e.parentNode.getAttribute('data-id') === %s" % json.dumps(source), target)
        elif kind == "gap-match":
            for text in texts:
                choice, gap = text.split(" ")
                self.pick("e.getAttribute('data-gap') === %s" % json.dumps(gap), choice)
        elif kind == "inline-choice":
            self.pick("e.value === ''", texts[0])
        elif kind == "slider":
            self.tab_to("e.type === 'range'")
            for _ in range(int(float(texts[0]) - asked["lower"]) // int(asked["step"])):
                self.browser.press("ArrowRight")
        else:
            self.tab_to("e.type === 'text' || e.tagName === 'TEXTAREA'")
            self.browser.type(texts[0])

    def question(self):
        return self.questions[self.browser.run(FRAME + ".document.querySelector('main').getAttribute('data-question')")]

    def answer(self, is_right, chance):
        question = self.question()
        given = right_of(question)
        while not is_right and self.browser.run("%s.waymarkScore.run(%s, %s).isRight" % (
                FRAME, json.dumps(question), json.dumps(given))):
            given = guess(question, chance)
        for asked in question["interactions"]:
            self.fill(asked, given[asked["response"]])
        self.press_first()
        said = self.browser.wait("(%s.document.querySelector('#feedback h2') || {}).textContent" % FRAME)
        assert said == ("Right" if is_right else "Not right"), (question["id"], given, said)
        self.look()
        self.press_first()
        return question["id"]

    def look(self, width=1024):
        """What an eye and a screen reader need, at this step."""
        self.browser.wait("Array.prototype.every.call(%s.document.images, function (e) { return e.complete; })"
                          % FRAME)
        faults = self.browser.run(LOOK % FRAME)
        assert faults == [], (self.heading(), width, faults)


# Text against what it stands on, names of what can have the keyboard, words of pictures, nothing
# wider than the page.
LOOK = """(function (w) {
  var d = w.document, faults = [];
  function rgb (text) { return text.match (/[0-9.]+/g).map (Number); }
  function light (c) {
    var l = c.slice (0, 3).map (function (x) {
      x /= 255;
      return x <= .03928 ? x / 12.92 : Math.pow ((x + .055) / 1.055, 2.4);
    });
    return .2126 * l[0] + .7152 * l[1] + .0722 * l[2];
  }
  function ground (e) {
    for (; e; e = e.parentElement) {
      var c = rgb (w.getComputedStyle (e).backgroundColor);
      if (c.length < 4 || c[3] > 0)
        return c;
    }
    return [255, 255, 255];
  }
  Array.prototype.forEach.call (d.querySelectorAll ('body *'), function (e) {
    var own = Array.prototype.some.call (e.childNodes, function (n) {
      return n.nodeType === 3 && n.data.trim () !== '';
    });
    if (!own || e.offsetParent === null || e.disabled || e.tagName === 'OPTION')
      return;
    var a = light (rgb (w.getComputedStyle (e).color)), b = light (ground (e));
    if ((Math.max (a, b) + .05) / (Math.min (a, b) + .05) < 4.5)
      faults.push ('contrast of ' + e.tagName + ' ' + e.textContent.slice (0, 40));
  });
  Array.prototype.forEach.call (d.querySelectorAll ('input, select, textarea, button'), function (e) {
    var name = e.getAttribute ('aria-label') || e.textContent.trim ();
    if (e.tagName !== 'BUTTON')
      name = e.getAttribute ('aria-label') || (e.labels.length > 0
             && (e.labels[0].textContent.trim () || (e.labels[0].querySelector ('img') || {}).alt));
    if (!e.hidden && !name)
      faults.push ('no name: ' + e.outerHTML.slice (0, 80));
  });
  Array.prototype.forEach.call (d.querySelectorAll ('img'), function (e) {
    if (!e.complete || e.naturalWidth === 0)
      faults.push ('no picture: ' + e.src);
    if (!e.hasAttribute ('alt'))
      faults.push ('no words: ' + e.src);
  });
  if (d.querySelectorAll ('h1').length !== 1)
    faults.push ('not one heading');
  if (d.documentElement.scrollWidth > w.innerWidth)
    faults.push ('wider than the page: ' + d.documentElement.scrollWidth);
  return faults;
} (%s))"""


def read_through(visit):
    """From the first step to the check, with its cards and what it says of desks."""
    seen = []
    while visit.heading() != "See what stayed with you":
        visit.look()
        seen.append(visit.heading())
        visit.press_first()
    module = visit.module
    assert seen == [module["title"]] + [c["title"] for c in module["cards"]] \
        + ["Practice: " + d["title"] for d in module["desks"]], seen


def test_journey(check, browser, platform, module):
    """Left in the check and taken up again; failed, tried again, passed; looked at once more."""
    chance = random.Random(check.SEED)
    visit = Visit(browser, platform, "D3", module)
    browser.go(platform.url + "platform.html")
    visit.open()
    assert visit.value("cmi.core.lesson_status") == "incomplete"
    read_through(visit)
    visit.press_first()
    first = [visit.answer(True, chance), visit.answer(False, chance)]
    assert visit.heading() == "Question 3 of 5"
    third = visit.question()["id"]
    visit.leave()
    assert visit.value("cmi.core.exit") == "suspend" and visit.value("cmi.core.lesson_status") == "incomplete"

    visit.open()
    assert visit.value("cmi.core.entry") == "resume"
    assert visit.heading() == "Question 3 of 5" and visit.question()["id"] == third
    first += [visit.answer(True, chance), visit.answer(False, chance), visit.answer(False, chance)]
    assert visit.heading() == "2 of 5: not passed yet"
    assert visit.value("cmi.core.lesson_status") == "failed" and visit.value("cmi.core.score.raw") == "40"
    # The cards about what was missed, and back from them to where one was.
    outcomes = {visit.questions[i]["outcome"] for i in (first[1], first[3], first[4])}
    again = [c["title"] for c in module["cards"] if outcomes & set(c["outcomes"])]
    assert again and again == browser.run(
        "Array.prototype.map.call(%s.document.querySelectorAll('.again button'), function (b) { return b.textContent; })"
        % FRAME)
    visit.look()
    visit.tab_to("e.className === 'again'")
    browser.press("Enter")
    assert visit.heading() == again[0]
    while visit.heading() != "2 of 5: not passed yet":
        visit.press_first()
    visit.press_second()
    second = [visit.answer(i > 0, chance) for i in range(5)]
    assert len(set(second)) == 5 and len(set(first) & set(second)) <= 2
    assert visit.heading() == "4 of 5: passed", visit.heading()
    assert visit.value("cmi.core.lesson_status") == "passed" and visit.value("cmi.core.score.raw") == "80"
    assert visit.value("cmi.core.score.min") == "0" and visit.value("cmi.core.score.max") == "100"
    visit.press_first()
    assert visit.heading() == "One thing on your next shift"
    visit.look()
    visit.press_first()
    assert visit.heading() == "Done" and visit.value("cmi.core.exit") == ""
    visit.look()
    visit.leave()
    visit.open()
    assert visit.heading() == "Done" and visit.value("cmi.core.lesson_status") == "passed"
    visit.leave()
    assert browser.run("finished") == 3 and browser.run("times.length") == 3
    assert browser.run("faults") == []
    check.ok("left, resumed, failed and passed by keyboard alone")


def test_platforms(check, browser, platform, module):
    """A platform that refuses, one that only shows, what it kept damaged, and none at all."""
    visit = Visit(browser, platform, "D3", module)
    browser.go(platform.url + "platform.html")
    visit.open()
    kept = FRAME + ".document.getElementById('kept').textContent"
    assert browser.run(kept) == "Saved."
    browser.run("refuses = true; 0")
    visit.press_first()
    assert "did not take this" in browser.run(kept)
    browser.run("refuses = false; 0")
    visit.press_first()
    assert browser.run(kept) == "Saved." and visit.value("cmi.core.lesson_location") == module["cards"][1]["id"]
    visit.leave()
    for damaged in ("null", "{", "[]", "[1,99,[],\"\",[],-1,0,0]", "[1,2,[7000],\"\",[],-1,0,0]",
                    "[1,2,[\"x\"],\"12\",[],\"a\",0,0]", "[1,-1,{},7,[],1e9,0,0]", "[99,3,[],\"\",[],60,1,0]", "x" * 4096):
        browser.go(platform.url + "platform.html")
        browser.run("values['cmi.suspend_data'] = %s; 0" % json.dumps(damaged))
        visit.open()
        assert visit.heading() == module["title"], (damaged, visit.heading())
        assert browser.run("faults") == [], damaged
    browser.go(platform.url + "platform.html")
    browser.run("values['cmi.core.lesson_mode'] = 'review'; values['cmi.core.lesson_status'] = 'passed'; 0")
    visit.open()
    visit.press_first()
    assert browser.run("commits") == 0 and visit.value("cmi.core.lesson_status") == "passed"
    browser.go(platform.url + "D3/index.html")
    assert "nothing is kept" in browser.wait("document.getElementById('kept').textContent")
    browser.go("file://" + os.path.join(check.FOLDER, "web", "D3", "index.html"))
    assert "nothing is kept" in browser.wait("document.getElementById('kept').textContent")
    check.ok("platforms that refuse, show or forget, and none")


def test_kinds(check, browser, platform, module):
    """Each question there is, shown, answered right and scored so, on narrow and dark pages."""
    visit = Visit(browser, platform, "M1", module)
    for n, (width, scheme) in enumerate(((1024, "light"), (360, "dark"))):
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=720, deviceScaleFactor=1, mobile=False)
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        # All at the width of a phone, in the dark; of each kind one at a desk.
        seen, indexes = set(), []
        for i, question in enumerate(module["questions"]):
            kinds = tuple(a["kind"] for a in question["interactions"])
            if n == 1 or kinds not in seen:
                indexes.append(i)
            seen.add(kinds)
        browser.go(platform.url + "platform.html")
        browser.run("values['cmi.suspend_data'] = %s; 0" % json.dumps(json.dumps(
            [module["version"], next_step(module), indexes, "", [], -1, 0, 0])))
        visit.open()
        for at, index in enumerate(indexes):
            question = module["questions"][index]
            assert visit.question()["id"] == question["id"]
            visit.look(width)
            picture(check, browser, "%s-%d" % (question["id"], width))
            for asked in question["interactions"]:
                browser.run(FILL % (FRAME, json.dumps(asked), json.dumps(correct_of(question, asked["response"]))))
            assert browser.run(PRESS % FRAME), question["id"]
            assert browser.run(FRAME + ".document.querySelector('#feedback h2').textContent") == "Right", question["id"]
            assert browser.run(PRESS % FRAME)
        assert visit.heading() == "%d of %d: passed" % (len(indexes), len(indexes))
        assert browser.run("faults") == []
        assert {a["kind"] for q in module["questions"] for a in q["interactions"]} \
            == set(browser.run(FRAME + ".waymarkQuestion.kinds"))
    browser.call("Emulation.clearDeviceMetricsOverride")
    check.ok("%d questions of all kinds shown and answered" % len(module["questions"]))


def next_step(module):
    return 1 + len(module["cards"]) + len(module["desks"])


PRESS = "(function (w) { var b = w.document.getElementById('first'); if (b.disabled) return false; b.click(); return true; } (%s))"
# The answer, put in as a pointer would.
FILL = """(function (w, asked, texts) {
  var d = w.document;
  function change (e) { e.dispatchEvent (new w.Event ('change', { bubbles: true })); }
  if (asked.kind === 'order')
    texts.forEach (function (text, place) {
      var li = d.querySelector ('li[data-id="' + text + '"]');
      while (Array.prototype.indexOf.call (li.parentNode.children, li) > place)
        li.querySelector ('.up').click ();
    });
  else if (asked.kind === 'gap-match' || asked.kind === 'match')
    texts.forEach (function (text) {
      var words = text.split (' ');
      var box = asked.kind === 'match' ? d.querySelector ('[data-id="' + words[0] + '"] select')
                                       : d.querySelector ('select[data-gap="' + words[1] + '"]');
      if (box === null) {
        d.querySelector ('input[value="' + text + '"]').click ();
        return;
      }
      box.value = words[asked.kind === 'match' ? 1 : 0];
      change (box);
    });
  else if (asked.kind === 'inline-choice') {
    var boxes = Array.prototype.filter.call (d.querySelectorAll ('main select'), function (s) {
      return s.value === '' && Array.prototype.some.call (s.options, function (o) { return o.value === texts[0]; });
    });
    boxes[0].value = texts[0];
    change (boxes[0]);
  } else if (asked.kind === 'slider' || asked.kind === 'text-entry' || asked.kind === 'extended-text') {
    var inputs = Array.prototype.filter.call (d.querySelectorAll ('main input, main textarea'), function (e) {
      return e.type === 'range' || e.value === '';
    });
    inputs[0].value = texts[0];
    inputs[0].dispatchEvent (new w.Event ('input', { bubbles: true }));
    change (inputs[0]);
  } else
    texts.forEach (function (text) { d.querySelector ('input[value="' + text + '"]').click (); });
  return 0;
} (%s, %s, %s))"""


def picture(check, browser, name):
    """For somebody to look at."""
    if check.PICTURES is None:
        return
    with open(os.path.join(check.PICTURES, name + ".png"), "wb") as file:
        file.write(base64.b64decode(browser.call("Page.captureScreenshot")["data"]))


def run(check, own):
    packages, modules = {}, {}
    for module in check.module_ids() + ["M1"]:
        pack = own if module == "M1" else check.CORE
        path = os.path.join(check.FOLDER, module + ".zip")
        packages[module, pack] = (pack, path)
        modules[module] = check.unpack(path, module)
    platform = Platform(os.path.join(check.FOLDER, "web"))
    browser = Browser(check.SEED)
    try:
        browser.go(platform.url + "platform.html")
        test_scores(check, browser, packages)
        test_journey(check, browser, platform, modules["D3"])
        test_platforms(check, browser, platform, modules["D3"])
        test_kinds(check, browser, platform, modules["M1"])
        # Nothing was asked of any other place, and no page said that something went wrong.
        own_place = (platform.url, "file://" + check.FOLDER, "about:blank")
        asked = [url for url in browser.requests if not url.startswith(own_place)]
        assert not asked, asked
        problems = [text for text in browser.problems if "favicon" not in text]
        assert not problems, problems
        check.ok("no remote request, no error in any page")
    finally:
        browser.close()
        platform.close()
