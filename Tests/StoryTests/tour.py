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
from clinic import FOLDER, PROGRAM, Clinic, live, say, speed, wait  # noqa: E402
from visit import Axe, Visit, refill  # noqa: E402

# A folder: a picture of each page is written there.
PICTURES = os.environ.get("CISTERNA_PICTURES")
PORT, PUMPS, SIGNERS = (
    int(port) for port in os.environ.get("CISTERNA_TOUR_PORTS", "18200,18320,18310").split(","))
ADDRESS = f"http://127.0.0.1:{PORT}"
PAGES = ["/", "/patients", "/patients/haddad-omar", "/patients/haddad-omar/program",
         "/patients/haddad-omar/orders", "/patients/haddad-omar/refill",
         "/patients/haddad-omar/pump", "/alarms", "/planner", "/formulary", "/settings"]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


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
            doctor = Visit(browser, ADDRESS, width, scheme).sign_in(ada)
            for path in PAGES:
                doctor.open(path)
                if PICTURES:
                    name = path.strip("/").replace("/", "-") or "today"
                    doctor.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
            seconds = program(doctor, ada, rate, "the tour")
            say(f"{width}, {scheme}: {len(PAGES)} pages; a program signed, applied {seconds:.1f} s after")
            nurse = Visit(browser, ADDRESS, width, scheme).sign_in(noor)
            refill(nurse, noor, doctor, patient)
            say(f"{width}, {scheme}: a refill by two people, by forms alone, to its sheet")
            seconds = alarm(doctor, ben, *stalled)
            say(f"{width}, {scheme}: a stall stands on the open list of today after {seconds:.1f} s")
            for visit in (doctor, nurse):
                visit.context.close()
    say(f"axe looked {Visit.looked} times and found nothing" if Axe else "axe is not here: skipped")


main()
