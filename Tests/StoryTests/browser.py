"""What the scripts with a browser share: the clinic of a script, a person at a keyboard, axe.

The scripts are run by StoryTests; by hand: python3 NAME.py PATH-OF-CISTERNA FOLDER
Three numbers in CISTERNA_PORTS, as in 8600,7600,8650, are the ports of server, pumps and signers.
"""

import contextlib
import os
import sys
import time

from playwright.sync_api import sync_playwright

sys.argv = [sys.argv[0], *sys.argv[1:3]]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "story.py")) as file:
    exec(file.read().rsplit("\nmain()\n", 1)[0])  # The story's people and programs, without the story.

try:
    from axe_playwright_python.sync_playwright import Axe
except ImportError:
    Axe = None

# What can be worked with on a page, and what is said of it.
NAME = """const name = item => (item.getAttribute("aria-label")
    || (item.labels && item.labels[0] && item.labels[0].textContent)
    || item.textContent || item.name || "").replace(/\\s+/g, " ").trim();
"""
SEEN = "() => { " + NAME + """
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=slider]")];
  return all.filter(item => item.checkVisibility({visibilityProperty: true}) && !item.disabled)
    .map((item, index) => {
      item.dataset.seen = index;
      return item.tagName.toLowerCase() + " " + name(item).slice(0, 60);
    });
}"""
# Where the keyboard is: its number among those, its name, and whether a person can see that.
HERE = "() => { " + NAME + """
  const item = document.activeElement;
  if (!item || item === document.body) { return null; }
  const style = getComputedStyle(item), box = item.getBoundingClientRect();
  return {
    seen: item.dataset.seen === undefined ? null : Number(item.dataset.seen),
    tag: item.tagName.toLowerCase(), name: name(item),
    isShown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def ports(server, pumps, signers):
    """The ports of a script, unless somebody chose others."""
    chosen = os.environ.get("CISTERNA_PORTS")
    return [int(port) for port in chosen.split(",")] if chosen else [server, pumps, signers]


class Desk:
    """The demonstration clinic with browsers in front of it; ended with all that it started."""

    def __init__(self, server, pumps, signers):
        self.ports = ports(server, pumps, signers)
        self.address = f"http://127.0.0.1:{self.ports[0]}"
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        self.clinic = Clinic(*self.ports)
        self.stack.callback(self.clinic.end)
        tools = self.stack.enter_context(sync_playwright())
        self.browser = tools.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        self.stack.callback(self.browser.close)
        return self

    def __exit__(self, *fault):
        return self.stack.__exit__(*fault)

    def page(self, width=1280, scheme="light", **more):
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    def signed_in(self, person, **more):
        """A page of somebody who has signed in by the API, so that no code of theirs is used again."""
        page = self.page(**more)
        name, value = person.cookie.split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": self.address}])
        return page


def axe(page, words):
    """Nothing that a screen reader or a weak eye would stumble over."""
    if Axe is None:
        return 0
    found = Axe().run(page).response["violations"]
    must(not found, f"axe on {words}: {[(item['id'], len(item['nodes'])) for item in found]}")
    return 1


def fresh_code(told):
    """A code that this person has not used: each opens one session."""
    while int(time.time()) // 30 <= told.get("step", 0):
        time.sleep(0.5)
    told["step"] = int(time.time()) // 30
    return code(told["codeSecret"], told["step"])


class Keys:
    """A person without a mouse."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def here(self):
        return self.page.evaluate(HERE)

    def walk(self, words):
        """Tab through the whole page: all that can be worked with is reached, seen, in order, once."""
        seen = self.page.evaluate(SEEN)
        self.page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
        reached = []
        for _ in range(3 * len(seen) + 40):
            self.press("Tab")
            here = self.here()
            if here is None:
                continue  # The end of the page; the next Tab is at its beginning.
            if len(reached) > 1 and here["seen"] == reached[0]:
                break
            must(here["isShown"], f"{words}: nobody sees that the keyboard is at {here['name']!r}")
            if here["seen"] is not None and (not reached or reached[-1] != here["seen"]):
                reached.append(here["seen"])
        else:
            raise AssertionError(f"{words}: the keyboard does not come out of {self.here()}")
        missing = [seen[index] for index in range(len(seen)) if index not in reached]
        must(not missing, f"{words}: not reached by Tab: {missing}")
        # It begins where the reader was, at a fault for one, and comes round.
        first = reached.index(min(reached))
        order = reached[first:] + reached[:first]
        must(order == sorted(order), f"{words}: an order that jumps: {order}")
        return len(reached)

    def to(self, name, tag=None, most=150):
        """Tab until something of that name is reached; it must be seen that it is."""
        self.page.evaluate(SEEN)
        passed = []
        for _ in range(most):
            self.press("Tab")
            here = self.here()
            if here is None:
                continue
            passed.append(here["name"][:30])
            isRight = here["name"].startswith(name) and tag in (None, here["tag"])
            if isRight:
                must(here["isShown"], f"nobody sees that the keyboard is at {name!r}")
                return here
        raise AssertionError(f"{name!r} is not reached by Tab on {self.page.url}; passed {passed}")

    def enter(self, name, tag=None):
        """Goes there and presses Enter; waits for the page that comes."""
        self.to(name, tag)
        with self.page.expect_navigation():
            self.press("Enter")

    def unfold(self, name):
        self.to(name, "summary")
        self.press("Enter")

    def fill(self, name, text, tag=None):
        self.to(name, tag)
        self.press("Control+a")
        self.type(text)

    def choose(self, name, option):
        """By the first letters of an option, as a list takes them."""
        self.to(name, "select")
        self.type(option)
        shown = self.page.evaluate("document.activeElement.selectedOptions[0].textContent")
        must(shown.startswith(option), f"{name}: {shown!r} is chosen, not {option!r}")

    def day(self, name, year, month, day):
        """A date in the order in which this browser asks for its parts."""
        self.to(name, "input")
        wanted = f"{year}-{month:02}-{day:02}"
        for text in (f"{month:02}{day:02}{year}", f"{day:02}{month:02}{year}"):
            self.type(text)
            if self.page.evaluate("document.activeElement.value") == wanted:
                return
            self.press("ArrowLeft", "ArrowLeft")
        raise AssertionError(f"{name}: the date cannot be typed")
