"""The clinic's story over its real processes: server, relay, signers and virtual pumps.

Run by StoryTests; by hand: python3 Tests/StoryTests/story.py PATH-OF-CISTERNA FOLDER
CISTERNA_STORY_PORTS=clinic,pumps,signers for other ports. Every step prints what it saw; the first thing that
is not as it must be ends it with status 1.
"""

import sys

sys.dont_write_bytecode = True

from books import *  # noqa: E402,F403 - the story speaks its two other files' words
from clinic import *  # noqa: E402,F403

# What lies between reservoir and tip of the linked pumps, nL (Examples/clinic/patients.json).
PATHS = {"bauer-lena": 316_000, "okafor-daniel": 316_000, "lind-karin": 294_000, "haddad-omar": 338_000,
         "sato-emi": 316_000, "novak-petr": 140_000, "moreau-claire": 305_000, "reyes-marisol": 272_000}


def today(person, name):
    return {item["about"] for item in person.get("/api/v1/today") if item["patient"] == name}


def side_effects(person, name):
    return [entry["value"]["what"] for entry in
            person.get(f"/api/v1/patients/{name}/record/side-effects")]


def scores(person, name, scale):
    """The simulated ones, in the order in which they were taken."""
    return [entry["value"]["score"] for entry in
            person.get(f"/api/v1/patients/{name}/record/scores")
            if entry["by"].startswith("simulated-") and entry["value"]["score"]["scale"] == scale]


