"""A patient without a pump in a real browser: enrolled, evaluated, tried, at two widths.

Needs what tour.py needs; by hand: python3 pathway.py PATH-OF-CISTERNA FOLDER
"""

import os
import sys

sys.argv = [sys.argv[0], *sys.argv[1:3]]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tour.py")) as file:
    exec(file.read().rsplit("\nmain()\n", 1)[0])  # The tour's browser, without the tour.

PORT, PUMPS, SIGNERS = 18400, 18520, 18510
ADDRESS = f"http://127.0.0.1:{PORT}"


def shown(page, name, width):
    must(page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is too wide")
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    return axe(page, f"{name} at {width}")


def record(page, title, fields, button, refused=False):
    """Opens one form of the page, fills it in as labelled and sends it."""
    section = page.locator("details", has=page.locator("summary", has_text=title)).first
    if section.get_attribute("open") is None:
        section.locator("summary").first.click()
    for label, value in fields.items():
        field = section.get_by_label(label, exact=False).first
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    section.get_by_role("button", name=button).click()
    page.wait_for_load_state()
    if refused:
        section.get_by_role("alert").wait_for()
        return section.get_by_role("alert").inner_text()
    must(page.get_by_role("alert").count() == 0,
         f"{title}: {page.get_by_role('alert').all_inner_texts()}")
    return None


def moment(page):
    """The clinic's own time, as a form takes it."""
    return page.evaluate("""() => {
      const bar = document.querySelector('[data-now], time, .clock');
      return bar ? bar.getAttribute('data-now') || bar.textContent : '';
    }""")


def evaluate(page, number):
    page.goto(f"{ADDRESS}/patients")
    page.get_by_role("link", name="Enroll a patient").click()
    looked = shown(page, "enroll", page.viewport_size["width"])
    for label, value in {"Given name": "Greta", "Family name": f"Larsen {number}",
                         "Date of birth": "1968-02-11", "Record number": f"E-{number}",
                         "Referred by": "Dr. Nilsen"}.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Enroll the patient").click()
    page.wait_for_url("**/pathway/evaluation")
    patient = page.url.split("/patients/")[1].split("/")[0]
    told = record(page, "Decision", {"Decision": "proceed to a trial", "Reasons": "she suffers"},
                  "Record the decision", refused=True)
    must("the history" in told, f"the decision was refused with {told}")
    record(page, "Indication", {"What the therapy": "Spasticity of multiple sclerosis",
                                "ICD-10-CM": "G35.D", "Since": "2012-05-01"}, "Record the indication")
    record(page, "History", {"History": "Wheelchair since 2019."}, "Record the history")
    record(page, "Examination", {"Findings": "Clonus at both ankles."}, "Record the examination")
    record(page, "Medicines now", {"Medicine": "tizanidine", "Dose": "4 mg 3 times a day"},
           "Record the medicine")
    record(page, "Therapies tried", {"What was tried": "baclofen by mouth", "How it ended": "not tolerated",
                                     "Why": "too sleepy at 60 mg a day"}, "Record the therapy")
    section = page.locator("details", has=page.locator("summary", has_text="What may stand against it"))
    section.locator("summary").first.click()
    for choice in section.locator("select").all():
        choice.select_option("no")
    section.get_by_role("button", name="Record the answers").click()
    page.wait_for_load_state()
    record(page, "Goals", {"In the patient's words": "To sit for an hour."}, "Record the goal")
    record(page, "Talk about expectations", {"What was said": "No cure; refills for life."}, "Record the talk")
    record(page, "Consent", {"To what": "trial", "The patient agrees": "Yes"}, "Record the answer")
    looked += shown(page, "evaluation", page.viewport_size["width"])
    page.goto(f"{ADDRESS}/patients/{patient}")
    for scale, value in (("modifiedAshworth", "3"), ("penn", "3")):
        section = page.locator("details", has=page.locator("summary", has_text="A score")).first
        if section.get_attribute("open") is None:
            section.locator("summary").first.click()
        section.get_by_label("Scale").select_option(scale)
        section.get_by_label("Value").fill(value)
        if scale == "penn":
            section.get_by_label("Severity").fill("2")
        section.get_by_role("button", name="Record the score").click()
        page.wait_for_load_state()
    page.goto(f"{ADDRESS}/patients/{patient}/pathway/evaluation")
    must(page.get_by_text("COMPLETE", exact=True).count() == 1, page.inner_text("main"))
    record(page, "Decision", {"Decision": "proceed to a trial", "Reasons": "All has been tried."},
           "Record the decision")
    page.wait_for_url("**/pathway/trial")
    return patient, looked


def trial(page, patient):
    record(page, "Plan of the trial", {"Method": "repeated injections", "Drug": "baclofen",
                                       "Success is that": "the mean modified Ashworth score falls by so many grades",
                                       "By at least": "1", "As an inpatient": "Yes"}, "Begin the trial")
    told = record(page, "A dose that was given", {"Dose": "75", "Volume": "1.5"}, "Record the dose", refused=True)
    must("50" in told, f"a first dose of 75 ug was refused with {told}")
    looked = shown(page, "trial-refused", page.viewport_size["width"])
    record(page, "A dose that was given", {"Dose": "50", "Volume": "1"}, "Record the dose")
    must(page.get_by_text("WATCHED", exact=True).count() == 1, "no watch after the dose")
    record(page, "What was seen", {"Breathing": "14", "Sedation": "0"}, "Record the observation")
    return looked + shown(page, "trial", page.viewport_size["width"])


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
        for number, (width, scheme) in enumerate(((1280, "light"), (390, "dark"))):
            page = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
            page.set_default_timeout(10_000)
            sign_in(page, told)
            patient, pages = evaluate(page, number)
            looked += pages + trial(page, patient)
            page.goto(f"{ADDRESS}/")
            must(page.get_by_text("Trial: watch").count() >= 1, "the watch is not on Today")
            looked += shown(page, "today-with-trial", width)
            say(f"{width}, {scheme}: enrolled, evaluated, tried")
    say(f"axe looked at {looked} pages and found nothing" if Axe else "axe is not here: skipped")


main()
