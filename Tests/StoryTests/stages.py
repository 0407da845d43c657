"""Patients at the stages of the pathway, led there by the API: what pages.py looks at."""

from clinic import DAY, act, now, version


def at(person, patient, name, /, **body):
    """An act of the pathway on the record as it is; what it asks is answered with yes."""
    return act(person, patient, f"pathway/{name}", {**body, "confirmed": True})


def enroll(person, given, family, born, record):
    _, told = person.write("/api/v1/patients/enroll", {
        "identity": {"givenName": given, "familyName": family, "born": born, "recordNumber": record,
                     "language": "en"}, "referredBy": "Dr. Nilsen", "confirmed": True})
    return told["patient"]


def evaluate(person, patient):
    day = today(person)
    at(person, patient, "diagnosis", condition="spinalCordInjury", code="G82.20", since="2020-04-01")
    at(person, patient, "history", text="Fell from a ladder in 2020; wheelchair since.")
    at(person, patient, "examination", text="Clonus at both ankles.")
    at(person, patient, "regimen", name="tizanidine", dose="4 mg 3 times a day", sideEffects="dry mouth")
    at(person, patient, "tried", what="baclofen by mouth", outcome="notTolerated", why="too sleepy at 60 mg a day")
    at(person, patient, "consent", scope="trial", isGiven=True, on=day)


def complete(person, patient):
    day, instant = today(person), now(person)
    evaluate(person, patient)
    names = ("activeInfection", "bleedingDisorder", "allergyToMaterial", "obstructedFluid", "depthOver25mm",
             "bodyTooSmall", "spinalAnomaly", "untreatedDependency", "psychosis", "strongFieldOrPressure")
    at(person, patient, "contraindications", **{name: {"holds": False} for name in names})
    at(person, patient, "goal", text="To sit for an hour.")
    at(person, patient, "expectations", summary="No cure; refills for as long as the pump lies.", on=day)
    for score in ({"scale": "modifiedAshworth", "value": "3", "muscle": "kneeFlexors"},
                  {"scale": "penn", "frequency": 3, "severity": 2}):
        act(person, patient, "scores", {"score": score, "takenAt": instant})
    at(person, patient, "decision", outcome="proceed", reasons="All has been tried.")


def begin_trial(person, patient):
    at(person, patient, "trial", method="repeatedInjections", drug="baclofen", rule="ashworth", falls="1",
       isInpatient=True)
    instant = now(person)
    at(person, patient, "trial-dose", dose="50 ug", volume="1 mL", givenAt=instant)
    at(person, patient, "trial-observation", takenAt=instant, breathsPerMinute=14, oxygenSaturation=97, sedation=0)


def prepare_implant(person, patient):
    at(person, patient, "trial-waiver", reason="Years of baclofen by a pump at another clinic.")
    at(person, patient, "consent", scope="implant", isGiven=True, on=today(person))
    at(person, patient, "check-consent", finding="good")
    at(person, patient, "check-anticoagulants", finding="good", note="takes none")
    at(person, patient, "check-site", finding="good",
       figures={"side": "left", "pocketSite": "abdomen", "depth": "1.5 cm"})
    at(person, patient, "check-antidote", finding="bad", note="no physostigmine in the theatre")


def busy(person, patient):
    """What stands beside a therapy: an alert, a complication, a scan, a taper, a visit, weaning."""
    instant, day = now(person), today(person)
    at(person, patient, "outcome", scale="phq9", value="9", item9=1, takenAt=instant)
    at(person, patient, "outcome", scale="oswestry", value="54", takenAt=instant)
    _, told = at(person, patient, "complication", kind="withdrawalSigns", signs="Itches, sweats, spasms.", since=instant)
    number = int(version(person, patient))
    at(person, patient, "complication-test", complication=number, test="vitals", answer="unstable", doneAt=instant,
       vitals={"pulse": 128, "temperatureTenths": 389}, note="hot and restless")
    at(person, patient, "scan", at=instant + DAY, reason="a knee", family="rotor", fieldMillitesla=1500)
    at(person, patient, "scan-step", scan=int(version(person, patient)), step="conditions", doneAt=instant, isGood=True)
    at(person, patient, "taper", other="tizanidine", **{"from": "12 mg/d"},
       steps=[{"on": day, "dose": "9 mg/d"}, {"on": today(person, 7), "dose": "7 mg/d"}])
    at(person, patient, "visit", kind="clinic", on=today(person, 7), purpose="gait")
    at(person, patient, "replacement", on=today(person, 60), because="endOfLife")


def today(person, later=0):
    import time
    return time.strftime("%Y-%m-%d", time.gmtime(now(person) / 1_000 + later * 86_400))


def everyone(person):
    """One at each stage before the therapy, and one with something of everything beside it: their ids."""
    found = {}
    for stage, family in (("evaluation", "Amsel"), ("trial", "Birke"), ("implant", "Cedar")):
        patient = found[stage] = enroll(person, "Mara", family, "1975-05-05", f"S-{stage}")
        if stage == "evaluation":
            evaluate(person, patient)
            continue
        complete(person, patient)
        (begin_trial if stage == "trial" else prepare_implant)(person, patient)
    busy(person, "jensen-ida")
    return found
