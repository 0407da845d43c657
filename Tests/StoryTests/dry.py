"""A pump that runs dry: alarm, signs, score and work list, beside the patient model's own prediction.

Run by StoryTests; by hand: python3 Tests/StoryTests/dry.py PATH-OF-CISTERNA FOLDER
CISTERNA_STORY_PORTS=clinic,pumps,signers for other ports. Prints the hours between the empty reservoir and each;
ends with status 1 where what was told differs from the model by more than the time between two reports.
"""

import sys

sys.dont_write_bytecode = True

import calendar  # noqa: E402

from clinic import *  # noqa: E402,F403 - as story.py

NAME = "novak-petr"
HOUR = DAY // 24
HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "..", "..", "Examples", "clinic")
# The patients are looked at so often: signs are told with the first look after them, scores once a day.
REPORT = 6 * HOUR
# Time goes by in leaps of so much; after each the pump's account is written and the report taken.
LEAP, REST = 3 * HOUR, 1.8
GRADES = ["0", "1", "1+", "2", "3", "4"]


def entries(person, kind):
    return person.get(f"/api/v1/patients/{NAME}/record/{kind}")


def instant(text):
    """Of patients.json, ms."""
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%S")) * 1_000


def predicted(tip, rate, concentration, hours):
    """What `cisterna simulate` says: the effect by hours after the end, of that of the steady dose."""
    end = 14 * 24
    case = {"drug": "baclofen", "catheter": {"tip": tip, "deadVolume": 0}, "tEnd": end + hours,
            "pump": {"conc": [[0, concentration]], "base": [[0, rate / 24], [end, 0]]},
            "outEvery": 0.1, "windows": [[18, 30]], "sampleX": []}
    run = subprocess.run([PROGRAM, "simulate", "-", "--cells", "240"], input=json.dumps(case),
                         capture_output=True, text=True)
    must(run.returncode == 0, f"the model: {run.stderr}")
    told = json.loads(run.stdout)
    [levels] = [window["effectConc"] for window in told["window"]]
    usual = next(level for at, level in zip(told["t"], levels) if at >= end - 0.01)
    return [(at - end, level / usual) for at, level in zip(told["t"], levels) if at >= end - 0.01]


def change(curve, effect):
    """In tenths, on the straight lines of the rule."""
    points = [(point["percent"] / 100, point["change"]) for point in curve["points"]]
    for (low, first), (high, second) in zip(points, points[1:]):
        if effect <= high:
            return first + (effect - low) / (high - low) * (second - first)
    return points[-1][1]


def main():
    begun = time.time()
    patients = json.load(open(os.path.join(EXAMPLES, "patients.json")))
    rule = json.load(open(os.path.join(EXAMPLES, "response.json")))
    drug = next(drug for drug in rule["drugs"] if drug["drug"] == "baclofen")
    start = instant(patients["startAt"])
    clinic = Clinic()
    try:
        say(f"founded and open in {clinic.opened:.1f} s")
        ada = clinic.person("ada").sign_in()
        status = wait("the pump is heard", lambda: live(ada, NAME))["status"]
        left = nanolitres(status["reservoir"]) / nanolitres(status["rate"].removesuffix("/d"))
        say(f"{NAME}: {status['reservoir']} left at {status['rate']}: {left:.1f} d")
        end = now(ada) + left * DAY
        go(ada, left - 2)
        # By leaps towards the end, so that a slow machine does not run past it.
        while end - now(ada) > 3 * LEAP:
            leap(ada)
        alarms = {alarm["alarm"]: alarm for alarm in entries(ada, "alarms")}
        must(set(alarms) == {"reservoirLow"}, f"only the low mark yet: {alarms}")
        lines = {item["about"] for item in ada.get("/api/v1/today") if item["patient"] == NAME}
        must(any("ow" in line for line in lines), f"on the list: {lines}")
        # At the top speed a busy machine's pump takes doses down hours late, as if they had come in one
        # quarter of a day and none in the one before: what is told then is shown and counts for nothing.
        early = signs(ada)
        before = grades(ada)
        must(before and all(abs(grade - 3) <= 1 for _, grade in before), f"as in the papers: {before}")
        say(f"low: alarm and work list {sorted(lines)}; grades {[GRADES[grade] for _, grade in before]}; "
            f"told while time ran: {early}")
        dry(ada, start, drug, len(early))
        say(f"{time.time() - begun:.0f} s in all")
    finally:
        if clinic.process.poll() is None:
            clinic.end()


