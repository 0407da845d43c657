"""Somebody at a screen, and the guided refill as they go through it: shared by tour.py and pathway.py."""

import time

from books import must
from clinic import code

try:
    from axe_playwright_python.sync_playwright import Axe
except ImportError:
    Axe = None


class Visit:
    """Somebody at a screen of some width: what they open is looked at by axe."""

    looked = 0

    def __init__(self, browser, address, width, scheme):
        self.address, self.width, self.scheme = address, width, scheme
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.page.set_default_timeout(90_000)

    @classmethod
    def at(cls, page, address, width, scheme):
        """The same, at a page that is open already."""
        visit = cls.__new__(cls)
        visit.page, visit.context = page, page.context
        visit.address, visit.width, visit.scheme = address, width, scheme
        return visit

    def look(self):
        """No wider than the screen, and nothing that a screen reader or a weak eye would stumble over."""
        where = f"{self.page.url.removeprefix(self.address)} at {self.width}, {self.scheme}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        must(wide <= self.width, f"{where} is {wide} wide")
        if Axe is not None:
            found = Axe().run(self.page).response["violations"]
            must(not found, f"axe on {where}: {[(item['id'], len(item['nodes'])) for item in found]}")
            Visit.looked += 1

    def open(self, path):
        answer = self.page.goto(self.address + path)
        must(answer.status == 200, f"{path}: {answer.status}")
        self.look()

    def sign_in(self, told):
        self.page.goto(f"{self.address}/sign-in")
        while int(time.time()) // 30 <= told.get("step", 0):
            time.sleep(1)
        told["step"] = int(time.time()) // 30
        self.page.fill("[name=name]", told["name"])
        self.page.fill("[name=password]", told["password"])
        self.page.fill("[name=code]", code(told["codeSecret"], told["step"]))
        self.page.press("[name=code]", "Enter")  # By keyboard, as everything can be.
        self.page.wait_for_url(f"{self.address}/")
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


def refill(nurse, told, doctor, patient):
    """The whole guided refill by forms: the nurse begins and signs, the doctor is the second person.

    `patient`: id, name, born and serial; drug, strength and unit; `left`: what is expected and drawn, or
    `drawn`: what was drawn, once or twice, where it is something else; lot and volume where they matter.
    """
    name, page = patient["id"], nurse.page
    path = f"/patients/{name}/refill"
    volume, lot = patient.get("volume", "20"), patient.get("lot", "T-100")
    drawn = patient.get("drawn", [patient["left"]])
    nurse.open(path)
    nurse.step("form:has(input[name=mixture][value=same])", {"plannedVolume": volume})
    nurse.step(f"form[action$='{path}/identity']", {
        "name": patient["name"], "born": patient["born"], "pumpSerial": patient["serial"]})
    nurse.step(f"form[action$='{path}/expected']", {"volume": patient["left"]})
    nurse.step(f"form[action$='{path}/aspirate']", {"volume": drawn[0]})
    if len(drawn) > 1:
        nurse.step(f"form[action$='{path}/aspirateAgain']", {"volume": drawn[1]})
        nurse.step(f"form[action$='{path}/account']", {"reason": "drawn twice; a leak is looked for"})
    label = {"label.drug0": patient["drug"], "label.concentration0": patient["strength"],
             "volume": volume, "lot": lot, "expiresOn": "2026-12-31"}
    unit = {"label.concentration0.unit": patient["unit"]}
    nurse.step(f"form[action$='{path}/label']", label, unit)
    nurse.step(f"form[action$='{path}/labelAgain']", label, unit)
    nurse.step(f"form[action$='{path}/checks']")
    # The doctor opens the same page on another screen.
    doctor.open(path)
    doctor.step(f"form[action$='{path}/secondPerson']", button="I am the second person")
    nurse.open(path)
    nurse.step("form:has(input[name=refill][value=yes])", button="Draft the order")
    order = page.url.removeprefix(nurse.address)
    if order.endswith(path):
        order = page.locator(f"a[href*='/patients/{name}/orders/']").first.get_attribute("href")
    nurse.open(path)
    nurse.step(f"form[action$='{path}/order']")
    nurse.open(order)
    nurse.sign(told)
    page.wait_for_url(f"{nurse.address}/patients/{name}/orders")
    page.locator("tbody tr").first.get_by_text("Applied", exact=True).wait_for()
    nurse.open(path)
    nurse.step(f"form[action$='{path}/readBack']", {
        "fluid.drug0": patient["drug"], "fluid.concentration0": patient["strength"], "volume": volume},
        {"fluid.concentration0.unit": patient["unit"]})
    nurse.step(f"form[action$='{path}/nextDate']")
    must(page.url.endswith(f"{path}/sheet"), f"the sheet of the refill: {page.url}")