class Story:
    def __init__(self, clinic):
        self.clinic = clinic
        say(f"founded and open in {clinic.opened:.1f} s")
        self.ada, self.ben, self.noor = [
            clinic.person(name).sign_in() for name in ("ada", "ben", "noor")]
        self.books = {name: Books(PROGRAM, FOLDER, name, path) for name, path in PATHS.items()}
        self.begun = now(self.ada)

    def balance(self, *names):
        """The books of these patients: ledger, receipts, journal, pump, world and API agree."""
        ledger = Ledger(PROGRAM, FOLDER)
        for name in names:
            self.books[name].balance(live(self.ada, name), ledger)
        return f"{len(ledger.events)} events, the books balance"

    def adopted(self):
        people = self.ada.get("/api/v1/patients")
        must(len(people) == 18, f"18 patients: {len(people)}")
        linked = {person["patient"] for person in people if person["isLinked"]}
        must(linked == set(PATHS), f"8 linked pumps: {linked}")
        for name in linked:
            wait(f"the pump of {name} is heard", lambda: live(self.ada, name), 60)
        say(f"18 patients, 12 of them adopted, {len(linked)} pumps heard; {self.balance(*PATHS)}")

    def programs(self):
        """One signature takes away, two add, and nobody adds more than the envelope holds."""
        ada, name = self.ada, "haddad-omar"
        less = {"do": "program", "program": haddad("391 ug/d")}
        hash, word = order(ada, name, less, "remote", "a step down")
        must(word == "applied", f"five percent less by one signature: {word}")
        must(wait("the pump says the new rate",
                  lambda: live(ada, name)["status"]["rate"] == "0.1955 mL/d"), "the rate")
        say(f"a step down from a distance: applied, and the pump says so; {self.balance(name)}")
        # The program of the implant was an increase too, and a day must lie between two.
        go(ada, 1.05)
        hash, word = order(ada, name, {"do": "program", "program": haddad("405 ug/d")}, "remote",
                           "a step up", others=(self.ben,))
        must(word == "pending", f"an increase by two signatures waits: {word}")
        go(ada, 0.05)
        word = standing(ada, name, hash, ("pending", "toSign", "signed", "queued", "sent", "unknown"))
        must(word == "applied", f"after its delay: {word}")
        say("a step up from a distance: pending for its delay, then applied")
        # So much that the signers have each person type how much it gives.
        much = {"do": "program", "program": haddad("600 ug/d")}
        hash, word = order(ada, name, much, "remote", "far more", others=(self.ben,), figure="600 ug")
        must(word == "refused", f"far more than the envelope: {word}")
        say(f"far more from a distance: refused by the pump; {self.balance(name)}")

    def low(self):
        go(self.ada, 3)
        told = self.balance(*PATHS)
        wait("the low reservoir is on the list",
             lambda: any("ow" in about for about in today(self.ada, "sato-emi")), 30)
        must(any(alarm["alarm"] == "reservoirLow" for alarm in
                 self.ada.get("/api/v1/patients/sato-emi/record/alarms")), "the alarm is kept")
        say(f"a low reservoir: told by the pump, on the list of today; {told}")

    def doses(self):
        """The patient's own controller asks their pump; the clinic has no part in it."""
        name, secret = "okafor-daniel", f"{FOLDER}/okafor.pass"
        with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"{name} controller\n")
        asked = [subprocess.run(
            [PROGRAM, "link", "dose", "--role", "patient", "--pump", f"{FOLDER}/pumps/{name}.contact",
             "--key", f"{FOLDER}/keys/{name}.key", "--passphrase-file", secret],
            capture_output=True, text=True) for _ in range(2)]
        must(asked[0].returncode == 0, f"a patient's dose: {asked[0].returncode} {asked[0].stderr}")
        must(asked[1].returncode == 11, f"the next one, within the lockout: {asked[1].returncode}")
        go(self.ada, 0.02, 600)

        def both():
            told = self.ada.get(f"/api/v1/patients/{name}/record/doses")
            return told if len(told) >= 2 else None

        wait("both requests are in the record", both, 30)
        say(f"two doses asked for: one given, one refused ({asked[1].stderr.strip()[:70]}); both "
            f"recorded; {self.balance(name)}")

    def same(self):
        """Filled as before: what the syringe draws is what the pump expects."""
        name = "sato-emi"
        fluid = {"drugs": [{"name": "hydromorphone", "concentration": "1.2 mg/mL"}]}
        sato = {"id": name, "name": "Emi Sato", "born": "1969-04-17", "serial": "CV-0005"}
        refill(self.noor, self.ada, sato, fluid, "20 mL", "HM-8002", [self.drawn(name)])
        [past] = self.ada.get(f"/api/v1/patients/{name}/record/refills")
        must(past["finding"] == "withinSpecification", f"nothing is missing: {past}")
        say("a guided refill by two people: the label twice, the order by the near port, read back; "
            f"{self.balance(name)}")

    def drawn(self, name):
        """What the syringe draws, as the world has it: to the 0.01 mL that a syringe shows."""
        time.sleep(1.2)  # The world is written down once a second.
        return f"{self.books[name].pump.world()['syringe'] / 1_000_000:.2f} mL"

    def changed(self):
        """Another strength: the catheter still holds the old one, so a bridge brings it out first."""
        name = "moreau-claire"
        moreau = {"id": name, "name": "Claire Moreau", "born": "1955-08-08", "serial": "CV-0007"}
        fluid = {"drugs": [{"name": "morphine", "concentration": "20 mg/mL"}]}
        program = {
            "basal": {"mode": "constant", "rate": "1.4 mg/d"},
            "bridge": {"rate": "0.14 mL/d", "volume": "0.305 mL"},
            "limits": {"maxRate": "0.5 mL/d", "maxVolumePer24h": "0.3 mL",
                       "maxDosePer24h": {"morphine": "3 mg"}},
            "safeRate": "0.05 mL/d", "restartGap": "24 h", "lowReservoir": "4 mL"}
        before = self.books[name].pump.status()
        refill(self.noor, self.ada, moreau, fluid, "18 mL", "MOR-4401", [self.drawn(name)],
               program=program, figure="1.4 mg")
        told = self.balance(name)
        bridging = self.books[name].pump.status()
        must((bridging["state"], bridging["rate"]) == ("bridging", 140_000), f"the bridge: {bridging}")
        say(f"filled with twice the strength: the bridge runs at 0.14 mL/d, {told}")
        go(self.ada, 1)
        half = self.books[name].pump.status()
        # A day of the bridge gives the old drug at the old dose: 1.4 mg, though 20 mg/mL are in the pump.
        mass = self.tip(half) - self.tip(before)
        volume = half["delivered"] - before["delivered"]
        must(half["state"] == "bridging" and abs(mass - volume * 10**7) <= 2 * STROKE * 10**7,
             f"old drug first: {mass} fg in {volume} nL")
        self.balance(name)
        go(self.ada, 2)
        after = self.books[name].pump.status()
        must((after["state"], after["rate"]) == ("running", 70_000), f"after the bridge: {after}")
        say(f"the bridge gave {mass / 10**12:.2f} mg in its first day, as before; then 0.07 mL/d; "
            f"{self.balance(name)}")

    @staticmethod
    def tip(status):
        [mass] = status["at_tip_fg"].values()
        return mass

    def leak(self):
        """A leak that no pump sees: the syringe at the refill is what finds it."""
        name, books = "haddad-omar", self.books["haddad-omar"]
        books.pump.fault({"at": "now", "fault": "leak", "volume": "2.6 mL"})
        go(self.ada, 0.5)
        wait("the leak", lambda: books.pump.world()["leaked"] == 2_600_000, 10)
        alarms = self.ada.get(f"/api/v1/patients/{name}/record/alarms")
        must(not alarms and "investigate" not in today(self.ada, name), f"nobody sees it: {alarms}")
        expected, drawn = live(self.ada, name)["status"]["reservoir"], self.drawn(name)
        haddad_omar = {"id": name, "name": "Omar Haddad", "born": "1983-09-09", "serial": "CV-0004"}
        fluid = {"drugs": [{"name": "baclofen", "concentration": "2000 ug/mL"}]}
        refill(self.noor, self.ada, haddad_omar, fluid, "38 mL", "BCL-2500", [drawn, drawn], expected)
        [past] = self.ada.get(f"/api/v1/patients/{name}/record/refills")
        must(past["finding"] == "investigate", f"the finding: {past}")
        missing = nanolitres(past["expected"]) - nanolitres(past["aspirated"])
        must(abs(missing - 2_600_000) <= 10_000, f"{missing} nL are missing")
        wait("the discrepancy is on the list", lambda: "investigate" in today(self.ada, name), 30)
        status, _, page = self.ada.ask("GET", f"/patients/{name}")
        must(status == 200 and b"Aspirated against expected" in page, "the series on the patient's page")
        say(f"a leak: expected {past['expected']}, drawn {past['aspirated']}; two draws, accounted for, "
            f"on the list and in the series; {self.balance(name)}")

    def stall(self):
        """The motor stands for two days: alarm, list, page, and symptoms that come back."""
        name, books = "bauer-lena", self.books["bauer-lena"]
        books.pump.fault({"at": "now", "fault": "stall", "for": "48 h"})
        go(self.ada, 1)
        must("motorStall" in today(self.ada, name), f"on the list: {today(self.ada, name)}")
        status, _, page = self.ada.ask("GET", "/alarms")
        must(status == 200 and b"Motor stall" in page and b"bauer-lena" in page, "the alarms' page")
        stalled = books.pump.status()
        must("HALTED: motor stalled" in stalled["state"], f"halted: {stalled}")
        go(self.ada, 2)
        back = books.pump.status()
        must(back["state"] == "SAFE RATE: therapy gap", f"after a day without drug: {back}")
        books.lost = back["demand"] - back["delivered"]
        # The strokes that did not come before it halted, less the trial that moved.
        must(0 < books.lost <= 3 * STROKE, f"lost {books.lost} nL")
        told = self.withdrawal(name)
        must(max(score["frequency"] for score in scores(self.ada, name, "penn")) >= 3, "spasms")
        safe = self.balance(name)
        # Whoever has had no drug for so long is not begun where they were.
        program = {**haddad("200 ug/d"), "safeRate": "100 ug/d"}
        hash, word = order(self.ada, name, {"do": "program", "program": program}, "bedside", "restart",
                           figure="200 ug")
        must(word == "applied", f"a program at the bedside: {word}")
        wait("the pump runs again", lambda: books.pump.status()["state"] == "running", 30)
        say(f"a stall of two days: alarm on the list and the page, no delivery, then the safe rate ({safe}); "
            f"the patient told \"{told}\"; begun again lower by an order; {self.balance(name)}")

    def withdrawal(self, name):
        """What the patient told of it; a report comes some seconds after its day."""
        return wait(f"withdrawal of {name}", lambda: next(
            (what for what in side_effects(self.ada, name) if "withdrawal" in what), None), 30)

    def disconnected(self):
        """A catheter that is off: all books balance, nothing alarms, and only the patient tells."""
        name = "reyes-marisol"
        before = self.books[name].pump.world()["tip"]
        self.books[name].pump.fault({"at": "now", "fault": "catheterOff", "for": "4 d"})
        go(self.ada, 4.2)
        self.books[name].off = True
        told = self.balance(name)
        must(not [about for about in today(self.ada, name) if "eservoir" in about or "otor" in about],
             f"no alarm: {today(self.ada, name)}")
        came = self.books[name].pump.world()["tip"] - before
        given = 4 * 274 * 10**9
        must(came < given // 4, f"{came} fg reached the body, of {given}")
        self.withdrawal(name)
        say(f"a catheter that is off: no alarm, {told}, and only the patient tells of withdrawal")

    def month(self):
        """The rest of 30 days; a pump runs dry, which its patient feels."""
        left = 30 - (now(self.ada) - self.begun) / DAY
        must(left > 5, f"{left:.1f} d are left of 30")
        go(self.ada, left)
        days = (now(self.ada) - self.begun) / DAY
        told = self.balance(*PATHS)
        dry = self.books["novak-petr"].pump.status()
        must("HALTED" in dry["state"] and dry["reservoir"] < 1_000, f"run dry: {dry}")
        must("reservoirEmpty" in today(self.ada, "novak-petr"), "on the list")
        self.withdrawal("novak-petr")
        # The first is told after half a day, and each in its own day.
        steady = wait("a report a day", lambda: told if len(
            told := scores(self.ada, "lind-karin", "nrs")) >= 29 else None, 30)
        must(all(abs(score["value"] - 6) <= 1 for score in steady),
             f"a steady dose keeps a steady score: {[score['value'] for score in steady]}")
        must(not side_effects(self.ada, "lind-karin"), "and no side effects")
        say(f"{days:.1f} days: one pump ran dry, and its patient told it; the steady one's score kept "
            f"steady on {len(steady)} days; {told}")

    def silent(self):
        # The pump alone: relay and signers have its name among their words too.
        found = subprocess.run(["pgrep", "-f", f"pump serve --data {FOLDER}/pumps/reyes-marisol "],
                               capture_output=True, text=True).stdout.split()
        must(len(found) == 1, f"the one pump: {found}")
        os.kill(int(found[0]), signal.SIGKILL)
        go(self.ada, 1.2, silent=["reyes-marisol"])
        wait("a pump that says nothing is on the list",
             lambda: any("ilen" in about for about in today(self.ada, "reyes-marisol")), 30)
        others = [name for name in PATHS if name != "reyes-marisol" and
                  any("ilen" in about for about in today(self.ada, name))]
        must(not others, f"and no other is: {others}")
        self.books["reyes-marisol"].unpowered = True
        say("a pump that was killed: silent for a day, on the list of today, and no other is")

    def again(self):
        """Ended and started: every pump is heard, and the books are what they were."""
        before = now(self.ada)
        self.clinic.end()
        say("ended; nothing left running")
        self.clinic = Clinic()
        self.ada = self.clinic.person("ada").sign_in()
        after = now(self.ada)
        must(0 <= after - before < 60_000, f"time goes on where it was: {after - before} ms")
        for name in PATHS:
            wait(f"the pump of {name} is heard again", lambda: live(self.ada, name), 60)
        say(f"opened again in {self.clinic.opened:.1f} s, where it was; every pump is heard; "
            f"{self.balance(*PATHS)}")


def haddad(rate):
    return {"basal": {"mode": "constant", "rate": rate},
            "limits": {"maxRate": "1 mL/d", "maxVolumePer24h": "0.5 mL",
                       "maxDosePer24h": {"baclofen": "700 ug"}},
            "safeRate": "150 ug/d", "restartGap": "24 h", "lowReservoir": "4 mL"}


def main():
    story, begun = Story(Clinic()), time.time()
    try:
        for part in (story.adopted, story.programs, story.low, story.doses, story.same, story.changed,
                     story.leak, story.stall, story.disconnected, story.month, story.silent, story.again):
            part()
        say(f"{Books.checked} receipts checked with the pumps' keys; {time.time() - begun:.0f} s in all")
    finally:
        if story.clinic.process.poll() is None:
            story.clinic.end()


main()
