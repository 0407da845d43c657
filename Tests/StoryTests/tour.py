"""A tour through the clinic in a real browser, at a desktop's width and a phone's.

Needs Playwright for Python and Debian's chromium; by hand: python3 tour.py PATH-OF-CISTERNA FOLDER
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

# A folder: a picture of each page is written there.
PICTURES = os.environ.get("CISTERNA_PICTURES")
PORT, PUMPS, SIGNERS = 18200, 18320, 18310
ADDRESS = f"http://127.0.0.1:{PORT}"
PAGES = ["/", "/patients", "/patients/haddad-omar", "/patients/haddad-omar/program",
         "/patients/haddad-omar/orders", "/patients/haddad-omar/refill",
         "/patients/haddad-omar/pump", "/alarms", "/planner", "/formulary", "/settings"]


def axe(page, words):
    """Nothing that a screen reader or a weak eye would stumble over."""
    if Axe is None:
        return 0
    found = Axe().run(page).response["violations"]
    must(not found, f"axe on {words}: {[(item['id'], len(item['nodes'])) for item in found]}")
    return 1


def sign_in(page, told):
    page.goto(f"{ADDRESS}/sign-in")
    while int(time.time()) // 30 <= told.get("step", 0):
        time.sleep(1)
    told["step"] = int(time.time()) // 30
    page.fill("[name=name]", told["name"])
    page.fill("[name=password]", told["password"])
    page.fill("[name=code]", code(told["codeSecret"], told["step"]))
    page.press("[name=code]", "Enter")  # By keyboard, as everything can be.
    page.wait_for_url(f"{ADDRESS}/")


def program(page, told, rate, reason):
    """Types a rate, looks at what changes, drafts, signs in the signer, and sees it applied."""
    page.goto(f"{ADDRESS}/patients/haddad-omar/program")
    page.fill("[name=rate]", rate)
    page.get_by_role("button", name="Compare with what is in force").click()
    page.get_by_role("button", name="Draft the order").wait_for()
    page.fill("[name=why],[name=reason]", reason)
    page.select_option("[name=way]", label="From a distance, inside the envelope")
    page.get_by_role("button", name="Draft the order").click()
    page.get_by_role("link", name="Open in my signer").click()
    page.fill("[name=passphrase]", told["passphrase"])
    page.get_by_role("button", name="Sign these bytes").click()
    page.get_by_role("button", name="Give it back to the clinic").click()
    page.wait_for_url(f"{ADDRESS}/patients/haddad-omar/orders")
    begun = time.time()
    # The newest stands first; it changes without a reload.
    page.locator("tbody tr").first.get_by_text("Applied", exact=True).wait_for(timeout=30_000)
    return time.time() - begun


def main():
    clinic = Clinic(PORT, PUMPS, SIGNERS)
    told = clinic.person("ada").told
    looked = 0
    with contextlib.ExitStack() as stack:
        stack.callback(clinic.end)
        tools = stack.enter_context(sync_playwright())
        browser = tools.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        stack.callback(browser.close)
        for width, scheme, rate in ((1280, "light", "400"), (390, "dark", "390")):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            page.set_default_timeout(20_000)
            sign_in(page, told)
            for path in PAGES:
                answer = page.goto(ADDRESS + path)
                must(answer.status == 200, f"{path}: {answer.status}")
                wide = page.evaluate("document.documentElement.scrollWidth")
                must(wide <= width, f"{path} is {wide} wide at {width}")
                if PICTURES:
                    name = path.strip("/").replace("/", "-") or "today"
                    page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
                looked += axe(page, f"{path} at {width}, {scheme}")
            seconds = program(page, told, rate, "the tour")
            say(f"{width}, {scheme}: {len(PAGES)} pages; a program signed, applied {seconds:.1f} s after")
            context.close()
    say(f"axe looked at {looked} pages and found nothing" if Axe else "axe is not here: skipped")


main()
