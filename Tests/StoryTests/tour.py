"""A tour through the clinic in a real browser, at a desktop's width and a phone's.

Needs Playwright for Python and Debian's chromium (scripts/ensure-browser.sh); by hand:
python3 tour.py PATH-OF-CISTERNA FOLDER
"""

import contextlib
import os
import re
import sys
import time

sys.dont_write_bytecode = True
sys.argv = [sys.argv[0], *sys.argv[1:3]]

from playwright.sync_api import sync_playwright  # noqa: E402

from books import Pump, must  # noqa: E402
from clinic import FOLDER, PROGRAM, Clinic, code, live, say, speed, wait  # noqa: E402

try:
    from axe_playwright_python.sync_playwright import Axe
except ImportError:
    Axe = None

# A folder: a picture of each page is written there.
PICTURES = os.environ.get("CISTERNA_PICTURES")
PORT, PUMPS, SIGNERS = (
    int(port) for port in os.environ.get("CISTERNA_TOUR_PORTS", "18200,18320,18310").split(","))
ADDRESS = f"http://127.0.0.1:{PORT}"
PAGES = ["/", "/patients", "/patients/haddad-omar", "/patients/haddad-omar/program",
         "/patients/haddad-omar/orders", "/patients/haddad-omar/refill",
         "/patients/haddad-omar/pump", "/alarms", "/planner", "/formulary", "/settings"]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


class Visit:
    """Somebody at a screen of some width: what they open is looked at by axe."""

    looked = 0

    def __init__(self, browser, width, scheme):
        self.width, self.scheme = width, scheme
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.page.set_default_timeout(90_000)

    def look(self):
        """No wider than the screen, and nothing that a screen reader or a weak eye would stumble over."""
        where = f"{self.page.url.removeprefix(ADDRESS)} at {self.width}, {self.scheme}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        must(wide <= self.width, f"{where} is {wide} wide")
        if Axe is not None:
            found = Axe().run(self.page).response["violations"]
            must(not found, f"axe on {where}: {[(item['id'], len(item['nodes'])) for item in found]}")
            Visit.looked += 1

    def open(self, path):
        answer = self.page.goto(ADDRESS + path)
        must(answer.status == 200, f"{path}: {answer.status}")
        self.look()

    def sign_in(self, told):
        self.page.goto(f"{ADDRESS}/sign-in")
        while int(time.time()) // 30 <= told.get("step", 0):
            time.sleep(1)
        told["step"] = int(time.time()) // 30
        self.page.fill("[name=name]", told["name"])
        self.page.fill("[name=password]", told["password"])
        self.page.fill("[name=code]", code(told["codeSecret"], told["step"]))
        self.page.press("[name=code]", "Enter")  # By keyboard, as everything can be.
        self.page.wait_for_url(f"{ADDRESS}/")
        return self

    def sign(self, told):
        """From an order's page to one's own signer and back."""
        self.page.get_by_role("link", name="Open in my signer").click()
        self.page.fill("[name=passphrase]", told["passphrase"])
        self.page.get_by_role("button", name="Sign these bytes").click()
        self.page.get_by_role("button", name="Give it back to the clinic").click()

    def step(self, form, fields=None, chosen=None, button=None):
        """Fills a form of the page and sends it; its questions are answered with yes."""
        for _ in range(2):
            place = self.page.locator(form)
            for name, value in (fields or {}).items():
                place.locator(f"[name='{name}']").first.fill(value)
            for name, value in (chosen or {}).items():
                place.locator(f"[name='{name}']").first.select_option(value)
            for box in place.locator("input[type=checkbox][name^='check.']").all():
                box.check()
            confirmed = place.locator("[name=confirmed]")
            if confirmed.count():
                confirmed.check()
            send = place.get_by_role("button", name=button) if button else place.locator("button").last
            send.click()
            self.page.wait_for_load_state()
            if not self.page.locator("[name=confirmed]").count():
                break
        alert = self.page.locator("[role=alert]")
        must(not alert.count(), f"{form}: {alert.first.inner_text() if alert.count() else ''}")
        self.look()


def program(visit, told, rate, reason):
    """Types a rate, looks at what changes, drafts, signs in the signer, and sees it applied."""
    page = visit.page
    page.goto(f"{ADDRESS}/patients/haddad-omar/program")
    page.fill("[name=rate]", rate)
    page.get_by_role("button", name="Compare with what is in force").click()
    page.get_by_role("button", name="Draft the order").wait_for()
    visit.look()
    page.fill("[name=why],[name=reason]", reason)
    page.select_option("[name=way]", label="From a distance, inside the envelope")
    page.get_by_role("button", name="Draft the order").click()
    visit.sign(told)
    page.wait_for_url(f"{ADDRESS}/patients/haddad-omar/orders")
    begun = time.time()
    # The newest stands first; it changes without a reload.
    page.locator("tbody tr").first.get_by_text("Applied", exact=True).wait_for()
    return time.time() - begun


