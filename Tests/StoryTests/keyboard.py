"""Everything that a clinician does, by keyboard alone: no step of it uses a mouse."""

from browser import *  # also the story's people: Person, live, go


def sign_in(desk, told):
    keys = Keys(desk.page())
    keys.page.goto(f"{desk.address}/sign-in")
    keys.fill("Name", told["name"])
    keys.fill("Password", told["password"])
    keys.fill("Code", fresh_code(told))
    with keys.page.expect_navigation():
        keys.press("Enter")
    must(keys.page.url == f"{desk.address}/", f"signed in, at {keys.page.url}")
    keys.press("Tab")
    must(keys.here()["name"] == "To the content", "the first thing is the way to the content")
    keys.press("Enter", "Tab")
    must(keys.page.evaluate("document.getElementById('main').contains(document.activeElement)"),
         "past the navigation")
    say("signed in; the first Tab offers the content")
    return keys


def find(keys):
    keys.enter("Patients", "a")
    keys.fill("Name", "hadd")
    with keys.page.expect_navigation():
        keys.press("Enter")
    keys.enter("Haddad, Omar", "a")
    say("a patient is found")


def recorded(keys, words):
    must(not keys.page.locator("#fault").count(),
         f"{words}: {keys.page.locator('#fault').all_inner_texts()}")
    say(f"{words} is recorded")


def observations(keys):
    """A score with a slip, a note, a dose by mouth, a side effect."""
    keys.unfold("A score")
    keys.fill("Value", "9")
    with keys.page.expect_navigation():
        keys.press("Enter")
    must(keys.page.evaluate("document.activeElement.id") == "fault", "the fault is where one goes on")
    keys.to("Go to the field", "a")
    keys.press("Enter")
    here = keys.page.evaluate("document.activeElement.name")
    must(here == "value", f"from the fault to its field: {here}")
    keys.press("Control+a")
    keys.type("2")
    with keys.page.expect_navigation():
        keys.press("Enter")
    recorded(keys, "a score, after one that is none")
    keys.unfold("A note")
    keys.fill("Note", "Sits better in the morning.", "textarea")
    keys.enter("Record the note", "button")
    recorded(keys, "a note")
    keys.unfold("A dose by mouth")
    keys.fill("Dose of a day", "60")
    with keys.page.expect_navigation():
        keys.press("Enter")
    recorded(keys, "a dose by mouth")
    keys.unfold("A side effect")
    keys.fill("What it is", "drowsy after lunch")
    keys.choose("Severity", "moderate")
    keys.enter("Record the side effect", "button")
    recorded(keys, "a side effect")


def meanwhile(keys, person):
    """What others do meanwhile takes neither the keyboard nor what is typed from anyone."""
    page = keys.page
    page.goto(page.url.split("#")[0])
    first, second, third = [f"Seen by the nurse, {word} {time.time()}." for word in ("once", "again", "late")]
    keys.to("Change the program", "a")
    person.write("/api/v1/patients/haddad-omar/notes", {"text": first})
    page.get_by_text(first).first.wait_for(state="attached")
    here = keys.here()
    must(here and here["name"] == "Change the program", f"the keyboard stays where it was: {here}")
    keys.unfold("A note")
    keys.fill("Note", "Half a sente", "textarea")
    person.write("/api/v1/patients/haddad-omar/notes", {"text": second})
    page.get_by_text(second).first.wait_for(state="attached")
    keys.type("nce")
    typed = page.evaluate("document.activeElement.value")
    must(typed == "Half a sentence", f"typing goes on: {typed!r}")
    # A form inside of a part that is renewed stays as long as somebody has typed in it.
    page.evaluate("""() => {
        const form = document.activeElement.closest("details");
        document.getElementById("state").append(form);
        form.querySelector("textarea").focus();
    }""")
    person.write("/api/v1/patients/haddad-omar/notes", {"text": third})
    page.get_by_text("CHANGED").first.wait_for()
    typed = page.evaluate("document.activeElement.value")
    must(typed == "Half a sentence", f"a renewed part takes nothing that is typed: {typed!r}")
    say("others record meanwhile: keyboard and typing stay, and the page says so")


