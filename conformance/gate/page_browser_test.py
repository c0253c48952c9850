#!/usr/bin/env python3
"""The pages of `atwire check` and `atwire diff` in headless Chromium: what is drawn, hovered, typed, and what is left without
JavaScript.

page_browser_test.py PROGRAM CHROMIUM CHROMEDRIVER EXAMPLE, where EXAMPLE is a timed capture with two findings."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

PROGRAM, CHROMIUM, CHROMEDRIVER, EXAMPLE = sys.argv[1:5]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key that W3C WebDriver gives an element's id
RIGHT, LEFT, DOWN, UP, HOME, END, TAB, ENTER = (chr(0xE000 + code) for code in (0x14, 0x12, 0x15, 0x13, 0x11, 0x10, 0x04, 0x07))


class Browser:
    """One session of a chromedriver of its own."""

    def __init__(self, *arguments):
        self.profile = tempfile.mkdtemp()
        self.driver = subprocess.Popen([CHROMEDRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.driver.stdout:
            if started := re.search(r"started successfully on port (\d+)", line):
                break
        self.session = f"http://localhost:{started[1]}/session"
        options = {"binary": CHROMIUM, "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", "--window-size=1280,1000",
            "--user-data-dir=" + self.profile, *arguments]}
        capabilities = {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"}, "goog:chromeOptions": options}
        self.session += "/" + self("POST", "", capabilities={"alwaysMatch": capabilities})["sessionId"]

    def __call__(self, method, path, **body):
        request = urllib.request.Request(self.session + path, method=method, headers={"Content-Type": "application/json"},
                                         data=json.dumps(body).encode() if method == "POST" else None)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None

    def close(self):
        try:
            self("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
            self.driver.stdout.close()
            shutil.rmtree(self.profile, ignore_errors=True)

    def open(self, page):
        self("POST", "/url", url="file://" + page)

    def run(self, script, *arguments):
        return self("POST", "/execute/sync", script=script, args=list(arguments))

    def all(self, selector):
        return self("POST", "/elements", using="css selector", value=selector)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0]).innerText", selector)

    def click(self, selector):
        self("POST", f"/element/{self.all(selector)[0][ELEMENT]}/click")

    def hover(self, element):
        self("POST", "/actions", actions=[{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [
            {"type": "pointerMove", "duration": 0, "origin": element, "x": 0, "y": 0}]}])

    def type(self, keys):
        """Types them where the focus is."""
        self("POST", "/actions", actions=[{"type": "key", "id": "keyboard", "actions": [
            {"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]}])

    def complaints(self):
        return [entry["message"] for entry in self("POST", "/se/log", type="browser")]


def timed_capture(messages):
    """Sends, receipts and slow answers on three sockets."""
    lines, seconds = ["# dialect: bc26"], 0
    while len(lines) < messages:
        socket, seconds = len(lines) % 3, seconds + len(lines) % 7 * 0.31
        for wait, line in ((0, f"> AT+QISEND={socket},5\\r"), (0.02, "< \\r\\n>\\x20"), (0.03, "> hello"), (0.02, "< \\r\\nOK\\r\\n"),
                           (0.2, "< \\r\\nSEND OK\\r\\n"), (0.1, f"> AT+QISTATE=1,{socket}\\r"),
                           (0.5 if len(lines) % 100 < 9 else 0.1, "< \\r\\nOK\\r\\n")):
            seconds += wait
            lines.append(f"@{seconds:.3f} {line}")
    return "\n".join(lines[:messages + 1]) + "\n"


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp()
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        shutil.rmtree(cls.directory)

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])

    def page(self, name, capture=None, *arguments):
        """The page of such a capture, opened."""
        file = os.path.join(self.directory, name)
        if capture is not None:
            with open(file, "w", encoding="latin-1", newline="") as output:
                output.write(capture)
        page = os.path.join(self.directory, "page.html")
        subprocess.run([PROGRAM, "check", "--report", "html:" + page, *arguments, file], check=False)
        self.browser.open(page)
        return page

    def example(self):
        shutil.copy(EXAMPLE, os.path.join(self.directory, "run.at"))
        return self.page("run.at")

    def drawn(self):
        """The numbers of the messages that the marks stand for."""
        return sorted(int(number) for marks in self.browser.run(
            "return [...document.querySelectorAll('.mark')].map(mark => mark.dataset.messages)") for number in marks.split())

    def mark(self, text):
        return next(mark for mark in self.browser.all(".mark")
                    if self.browser.run("return arguments[0].textContent", mark).startswith(text))

    def focused(self):
        return self.browser.run("return document.activeElement.getAttribute('aria-label')")

    def test_draws_each_message_once(self):
        self.example()
        messages = self.browser.run("return JSON.parse(document.getElementById('timelines').textContent)[0].messages")
        self.assertEqual(len(messages), 22)
        self.assertEqual(self.drawn(), list(range(22)))
        self.assertEqual(len(self.browser.all(".mark.error")), 2)
        self.assertEqual(self.browser.text("#lanes").split("\n"), ["general", "socket 0"])
        self.assertEqual(self.browser.text("#remark"), "")

    def test_draws_times_to_scale(self):
        self.example()
        places = self.browser.run("return ['AT+QIOPEN', 'AT+QISEND', 'AT+QICLOSE'].map(text => parseFloat("
                                  "[...document.querySelectorAll('.mark')].find(mark => mark.textContent.startsWith(text)).style.left))")
        self.assertAlmostEqual((places[1] - places[0]) / (places[2] - places[0]), (0.685 - 0.061) / (1.304 - 0.061), places=3)

    def test_shows_the_event_under_the_pointer(self):
        self.example()
        self.browser.hover(self.mark("+QIOPEN: 0,0"))
        card = self.browser.text("#message")
        for part in ("module → host · socket 0 · 0.685 s · line 16", "+QIOPEN: 0,0", "socket_opened", "error"):
            self.assertIn(part, card)
        self.browser.hover(self.browser.all("h1")[0])
        self.assertIn("AT+QISTATE=1,0", self.browser.text("#message"), "the chosen one, the first finding")

    def test_shows_the_findings_of_a_mark_and_the_mark_of_a_finding(self):
        self.example()
        self.browser.hover(self.mark("CLOSE OK"))
        self.assertIn("nb.qiclose.ok-then-close-ok", self.browser.text("#message"))
        self.assertIn("OK before CLOSE OK", self.browser.text("#message"))
        self.browser.click("#f1 .shows")
        self.assertEqual(self.browser.text(".entry li.current .place").split()[0][-9:], "run.at:26")
        self.assertIn("CLOSE OK", self.browser.text("#message pre"))
        target = self.browser.run("return document.querySelector('#message .finding a').getAttribute('href')")
        self.assertEqual(target, "#f1")

    def test_is_usable_by_keyboard(self):
        self.example()
        self.browser.run("document.getElementById('fit').previousElementSibling.focus()")
        self.browser.type(TAB)
        if "AT+QISTATE" not in (self.focused() or ""):  # the list of marks that can be scrolled may come first
            self.browser.type(TAB)
        self.assertIn("AT+QISTATE=1,0, error nb.qistate.mrt-300ms", self.focused())
        self.browser.type(LEFT)
        self.assertIn("send_ok", self.focused())
        self.assertIn("SEND OK", self.browser.text("#message pre"))
        self.browser.type("n")
        self.assertIn("AT+QISTATE=1,0", self.focused())
        self.browser.type("n")
        self.assertIn("CLOSE OK", self.focused())
        self.browser.type("p" + UP)
        self.assertIn("general", self.browser.text("#message .where"))
        self.browser.type(END)
        self.assertIn("line 27", self.browser.text("#message .where"))
        self.browser.type(HOME)
        self.assertIn("ATI", self.focused())
        self.browser.type("+++")
        self.assertIn("ATI", self.focused(), "zooming keeps the focus")
        self.assertLess(len(self.drawn()), 22)
        self.browser.type("0")
        self.assertEqual(len(self.drawn()), 22)

    def test_spaces_evenly_what_has_no_times(self):
        self.page("untimed.at", "# dialect: bc26\n> AT\\r\n< \\r\\nOK\\r\\n\n> AT\\r\n< \\r\\nOK\\r\\n\n")
        self.assertIn("has no times: its messages are evenly spaced", self.browser.text("#remark"))
        places = sorted(self.browser.run("return [...document.querySelectorAll('.mark')].map(mark => parseFloat(mark.style.left))"))
        gaps = [round(b - a, 1) for a, b in zip(places, places[1:])]
        self.assertEqual(len(set(gaps)), 1, gaps)
        self.assertEqual(self.browser.text(".nothing"), "Nothing was found.")

    def test_draws_ten_thousand_messages(self):
        self.page("long.at", timed_capture(10000))
        count = self.browser.run("return JSON.parse(document.getElementById('timelines').textContent)[0].messages.length")
        self.assertEqual(count, 10000)
        self.assertLess(len(self.browser.all(".mark")), 1000, "only what can be seen")
        self.browser.click("#fit")
        self.assertEqual(self.drawn(), list(range(10000)), "each in a mark, alone or with others")
        self.assertLess(len(self.browser.all(".mark")), 3000)
        for _ in range(12):
            self.browser.click("#zoom-in")
        self.browser.run("document.getElementById('scroll').scrollLeft = 1e6")
        self.browser("POST", "/execute/async", script="requestAnimationFrame(() => requestAnimationFrame(arguments[0]))", args=[])
        marks = self.drawn()
        self.assertLess(len(marks), 2000)
        seen = self.browser.run(
            "const box = document.getElementById('scroll').getBoundingClientRect();"
            "return [...document.querySelectorAll('.mark')].filter(mark => { const own = mark.getBoundingClientRect();"
            " return own.right > box.left && own.left < box.right; }).length")
        self.assertGreater(seen, 5, "what has been scrolled to is drawn")

    def test_takes_hostile_bytes_for_text(self):
        wire = "</script><script>document.title = 'hit'</script><img src=x onerror=\"document.title='hit'\"><!-- --> '\"&" + "".join(
            chr(byte) for byte in range(256) if byte not in (10, 13))
        self.page("hostile.raw", "\r\n" + wire + "\r\n\r\n+QIOPEN: 0,<b>\r\n\r\n+XY: \"\x9c\xff\"\r\n\r\n+QIURC: \"recv\",1,20\r\n<b>\x00\x80 payload \x9f</b>\r\n",
                  "--dialect", "bc26", "--input", "raw")
        self.assertEqual(self.browser.run("return document.title"), "atwire check: deviates")
        self.assertEqual(len(self.browser.all("img, #message b b, .mark b, pre b b")), 0)
        for mark in self.browser.all(".mark"):
            self.browser.hover(mark)
            self.assertRegex(self.browser.text("#message"), r"\A[\n\x20-\x7e→·…“”▸×\xa0]*\Z")
        self.assertIn("+QIOPEN: 0,<b>", self.browser.text(".group"))

    def test_keeps_the_event_in_view(self):
        lines = ["# dialect: ec200x"] + [f"@{n}.0 > AT+QICLOSE={n % 10}\\r\n@{n}.5 < \\r\\nOK\\r\\n" for n in range(20)]
        self.page("lanes.at", "\n".join(lines) + "\n")
        self.assertEqual(len(self.browser.all("#lanes div")), 10)
        in_view = """
            const card = document.querySelector('#message').getBoundingClientRect(), mark = document.activeElement.getBoundingClientRect();
            return document.activeElement.matches('.mark') && mark.top >= 0 && mark.bottom <= card.top && card.bottom <= innerHeight"""
        self.browser.run("document.querySelector('.mark.current').focus()")
        for key in 9 * [DOWN] + 9 * [UP]:
            self.browser.type(key)
            self.assertTrue(self.browser.run(in_view))

    def test_says_what_it_leaves_out(self):
        self.page("longer.raw", "\r\nOK\r\n" * 20010, "--dialect", "bc26")
        self.assertIn("Drawn are 20000 of 20010 messages, from number 11 on.", self.browser.text("#remark"))
        self.assertIn("#11 ", self.browser.text("#message .where"))

    def test_tells_captures_apart(self):
        for name in ("a.at", "b.at"):
            with open(os.path.join(self.directory, name), "w") as output:
                output.write("# dialect: bc26\n> AT\\r\n< \\r\\n+QIOPEN: 0,x\\r\\n\n< \\r\\nOK\\r\\n\n" + "> AT+CGMR\\r\n" * (name == "b.at"))
        self.page("a.at", None, os.path.join(self.directory, "b.at"))
        self.assertEqual(len(self.browser.all("#capture option")), 2)
        drawn = len(self.drawn())
        self.browser.click("#f2 .shows")
        self.assertNotEqual(len(self.drawn()), drawn)
        self.assertIn("+QIOPEN: 0,x", self.browser.text("#message pre"))
        self.browser.run("const chooser = document.getElementById('capture'); chooser.value = chooser.value === '0' ? '1' : '0';"
                         "chooser.dispatchEvent(new Event('change'))")
        self.assertEqual(len(self.drawn()), drawn)

    def test_has_enough_contrast(self):
        """WCAG 2.1 AA: 4.5 : 1 for text, in both schemes."""
        self.example()
        for scheme in ("light", "dark"):
            self.browser("POST", "/goog/cdp/execute", cmd="Emulation.setEmulatedMedia",
                         params={"features": [{"name": "prefers-color-scheme", "value": scheme}]})
            ratios = self.browser.run(CONTRASTS)
            self.assertGreater(len(ratios), 60)
            self.assertEqual([one for one in ratios if one["ratio"] < 4.5], [], scheme)
            self.assertEqual(self.browser.run("return getComputedStyle(document.body).backgroundColor"),
                             {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 29)"}[scheme])
        self.browser("POST", "/goog/cdp/execute", cmd="Emulation.setEmulatedMedia", params={"features": []})

    def compared(self):
        """The page of two revisions, opened: the new one says a length, takes longer, and lets OK come last."""
        sides = []
        for name, length, slow, closed in (("a05.at", "", 0.1, ("OK", "CLOSE OK")), ("a06.at", ",5", 0.6, ("CLOSE OK", "OK"))):
            lines, seconds = ["# dialect: bc26"], 0
            for socket in range(40):
                for wait, line in ((1, f"> AT+QIRD={socket % 3},512\\r"), (slow, "< \\r\\n+QIRD: 0\\r\\n"), (0.01, "< \\r\\nOK\\r\\n"),
                                   (0.3, f'< \\r\\n+QIURC: "recv",{socket % 3}{length}\\r\\n'), (0.1, f"> AT+QICLOSE={socket % 3}\\r"),
                                   *((0.1, f"< \\r\\n{line}\\r\\n") for line in closed)):
                    seconds += wait
                    lines.append(f"@{seconds:.3f} {line}")
            sides.append(os.path.join(self.directory, name))
            with open(sides[-1], "w") as output:
                output.write("\n".join(lines) + "\n")
        page = os.path.join(self.directory, "page.html")
        self.assertEqual(subprocess.run([PROGRAM, "diff", "--report", "html:" + page, *sides], check=False).returncode, 1)
        self.browser.open(page)

    def test_draws_both_sides_of_a_change(self):
        self.compared()
        options = self.browser.run("return [...document.querySelectorAll('#capture option')].map(option => option.textContent)")
        self.assertEqual([option[:4] for option in options], ["new:", "old:"])
        for option in options:
            self.assertTrue(option.endswith(" · 4 found"), option)
        self.assertEqual(self.browser.text(".legend").split("\n")[-2:], ["breaks", "change"])
        self.browser.hover(self.mark("+QIURC"))
        card = self.browser.text("#message")
        for part in ('+QIURC: "recv",0,5', "data_available", "field-added", "2 fields for 1: number 2, <int>, is new"):
            self.assertIn(part, card)

    def test_leads_from_a_change_to_either_side(self):
        self.compared()
        entry = "return [...document.querySelectorAll('.entry')].find(entry => entry.querySelector('.rule').textContent === 'order-changed').id"
        change = self.browser.run(entry)
        for side, text in ((1, "old: "), (2, "new: ")):
            self.browser.click(f"#{change} li:nth-child({side}) .shows")
            self.assertIn("CLOSE OK", self.browser.text("#message pre"))
            self.assertTrue(self.browser.run("return document.querySelector('#capture').selectedOptions[0].textContent").startswith(text))
            self.assertIn("breaks order-changed", self.focused())
            self.assertTrue(self.browser.text(".entry li.current .place").startswith(text[:3]))

    def test_has_a_caret_where_the_sides_part(self):
        self.compared()
        carets = self.browser.run("return [...document.querySelectorAll('.entry')].find(entry => entry.querySelector('.rule').textContent === "
                                  "'field-added').innerText")
        self.assertIn('+QIURC: "recv",0\n' + " " * 16 + "^", carets)
        self.assertIn('+QIURC: "recv",0,5\n' + " " * 16 + "^", carets)

    def test_fits_a_small_window(self):
        self.example()
        self.browser("POST", "/goog/cdp/execute", cmd="Emulation.setDeviceMetricsOverride",
                     params={"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": False})
        self.example()
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 390)
        self.browser("POST", "/goog/cdp/execute", cmd="Emulation.clearDeviceMetricsOverride", params={})


# The contrast of each element that has a text of its own, against the colour behind it.
CONTRASTS = """
const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
const luminance = colour => {
    const [r, g, b] = numbers(colour).map(value => value / 255).map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = element => {
    for (; element; element = element.parentElement) {
        const colour = getComputedStyle(element).backgroundColor;
        if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
};
return [...document.querySelectorAll("body *")]
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && element.checkVisibility() && !element.disabled)
    .map(element => {
        const text = luminance(getComputedStyle(element).color), back = luminance(behind(element));
        return {what: element.className + " " + element.textContent.slice(0, 40), ratio: (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05)};
    });
"""


class PageWithoutScript(unittest.TestCase):
    def test_holds_all_findings(self):
        browser = Browser("--blink-settings=scriptEnabled=false")
        try:
            with tempfile.TemporaryDirectory() as directory:
                page = os.path.join(directory, "page.html")
                subprocess.run([PROGRAM, "check", "--report", "html:" + page, EXAMPLE], check=False)
                browser.open(page)
                text = browser("GET", f"/element/{browser.all('body')[0][ELEMENT]}/text")
        finally:
            browser.close()
        for part in ("Deviates", "2 errors, 0 warnings, 0 notes", "nb.qiclose.ok-then-close-ok", "CLOSE OK\n^", "OK before CLOSE OK",
                     "nb.qistate.mrt-300ms", "AT+QISTATE=1,0\n^", "a result at most 0.3 s later, not 0.411 s", "The timeline needs JavaScript"):
            self.assertIn(part, text)
        for part in ("show in the timeline", "finding ›", "until the final result"):
            self.assertNotIn(part, text)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
