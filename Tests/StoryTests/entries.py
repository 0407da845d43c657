"""Entries that are wrong, sent twice, too late or by two at once: each is caught, told at its field,
and nothing of what was typed is lost."""

from browser import *

OMAR = "/patients/haddad-omar"


class Entry:
    """One person's page, with what a test asks of it."""

    def __init__(self, desk, person, **more):
        self.desk, self.person = desk, person
        self.page = desk.signed_in(person, **more)

    def open(self, path, fold=None):
        self.page.goto(self.desk.address + path)
        if fold:
            self.page.locator("summary", has_text=fold).first.click()
        return self.page

    def send(self, button):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def refused(self, field, typed, *words):
        """It is told at the field, which has the keyboard's way to it, and what was typed stands there."""
        fault = self.page.locator(f"[name='{field}'][aria-invalid=true]")
        must(fault.count() == 1, f"{field}: {self.page.locator('#fault').all_inner_texts()}")
        must(fault.input_value() == typed, f"{field}: {typed!r} became {fault.input_value()!r}")
        told = self.page.locator(f"#{fault.get_attribute('id')}-fault").inner_text()
        must(all(word in told for word in words), f"{field}, {typed!r}: told {told!r}")
        must(self.page.evaluate("document.activeElement.id") == "fault", "the fault has the keyboard")


def parts(person, name):
    return person.get(f"/api/v1/patients/haddad-omar/record/{name}")


def units(entry):
    """Another unit, a comma, blanks inside: never guessed. Blanks around and the field's own unit: taken."""
    page = entry.page
    for typed, word in (("60 mg", "mg/d"), ("0.06 g/d", "mg/d"), ("60,5", "a point"),
                        ("1 500", "nothing between its digits"), (".5", "a zero before"),
                        ("sixty", "a number")):
        entry.open(OMAR, "A dose by mouth")
        page.fill("[name=dose]", typed)
        entry.send("Record the dose")
        entry.refused("dose", typed, word)
    must(not parts(entry.person, "oral-opioids"), "nothing was recorded")
    for typed in (" 60", "60 mg/d", "\u00a060\u202fmg/d "):
        before = len(parts(entry.person, "oral-opioids"))
        entry.open(OMAR, "A dose by mouth")
        page.fill("[name=dose]", typed)
        entry.send("Record the dose")
        doses = parts(entry.person, "oral-opioids")
        must(len(doses) == before + 1 and doses[-1]["value"]["dose"] == "60 mg/d", f"{typed!r}: {doses}")
    for typed, word in (("0.4 mg/d", "ug/d"), ("400 µg", "ug/d"), ("412,5", "a point")):
        entry.open(f"{OMAR}/program")
        page.fill("[name=rate]", typed)
        entry.send("Compare with what is in force")
        entry.refused("rate", typed, word)
    entry.open("/patients/weber-franz/refill")
    page.locator("[name=plannedVolume]").first.fill("18 uL")
    entry.send("Begin")
    entry.refused("plannedVolume", "18 uL", "mL")
    say("units, commas and blanks: 10 told at their fields, 3 pastes taken")


def slips(entry):
    """Ten times too much, and ten times too little."""
    page = entry.page
    for typed, word in (("4120", "REFUSED"), ("41.2", "CAUTION")):
        entry.open(f"{OMAR}/program")
        page.fill("[name=rate]", typed)
        entry.send("Compare with what is in force")
        must(page.get_by_text(word, exact=True).count(), f"{typed}: {word} is not told")
        must(page.input_value("[name=rate]") == typed, f"{typed} stands in its field")
        can = page.get_by_role("button", name="Draft the order").count()
        must((can == 0) == (word == "REFUSED"), f"{typed}: {can} buttons to go on")
    entry.open("/patients/weber-franz/refill")
    page.locator("[name=plannedVolume]").first.fill("200")
    entry.send("Begin")
    entry.refused("plannedVolume", "200", "mL")
    entry.open("/patients/jensen-ida/details", "Record what is known")
    page.fill("[name='catheter.implantedLength']", "8900")
    entry.send("Record the catheter")
    entry.refused("catheter.implantedLength", "8900", "200 cm")
    say("slips of ten and a hundred times: refused or asked about beside what is in force")