def sign(keys, told):
    keys.enter("Open in my signer", "a")
    figure = keys.page.locator("[name=figure]")
    if figure.count():
        keys.fill("Type how much", "20 mL")
    keys.fill("Passphrase", told["passphrase"])
    with keys.page.expect_navigation():
        keys.press("Enter")
    keys.enter("Give it back to the clinic", "button")


def program(keys, told):
    page = keys.page
    page.goto(page.url.split("#")[0])
    keys.enter("Program", "a")
    keys.fill("All day", "402")
    keys.to("Rate all day", "circle")
    keys.press("ArrowDown")
    rate = page.input_value("[name=rate]")
    must(rate == "400", f"one step down from 402 is 400: {rate}")
    keys.press("PageDown", "ArrowUp")
    must(page.input_value("[name=rate]") == "355", f"ten down, one up: {page.input_value('[name=rate]')}")
    page.reload()
    keys.fill("All day", "391")
    keys.enter("Compare with what is in force", "button")
    keys.fill("Why", "less spasm at night")
    keys.choose("Way", "From a distance")
    keys.enter("Draft the order", "button")
    sign(keys, told)
    begun = time.time()
    page.locator("tbody tr").first.get_by_text("Applied", exact=True).wait_for(timeout=30_000)
    say(f"a program by keyboard: drafted, signed, applied {time.time() - begun:.1f} s after")


def other_order(keys, told):
    keys.enter("Another order", "a")
    keys.enter("Write it: Go to the safe rate", "a")
    keys.fill("Why", "tired since noon")
    keys.choose("Way", "From a distance")
    keys.enter("See what it does", "button")
    must(keys.page.get_by_text("Safe rate", exact=True).first.is_visible(), "it says what it is")
    keys.enter("Draft the order", "button")
    must("/orders/" in keys.page.url, f"drafted: {keys.page.url}")
    keys.fill("Why", "only looked at")
    keys.enter("Withdraw the order", "button")
    say("another order is looked at, drafted and withdrawn")


def alarm(keys, person):
    go(person, 2.2)
    wait("the alarm of a low reservoir", lambda: any(
        alarm["alarm"] == "reservoirLow" for alarm in
        person.get("/api/v1/patients/sato-emi/record/alarms")), 60)
    keys.enter("Alarms", "a")
    keys.enter("I have seen it", "button")
    try:
        keys.page.get_by_text("seen by Ada Ruiz").first.wait_for(timeout=10_000)
    except Exception:
        must(False, f"it is not told who has seen it: {keys.page.url} {keys.page.inner_text('main')}")
    say("an alarm is seen")


def refill(desk, keys, told, second, person):
    """Step by step, up to the fill and what the pump says of it."""
    page = keys.page
    name = "sato-emi"
    page.goto(f"{desk.address}/patients/{name}/refill")
    keys.fill("Volume after the fill", "20")
    keys.enter("Begin", "button")
    keys.fill("Name, as", "Emi Sato")
    keys.day("Date of birth", 1969, 4, 17)
    keys.fill("Serial number", "CV-0005")
    with page.expect_navigation():
        keys.press("Enter")
    next_step(keys)
    left = nanolitres(live(person, name)["status"]["reservoir"]) / 1e6
    keys.fill("Drawn out", f"{left:.2f}")
    with page.expect_navigation():
        keys.press("Enter")
    for _ in range(2):
        keys.fill("Drug", "hydromorphone", "input")
        keys.fill("Concentration", "1.2")
        keys.fill("Volume after the fill", "20")
        keys.fill("Lot", "HM-8002")
        keys.day("Expires on", 2026, 12, 31)
        with page.expect_navigation():
            keys.press("Enter")
        must(not page.locator("#fault").count(), page.locator("#fault").all_inner_texts())
    for box in page.locator("main input[type=checkbox]").all():
        keys.to(box.evaluate("item => item.labels[0].textContent.trim()"), "input")
        keys.press("Space")
    next_step(keys)
    other = Keys(desk.signed_in(second))
    other.page.goto(f"{desk.address}/patients/{name}/refill")
    other.enter("I am the second person", "button")
    page.goto(f"{desk.address}/patients/{name}/refill")
    keys.enter("Draft the order", "button")
    keys.enter("Refill, same mixture", "a")
    address = page.url
    page.goto(f"{desk.address}/patients/{name}/refill")
    next_step(keys)
    page.goto(address)
    sign(keys, told)
    page.goto(f"{desk.address}/patients/{name}/refill")
    page.get_by_text("Volume that it shows").wait_for(timeout=60_000)
    say("a refill by keyboard: two people, the label twice, signed; the pump's receipt is there")