def signs(person):
    """(told at, what) of each sign of too little."""
    return [(entry["at"], entry["value"]["what"]) for entry in entries(person, "side-effects")]


def grades(person):
    """(taken at, place of the grade) of each simulated examination."""
    return [(entry["value"]["takenAt"], GRADES.index(entry["value"]["score"]["value"]))
            for entry in entries(person, "scores") if entry["by"].startswith("simulated-")]


def leap(person):
    """Lets some hours of therapy pass and rests until they are told; returns how many they were."""
    begun = now(person)
    speed(person, TOP)
    time.sleep(LEAP / 1_000 / TOP)
    speed(person, 1)
    time.sleep(REST)
    return now(person) - begun


def dry(ada, start, drug, early):
    longest = LEAP

    def until(words, found):
        nonlocal longest
        for _ in range(40):
            if told := found():
                return told
            longest = max(longest, leap(ada))
        raise AssertionError(f"{words}: not within 40 leaps")

    empty = until("the pump runs empty", lambda: next(
        (alarm for alarm in entries(ada, "alarms") if alarm["alarm"] == "reservoirEmpty"), None))
    at = empty["raisedAt"]
    heard = now(ada)
    listed = until("the work list has it", lambda: now(ada) if "reservoirEmpty" in {
        item["about"] for item in ada.get("/api/v1/today") if item["patient"] == NAME} else None)
    # Until the worst sign was told, and an examiner came when nothing is left of the effect.
    worst = drug["tooLittle"][-1]["what"]
    until("the signs", lambda: any(what.startswith(worst) for _, what in signs(ada)[early:]))
    until("an examiner", lambda: grades(ada)[-1][0] > at + 12 * HOUR)
    # C7 of the default adult.
    course = predicted(47, 0.25, 1_000, 96)
    say(f"{'':34}{'told':>8}{'model':>8}{'due':>8}   hours after the empty reservoir")
    say(f"{'alarm: reservoir empty':34}{hours(heard - at):8.1f}")
    say(f"{'work list: reservoirEmpty':34}{hours(listed - at):8.1f}")
    told = {what.removesuffix(" (simulated)"): moment for moment, what in signs(ada)[early:]}
    last = None
    for sign in drug["tooLittle"]:
        crossed = next(hour for hour, effect in course if effect < sign["percent"] / 100)
        due = first_report(start, at + crossed * HOUR)
        found = told.get(sign["what"])
        shown = "-" if found is None else f"{hours(found - at):.1f}"
        say(f"{sign['severity'] + ', below ' + str(sign['percent']) + ' %':34}{shown:>8}{crossed:8.1f}"
            f"{hours(due - at):8.1f}   {sign['what']}")
        # Where two bounds are passed between two reports only the worse is told.
        if found is None:
            later = [other for other in drug["tooLittle"] if other["percent"] < sign["percent"]]
            must(any(first_report(start, at + next(
                hour for hour, effect in course if effect < other["percent"] / 100) * HOUR) == due
                for other in later), f"{sign['what']} was never told")
            continue
        must(-REPORT <= found - due <= REPORT + longest,
             f"{sign['what']}: told {hours(found - due):.1f} h from the report that the model says")
        last = sign
    must(last is drug["tooLittle"][-1] and "withdrawal" in last["what"], f"withdrawal: {told}")
    taken, grade = grades(ada)[-1]
    effect = next(effect for hour, effect in course if hour * HOUR >= taken - at)
    curve = next(curve for curve in drug["curves"] if curve["scale"] == "modifiedAshworth")
    expected = min(3 + change(curve, effect) / 10, len(GRADES) - 1)
    say(f"{'modified Ashworth ' + GRADES[grade]:34}{hours(taken - at):8.1f}   the model's effect then "
        f"{100 * effect:.0f} %, by the rule {expected:.1f} of {len(GRADES) - 1} steps; before {GRADES[3]}")
    must(grade >= 4 and abs(grade - expected) <= 1, f"the score: {GRADES[grade]}, expected {expected:.1f}")
    state = live(ada, NAME)["status"]
    must("HALTED" in state["state"].upper() or nanolitres(state["reservoir"]) < 1_000, f"empty: {state}")


def first_report(start, moment):
    return start + -(-(moment - start) // REPORT) * REPORT


def hours(span):
    return span / HOUR


main()
