"""The patient model in the browser: what is typed is predicted, before and after, as `cisterna simulate`
has it; the slider redraws it, and how long that takes is told."""

import statistics
import subprocess

from browser import *

OMAR = "/patients/haddad-omar"
PLACE = "[data-prediction]"
# From the slider's event to a new picture, each move after the one before has been drawn.
MOVES = """async () => {
  const slider = document.getElementById("prediction-share");
  const picture = document.querySelector("[data-prediction] .plot svg"), all = [];
  for (let move = 0; move < 20; move += 1) {
    await new Promise(done => setTimeout(done, 40));
    const begun = performance.now();
    const drawn = new Promise(done => new MutationObserver((_, watch) => {
      watch.disconnect();
      done();
    }).observe(picture, {childList: true}));
    slider.value = -38 + 4 * move;
    slider.dispatchEvent(new Event("input", {bubbles: true}));
    await drawn;
    all.push(performance.now() - begun);
  }
  return all;
}"""


def simulated(program, tip="T6"):
    """By the command line, after 14 days: the effect site and the fluid at the tip, as means of the last day."""
    os.makedirs(FOLDER, exist_ok=True)
    names = []
    for name, value in (("program", program), ("fill", {"volume": "40 mL", "drugs": [
            {"drug": "baclofen", "concentration": "2000 ug/mL"}]})):
        names.append(os.path.join(FOLDER, f"prediction-{name}.json"))
        with open(names[-1], "w") as file:
            json.dump(value, file)
    told = json.loads(subprocess.run(
        [PROGRAM, "simulate", "--program", names[0], "--fill", names[1], "--drug", "baclofen", "--days", "14",
         "--tip", tip], check=True, capture_output=True).stdout)
    window = told["window"]
    series = window["effectConc"] if isinstance(window, dict) else window[0]["effectConc"]
    series = series[0] if isinstance(series[0], list) else series
    return sum(series[-24:]) / 24


def settled(page, percent="0"):
    """The means at the effect site, before and after, once the band is drawn."""
    page.wait_for_selector(f"{PLACE}[data-band=yes][data-percent='{percent}']")
    return [float(word) for word in page.get_attribute(PLACE, "data-means").split()]


def typed(page, rate):
    """Types a rate; the next prediction that the server's answer gives."""
    page.evaluate(f"document.querySelector('{PLACE}').dataset.band = 'no'")
    with page.expect_response(lambda answer: answer.url.endswith("/program/prediction")) as heard:
        page.fill("[name=rate]", rate)
    return heard.value.json(), settled(page)


def near(found, wanted, words):
    must(abs(found / wanted - 1) <= 0.01, f"{words}: {found}, by the command line {wanted}")


def main():
    with Desk(20400, 20520, 20510) as desk:
        ada = desk.clinic.person("ada").sign_in()
        page = desk.signed_in(ada)
        faults = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"{desk.address}{OMAR}/program")
        before, after = settled(page)
        must(before == after, f"nothing was typed, and {before} becomes {after}")
        near(before, simulated(haddad("412 ug/d")), "in force")
        text = page.locator(PLACE).inner_text()
        must("in force" in text and "new" in text and "virtual patients" in text, text)
        card = page.locator("#prediction").inner_text()
        must("MODEL, NOT A MEASUREMENT" in card and "not a clinical tool" in card, card)

        answer, (before, after) = typed(page, "600")
        near(before, simulated(haddad("412 ug/d")), "in force, 600 ug/d typed")
        near(after, simulated(haddad("600 ug/d")), "new, 600 ug/d typed")
        must(answer["after"] == [[0, 168, 600 / 2000 / 24]], f"what flows: {answer['after']}")
        before_tip, after_tip = [float(word) for word in page.get_attribute(PLACE, "data-tip").split()]
        must(abs(after_tip / before_tip / (600 / 412) - 1) < 0.01, f"at the tip: {before_tip}, {after_tip}")
        typed_as = page.locator(".plot [data-part=before], .plot [data-part=after]").count()
        must(typed_as == 4, f"two lines in two pictures: {typed_as}")
        say(f"600 for 412 ug/d: effect site {before:.4f} to {after:.4f} ug/mL, as cisterna simulate to 1 %")
        answer, (before, after) = typed(page, "300")
        near(after, simulated(haddad("300 ug/d")), "new, 300 ug/d typed")
        must(after < before, "less is less")

        # By keyboard; the browser scales at once, and the server's answer agrees.
        page.locator("#prediction-share").focus()
        with page.expect_response(lambda answer: answer.url.endswith("/program/prediction")) as heard:
            for _ in range(10):
                page.keyboard.press("ArrowRight")
        must(page.input_value("[name=rate]") == "330", page.input_value("[name=rate]"))
        _, after = settled(page, "10")
        heard.value.json()
        near(after, simulated(haddad("330 ug/d")), "10 % more by the slider")
        page.wait_for_timeout(500)
        _, after = settled(page, "10")
        near(after, simulated(haddad("330 ug/d")), "10 % more, answered by the server")

        # Beyond the limits the pump refuses, and nothing is predicted.
        page.fill("[name=rate]", "2500")
        page.locator(PLACE).get_by_text("REFUSED").first.wait_for()
        must(not page.locator(f"{PLACE} .plot").first.is_visible(), "no picture of what the pump refuses")
        page.fill("[name=rate]", "9,1")
        page.locator(PLACE).get_by_text("NOT PREDICTED").wait_for()

        typed(page, "400")
        moves = sorted(page.evaluate(MOVES))
        say(f"slider: 20 moves, event to picture best {moves[0]:.0f} ms, median {statistics.median(moves):.0f} ms, "
            f"worst {moves[-1]:.0f} ms (aimed at: 100 ms)")
        typed(page, "400")
        axe(page, "the program page with a prediction")

        page.goto(f"{desk.address}/model")
        page.wait_for_selector("[data-model][data-band=yes]")
        first = float(page.get_attribute("[data-model]", "data-site"))
        page.evaluate("document.querySelector('[data-model]').dataset.band = 'no'")
        page.fill("[name=dose]", "800")
        page.wait_for_selector("[data-model][data-band=yes]")
        second = float(page.get_attribute("[data-model]", "data-site"))
        must(abs(second / first - 2) < 1e-6, f"twice the dose of the same flow is twice the level: {first}, {second}")
        must(page.locator("[data-model] svg").count() == 5, "five pictures")
        must(not faults, f"faults of scripts: {faults}")


main()
