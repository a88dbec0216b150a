# browser.py: a browser without a screen, and a small learning platform on the loopback.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium is driven over its debugging pipe; whatever a page asks of a network is kept."""

import functools
import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time

WAIT = 60  # seconds, for a machine that does much else
PLATFORM = """<!DOCTYPE html><meta charset="utf-8"><title>A learning platform</title>
<style>html, body, iframe { margin: 0; width: 100%; height: 100%; border: 0 }</style>
<script>
/* SCORM 1.2, as strict as the standard: what it does not allow is kept in "faults". */
var values = { 'cmi.core.lesson_status': 'not attempted', 'cmi.core.lesson_mode': 'normal',
               'cmi.suspend_data': '', 'cmi.core.lesson_location': '', 'cmi.core.entry': 'ab-initio' };
var faults = [], commits = 0, isOpen = false, finished = 0, times = [], refuses = false;
var readable = ['cmi.core.lesson_status', 'cmi.core.lesson_mode', 'cmi.suspend_data',
                'cmi.core.lesson_location', 'cmi.core.entry', 'cmi.core.score.raw'];
var allowed = {
  'cmi.core.lesson_status': /^(passed|completed|failed|incomplete|browsed|not attempted)$/,
  'cmi.core.lesson_location': /^[^]{0,255}$/,
  'cmi.suspend_data': /^[^]{0,4096}$/,
  'cmi.core.score.raw': /^(100|[0-9]{1,2})(\\.[0-9]+)?$/,
  'cmi.core.score.min': /^0$/,
  'cmi.core.score.max': /^100$/,
  'cmi.core.exit': /^(time-out|suspend|logout|)$/,
  'cmi.core.session_time': /^[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,2})?$/
};
function fault (text) { faults.push (text); return 'false'; }
var API = {
  LMSInitialize: function (text) {
    if (text !== '' || isOpen)
      return fault ('LMSInitialize ' + text);
    isOpen = true;
    return 'true';
  },
  LMSGetValue: function (name) {
    if (!isOpen || readable.indexOf (name) < 0)
      return fault ('LMSGetValue ' + name), '';
    return name in values ? values[name] : '';
  },
  LMSSetValue: function (name, text) {
    if (!isOpen || typeof text !== 'string' || !(name in allowed) || !allowed[name].test (text))
      return fault ('LMSSetValue ' + name + ' ' + text);
    if (refuses)
      return 'false';
    values[name] = text;
    return 'true';
  },
  LMSCommit: function (text) {
    if (!isOpen || text !== '')
      return fault ('LMSCommit');
    commits++;
    return refuses ? 'false' : 'true';
  },
  LMSFinish: function (text) {
    if (!isOpen || text !== '')
      return fault ('LMSFinish');
    isOpen = false;
    finished++;
    times.push (values['cmi.core.session_time']);
    values['cmi.core.entry'] = values['cmi.core.exit'] === 'suspend' ? 'resume' : '';
    return 'true';
  },
  LMSGetLastError: function () { return '0'; },
  LMSGetErrorString: function () { return ''; },
  LMSGetDiagnostic: function () { return ''; }
};
</script>
<iframe title="The module"></iframe>
"""
# Chance is fixed in each page, so that what fails once fails again.
CHANCE = """(function () { var s = %d; Math.random = function () {
  s = (s * 48271) %% 2147483647; return s / 2147483647; }; } ());"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


class Platform:
    """Serves a folder, with the platform's page in it."""

    def __init__(self, folder):
        with open(os.path.join(folder, "platform.html"), "w", encoding="utf-8") as page:
            page.write(PLATFORM)
        handler = functools.partial(Quiet, directory=folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = "http://127.0.0.1:%d/" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Browser:
    """One browser with one page."""

    def __init__(self, seed=1):
        self.home = tempfile.mkdtemp(prefix="way-browser-")
        self.sent = 0
        self.rest = b""
        self.requests = []
        self.problems = []
        read_there, self.write = os.pipe()
        self.read, write_there = os.pipe()
        command = ["chromium-headless-shell", "--headless", "--remote-debugging-pipe",
                   "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                   "--disable-extensions", "--disable-background-networking",
                   "--hide-scrollbars", "--window-size=1024,768", "--user-data-dir=" + self.home]
        self.process = subprocess.Popen(
            ["bash", "-c", 'exec 3<&%d 4>&%d; exec "$@"' % (read_there, write_there), "bash"]
            + command, pass_fds=(read_there, write_there), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, HOME=self.home))
        os.close(read_there)
        os.close(write_there)
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call("Page.addScriptToEvaluateOnNewDocument", source=CHANCE % seed)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.write)
        os.close(self.read)
        shutil.rmtree(self.home, ignore_errors=True)

    def receive(self):
        while b"\0" not in self.rest:
            more = os.read(self.read, 1 << 16)
            if not more:
                raise RuntimeError("the browser has ended")
            self.rest += more
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def take(self, message):
        name, more = message.get("method"), message.get("params", {})
        if name == "Network.requestWillBeSent":
            self.requests.append(more["request"]["url"])
        elif name == "Runtime.exceptionThrown":
            self.problems.append(json.dumps(more["exceptionDetails"])[:600])
        elif name == "Log.entryAdded" and more["entry"]["level"] in ("error", "warning"):
            self.problems.append(more["entry"]["text"] + " " + more["entry"].get("url", ""))

    def call(self, name, **more):
        self.sent += 1
        message = {"id": self.sent, "method": name, "params": more}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.sent:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (name, answer["error"]["message"]))
                return answer["result"]
            self.take(answer)

    def run(self, script):
        """What the script is, in the page."""
        made = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in made:
            raise RuntimeError(script[:300] + ": " + json.dumps(made["exceptionDetails"])[:600])
        return made["result"].get("value")

    def wait(self, script):
        """Until the script is true."""
        end = time.monotonic() + WAIT
        while True:
            try:
                value = self.run(script)
            except RuntimeError:
                if time.monotonic() > end:
                    raise
                value = None
            if value:
                return value
            if time.monotonic() > end:
                raise RuntimeError("never came: " + script)
            time.sleep(.02)

    def go(self, url):
        self.call("Page.navigate", url=url)
        self.wait("location.href === %s && document.readyState === 'complete'" % json.dumps(url))

    KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36, "ArrowLeft": 37,
            "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}

    def press(self, key, shift=False):
        text = {"Enter": "\r", " ": " "}.get(key)
        more = {"key": key, "code": "Space" if key == " " else key,
                "windowsVirtualKeyCode": self.KEYS[key], "modifiers": 8 if shift else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown", **more, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **more)

    def type(self, text):
        self.call("Input.insertText", text=text)