def twice(entry, words):
    """A second click, a second Enter, and the way back: one event each."""
    page = entry.page
    forms = (
        ("A score", {"value": "2"}, "Record the score", "scores"),
        ("A note", {"text": f"Once, {words}."}, "Record the note", "notes"),
        ("A dose by mouth", {"dose": "30"}, "Record the dose", "oral-opioids"),
        ("A side effect", {"what": f"itch, {words}"}, "Record the side effect", "side-effects"),
    )
    for fold, fields, button, part in forms:
        before = len(parts(entry.person, part))
        entry.open(OMAR, fold)
        for name, value in fields.items():
            page.locator(f"details[open] [name={name}]").fill(value)
        page.get_by_role("button", name=button).dblclick(no_wait_after=True)
        wait(f"{fold}, {words}", lambda: len(parts(entry.person, part)) > before, 30)
        page.wait_for_timeout(1_000)  # A second event would come by now.
        after = len(parts(entry.person, part))
        must(after == before + 1, f"{fold}, {words}: {after - before} events by a double click")
        if words == "no script":
            continue
        page.go_back()
        page.get_by_text("TAKEN ALREADY").first.wait_for(state="attached")
        typed = [page.locator(f"[name={name}]").first.input_value() for name in fields]
        must(not any(typed), f"{fold}: back from the next page {typed} stands in the form again")
    say(f"double clicks and the way back, {words}: one event each")


def draft_twice(entry):
    page = entry.page
    entry.open(f"{OMAR}/new-order/safeRate")
    page.fill("[name=reason]", "a double click")
    entry.send("See what it does")
    page.get_by_role("button", name="Draft the order").dblclick(no_wait_after=True)
    page.wait_for_url("**/orders/*")
    drafts = [life for life in parts(entry.person, "orders")
              if life["draft"]["reason"] == "a double click"]
    must(len(drafts) == 1, f"{len(drafts)} orders by a double click")
    say("an order by a double click: one draft")


def two_at_once(entry, other):
    """Both have the same form open: the second is told what the first did, and goes on from there."""
    entry.open(f"{OMAR}/details", "Change it")
    other.open(f"{OMAR}/details", "Change it")
    other.page.fill("[name='contact.phone']", "+41 44 000 00 01")
    other.send("Record the contact")
    entry.page.fill("[name='contact.phone']", "+41 44 000 00 02")
    entry.send("Record the contact")
    fault = entry.page.locator("#fault").inner_text()
    must("Since then" in fault, f"what the other did is told: {fault}")
    typed = entry.page.input_value("[name='contact.phone']")
    must(typed == "+41 44 000 00 02", f"what was typed is there: {typed!r}")
    must(parts(entry.person, "contact")["phone"].endswith("01"), "nothing was written over")
    entry.send("Record the contact")
    must(parts(entry.person, "contact")["phone"].endswith("02"), "sent again, it is taken")
    entry.open(f"{OMAR}/program")
    entry.page.fill("[name=rate]", "402")
    entry.send("Compare with what is in force")
    entry.page.fill("[name=reason]", "while somebody writes")
    other.person.write("/api/v1/patients/haddad-omar/notes", {"text": "Written in between."})
    entry.send("Draft the order")
    must("Since then" in entry.page.locator("#fault").inner_text(), "an order on an older record")
    must(entry.page.input_value("[name=reason]") == "while somebody writes", "the reason is there")
    say("two people at once: the second is told, and loses nothing")