def next_step(keys):
    """The one button of the step."""
    button = keys.page.locator("main form button").first.inner_text()
    keys.enter(button, "button")


def adopt(keys):
    page = keys.page
    keys.enter("Patients", "a")
    keys.enter("Adopt a patient", "a")
    keys.fill("Given name", "Nils")
    keys.fill("Family name", "Berg")
    keys.day("Date of birth", 1980, 2, 1)
    keys.fill("Record number", "C-2001")
    keys.choose("Indication", "Spasticity")
    keys.choose("Model", "Medtronic SynchroMed II")
    keys.fill("Reservoir", "20")
    keys.fill("Serial number", "NGP-77")
    with page.expect_navigation():
        keys.press("Enter")
    must(page.evaluate("document.activeElement.id") == "fault", "the questions are where one goes on")
    keys.to("Yes: it is right", "input")
    keys.press("Space")
    keys.enter("Adopt the patient", "button")
    must(page.get_by_role("heading", name="Berg, Nils").is_visible(), "adopted")
    say("a patient is adopted, after a question")


def enroll(keys):
    """From the enrolment to a decision that is refused, and into the field that it lacks."""
    page = keys.page
    keys.enter("Patients", "a")
    keys.enter("Enroll a patient", "a")
    keys.fill("Given name", "Greta")
    keys.fill("Family name", "Larsen")
    keys.day("Date of birth", 1968, 2, 11)
    keys.fill("Record number", "E-1")
    keys.enter("Enroll the patient", "button")
    must(page.url.endswith("/pathway/evaluation"), f"enrolled, at {page.url}")
    keys.unfold("Indication")
    keys.choose("What the therapy", "Spasticity of multiple")
    keys.enter("Record the indication", "button")
    recorded(keys, "an indication")
    keys.unfold("History")
    keys.fill("History", "Wheelchair since 2019.", "textarea")
    keys.enter("Record the history", "button")
    recorded(keys, "a history")
    keys.unfold("What may stand against it")
    for what in ("Active or incompletely", "Bleeding disorder", "Allergy to the drug", "Flow of spinal fluid",
                 "Pump would lie deeper", "Body too small", "Anomaly of the spine", "Untreated dependency",
                 "Psychosis, now", "Work in strong fields"):
        keys.choose(what, "No")
    keys.enter("Record the answers", "button")
    recorded(keys, "an answer to each contraindication")
    keys.unfold("Decision")
    keys.choose("Decision", "proceed")
    keys.fill("Reasons", "She suffers.", "textarea")
    keys.enter("Record the decision", "button")
    must(page.evaluate("document.activeElement.id") == "fault", "what it lacks is where one goes on")
    must("the examination" in page.locator("#fault").inner_text(), page.locator("#fault").inner_text())
    say("a patient is enrolled and evaluated; a decision too early is refused")


def planner(keys):
    keys.enter("Planner", "a")
    keys.enter("Open", "a")
    with keys.page.expect_navigation():
        keys.to("Work it out", "button")
        keys.press("Enter")
    must(keys.page.get_by_text("Working, to check by hand").is_visible(), "an answer with its working")
    say("a calculation")


def settings_and_out(keys):
    keys.enter("Settings", "a")
    keys.to("Address", "input")
    with keys.page.expect_navigation():
        keys.press("Enter")
    recorded(keys, "the signer's address")
    keys.enter("Sign out", "button")
    must(keys.page.url.endswith("/sign-in"), f"signed out, at {keys.page.url}")
    say("signed out")


def main():
    with Desk(19200, 19320, 19310) as desk:
        told = desk.clinic.person("ada").told
        ben = desk.clinic.person("ben").sign_in()
        for name in ("haddad-omar", "sato-emi"):
            wait(f"the pump of {name} is heard", lambda: live(ben, name), 60)
        keys = sign_in(desk, told)
        find(keys)
        observations(keys)
        meanwhile(keys, ben)
        program(keys, told)
        other_order(keys, told)
        alarm(keys, ben)
        refill(desk, keys, told, ben, ben)
        adopt(keys)
        enroll(keys)
        planner(keys)
        settings_and_out(keys)
        say("no mouse was used")


main()