def refill(nurse, told, doctor, patient):
    """The whole guided refill by forms: the nurse begins and signs, the doctor is the second person."""
    name, page = patient["id"], nurse.page
    path = f"/patients/{name}/refill"
    nurse.open(path)
    nurse.step("form:has(input[name=mixture][value=same])", {"plannedVolume": "20"})
    nurse.step(f"form[action$='{path}/identity']", {
        "name": patient["name"], "born": patient["born"], "pumpSerial": patient["serial"]})
    nurse.step(f"form[action$='{path}/expected']", {"volume": patient["left"]})
    nurse.step(f"form[action$='{path}/aspirate']", {"volume": patient["left"]})
    label = {"label.drug0": patient["drug"], "label.concentration0": patient["strength"],
             "volume": "20", "lot": "T-100", "expiresOn": "2026-12-31"}
    unit = {"label.concentration0.unit": patient["unit"]}
    nurse.step(f"form[action$='{path}/label']", label, unit)
    nurse.step(f"form[action$='{path}/labelAgain']", label, unit)
    nurse.step(f"form[action$='{path}/checks']")
    # The doctor opens the same page on another screen.
    doctor.open(path)
    doctor.step(f"form[action$='{path}/secondPerson']", button="I am the second person")
    nurse.open(path)
    nurse.step("form:has(input[name=refill][value=yes])", button="Draft the order")
    order = page.url.removeprefix(ADDRESS)
    if order.endswith(path):
        order = page.locator(f"a[href*='/patients/{name}/orders/']").first.get_attribute("href")
    nurse.open(path)
    nurse.step(f"form[action$='{path}/order']")
    nurse.open(order)
    nurse.sign(told)
    page.wait_for_url(f"{ADDRESS}/patients/{name}/orders")
    page.locator("tbody tr").first.get_by_text("Applied", exact=True).wait_for()
    nurse.open(path)
    nurse.step(f"form[action$='{path}/readBack']", {
        "fluid.drug0": patient["drug"], "fluid.concentration0": patient["strength"], "volume": "20"},
        {"fluid.concentration0.unit": patient["unit"]})
    nurse.step(f"form[action$='{path}/nextDate']")
    must(page.url.endswith(f"{path}/sheet"), f"the sheet of the refill: {page.url}")


def alarm(visit, someone, name, family):
    """A motor stalls while the list of today is open: it comes to stand there without a reload."""
    page = visit.page
    visit.open("/")
    # The patient's own line of the list: another's stall may stand there already.
    stalled = page.locator("ol.work li").filter(has_text=family).filter(
        has_text="Motor stall")
    must(not stalled.count(), f"no stall of {family} yet")
    page.evaluate("window.opened = true")
    # The list of alarms is open in another tab, and comes to show it too.
    alarms = page.context.new_page()
    alarms.goto(page.url.rstrip("/") + "/alarms")
    raised = alarms.get_by_role("heading", name=re.compile(f"Motor stall: {family}"))
    must(not raised.count(), f"no alarm of {family} yet")
    alarms.evaluate("window.opened = true")
    Pump(PROGRAM, FOLDER, name).fault({"at": "now", "fault": "stall", "for": "2 d"})
    speed(someone, 600)
    begun = time.time()
    stalled.first.wait_for()
    seconds = time.time() - begun
    speed(someone, 1)
    must(page.evaluate("window.opened === true"), "the page was not loaded again")
    raised.first.wait_for()
    must(alarms.evaluate("window.opened === true"), "the alarms were not loaded again")
    alarms.close()
    visit.look()
    visit.open("/alarms")
    visit.open(f"/patients/{name}/pump")
    return seconds


LIND = {"id": "lind-karin", "name": "Karin Lind", "born": "1958-01-30", "serial": "CV-0003",
        "drug": "ziconotide", "strength": "25", "unit": "ug/mL", "left": "12.9"}
MOREAU = {"id": "moreau-claire", "name": "Claire Moreau", "born": "1955-08-08", "serial": "CV-0007",
          "drug": "morphine", "strength": "10", "unit": "mg/mL", "left": "16.8"}


def main():
    clinic = Clinic(PORT, PUMPS, SIGNERS)
    ada, noor = [clinic.person(name).told for name in ("ada", "noor")]
    with contextlib.ExitStack() as stack:
        stack.callback(clinic.end)
        ben = clinic.person("ben").sign_in()
        for pump in clinic.told["pumps"]:
            wait(f"the pump of {pump['patient']} is heard", lambda: live(ben, pump["patient"]), 60)
        tools = stack.enter_context(sync_playwright())
        browser = tools.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        stack.callback(browser.close)
        for width, scheme, rate, patient, stalled in (
                (1280, "light", "400", LIND, ("bauer-lena", "Bauer")),
                (390, "dark", "390", MOREAU, ("reyes-marisol", "Reyes"))):
            doctor = Visit(browser, width, scheme).sign_in(ada)
            for path in PAGES:
                doctor.open(path)
                if PICTURES:
                    name = path.strip("/").replace("/", "-") or "today"
                    doctor.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
            seconds = program(doctor, ada, rate, "the tour")
            say(f"{width}, {scheme}: {len(PAGES)} pages; a program signed, applied {seconds:.1f} s after")
            nurse = Visit(browser, width, scheme).sign_in(noor)
            refill(nurse, noor, doctor, patient)
            say(f"{width}, {scheme}: a refill by two people, by forms alone, to its sheet")
            seconds = alarm(doctor, ben, *stalled)
            say(f"{width}, {scheme}: a stall stands on the open list of today after {seconds:.1f} s")
            for visit in (doctor, nurse):
                visit.context.close()
    say(f"axe looked {Visit.looked} times and found nothing" if Axe else "axe is not here: skipped")


main()