def ended(desk, told, entry):
    """The session ends while somebody types: after signing in again it stands there."""
    page = entry.page
    entry.open(OMAR, "A note")
    page.fill("[name=text]", "Half of it typed, and then away for long.")
    status, _, _ = entry.person.ask(
        "DELETE", "/api/v1/session", headers={"X-CSRF": entry.person.csrf})
    must(status == 204, f"the session is ended: {status}")
    entry.send("Record the note")
    must("/sign-in" in page.url, f"to sign in, at {page.url}")
    page.fill("[name=name]", told["name"])
    page.fill("[name=password]", told["password"])
    page.fill("[name=code]", fresh_code(told))
    page.press("[name=code]", "Enter")
    page.get_by_text("GIVEN BACK").wait_for()
    must(page.url == desk.address + OMAR, f"where it was typed: {page.url}")
    must(page.locator("[name=text]").is_visible(), "its form is open")
    typed = page.input_value("[name=text]")
    must(typed == "Half of it typed, and then away for long.", f"given back: {typed!r}")
    must(page.evaluate("document.activeElement.textContent.startsWith('GIVEN BACK')"), "and said")
    entry.send("Record the note")
    must(page.get_by_text("Half of it typed").count(), "and taken")
    say("a session that ended while somebody typed: all of it given back")


def point(page, name):
    box = page.locator(f"svg.drag [data-part='{name}']").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dragged(entry):
    """The day moves by mouse and by finger, in whole steps of the pump; fields and picture tell the same."""
    page = entry.page
    entry.open(f"{OMAR}/program")
    page.select_option("[name=mode]", "daily")
    must(page.input_value("[name='step.0.at']") == "00:00", "the day begins with the rate that there was")
    page.fill("[name='step.1.at']", "12:00")
    page.fill("[name='step.1.rate']", "300")
    before = point(page, "rate:step.1.rate")
    page.fill("[name='step.1.rate']", "200")
    after = point(page, "rate:step.1.rate")
    must(after[1] > before[1] + 5, f"typing moves the point: {before}, {after}")
    x, y = point(page, "rate:step.1.rate")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 20, steps=4)
    page.mouse.up()
    rate = float(page.input_value("[name='step.1.rate']"))
    must(rate > 200 and rate % 5 == 0, f"a rate by mouse, in steps of 5 ug/d: {rate}")
    x, y = point(page, "time:step.1.at")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    at = page.input_value("[name='step.1.at']")
    must(at > "12:00" and at[3:] in ("00", "15", "30", "45"), f"a time by mouse, in quarters: {at}")
    entry.send("Compare with what is in force")
    must(page.locator("table").get_by_text("In force").count(), "what was dragged is compared")
    must(float(page.input_value("[name='step.1.rate']")) == rate, "and stands in its field")


def by_finger(entry):
    page = entry.page
    entry.open(f"{OMAR}/program")
    page.locator("svg.drag").scroll_into_view_if_needed()
    x, y = point(page, "rate:rate")
    finger = page.context.new_cdp_session(page)
    def touch(kind, *places):
        finger.send("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [{"x": x, "y": y} for x, y in places]})
    before = float(page.input_value("[name=rate]"))
    top = page.evaluate("scrollY")
    touch("touchStart", (x, y))
    for far in (8, 16, 24):
        touch("touchMove", (x, y + far))
    touch("touchEnd")
    rate = float(page.input_value("[name=rate]"))
    must(rate < before and rate % 5 == 0, f"a rate by finger: {before} to {rate}")
    must(page.evaluate("scrollY") == top, "the page stays while a point is dragged")
    say("the day is dragged by mouse and by finger, and typed; it tells the same each time")


def main():
    with Desk(21200, 21320, 21310) as desk:
        ada, ben = [desk.clinic.person(name).sign_in() for name in ("ada", "ben")]
        wait("the pump is heard", lambda: live(ada, "haddad-omar"), 60)
        entry, other = Entry(desk, ada), Entry(desk, ben)
        units(entry)
        slips(entry)
        twice(entry, "with the script")
        twice(Entry(desk, ada, java_script_enabled=False), "no script")
        draft_twice(entry)
        dragged(entry)
        by_finger(Entry(desk, ada, width=390, has_touch=True))
        two_at_once(entry, other)
        ended(desk, desk.clinic.person("ada").told, entry)


main()
