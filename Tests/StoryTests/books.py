"""The books of a patient, kept anew from sources that do not rest on each other.

The pump's own word, asked at its port without clinic and relay; the ledger's export; the clinic's API; and
the virtual pump's world, which no pump and no clinic sees. What is signed is checked with code that is
not the product's (receipts.py), so that a mistake of it would show.
"""

import base64
import hashlib
import json
import os
import subprocess
import time

from receipts import Receipt, must

STROKE = 250  # nL
DAY = 86_400_000

KINDS = {"applied": "orderApplied", "pending": "orderPending", "refused": "orderRefused",
         "superseded": "orderSuperseded", "cancelled": "orderCancelled"}


class Pump:
    """A pump as it is by its own word: asked directly, by somebody with a certified key."""

    def __init__(self, program, folder, patient):
        self.program, self.folder, self.patient = program, folder, patient
        self.contact = json.load(open(f"{folder}/pumps/{patient}.contact"))
        self.id, self.key = [bytes.fromhex(self.contact[name]) for name in ("pump_id", "signing_key")]

    def ask(self, *words):
        secret = f"{self.folder}/ada.pass"
        with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write("ada signs orders\n")
        asked = subprocess.run(
            [self.program, "link", *words, "--pump", f"{self.folder}/pumps/{self.patient}.contact",
             "--key", f"{self.folder}/keys/ada.key", "--certificate", f"{self.folder}/keys/ada.cert",
             "--passphrase-file", secret], capture_output=True, text=True)
        must(asked.returncode == 0, f"{self.patient}: link {words}: {asked.stderr}")
        return asked.stdout

    def status(self):
        told = json.loads(self.ask("status", "--json"))
        for name in ("demand_nl", "delivered_nl", "reservoir_nl", "rate_nl_per_d"):
            told[name.rsplit("_nl", 1)[0]] = told[name]["value"]
        told["time"] = told["delivered_nl"]["pump_time_ms"]
        return told

    def journal(self):
        entries = []
        for line in self.ask("journal").splitlines():
            number, when, kind, detail, value = [part for part in line.split("  ") if part][:5]
            days, clock = when.removeprefix("day ").split()
            hours, minutes, seconds = [int(part) for part in clock.split(":")]
            second = ((int(days) * 24 + hours) * 60 + minutes) * 60 + seconds
            entries.append((int(number), second, kind, int(detail), int(value)))
        return entries

    def world(self):
        """What no pump stores: what the syringe would draw, and what reached the body."""
        lines = dict(line.split(" ", 1) for line in open(f"{self.folder}/pumps/{self.patient}/world"))
        tip = 0
        for line in open(f"{self.folder}/pumps/{self.patient}/tip"):
            if line.startswith("quarter "):
                tip += int(line.split()[2])
        return {"syringe": int(lines["syringe_nL"]), "leaked": int(lines["leaked_nL"]), "tip": tip}

    def fault(self, line):
        """Has something happen to the pump now, and waits until it did: it looks once a second."""
        log = f"{self.folder}/logs/pump-{self.patient}.log"
        before = open(log).read().count("fault: ")
        with open(f"{self.folder}/pumps/{self.patient}.faults", "a") as file:
            file.write(json.dumps(line) + "\n")
        for _ in range(200):
            if open(log).read().count("fault: ") > before:
                return
            time.sleep(0.1)
        raise AssertionError(f"{self.patient}: {line} did not happen")


class Ledger:
    """An export of the live ledger, after it was verified as it is."""

    def __init__(self, program, folder):
        self.file = f"{folder}/ledger.sqlite"
        proof = subprocess.run([program, "ledger", "verify", self.file], capture_output=True, text=True)
        must(proof.returncode == 0, f"ledger verify: {proof.returncode} {proof.stdout}{proof.stderr}")
        told = subprocess.run([program, "ledger", "export", self.file], capture_output=True, text=True)
        must(told.returncode == 0, f"ledger export: {told.stderr}")
        lines = told.stdout.splitlines()
        must(json.loads(lines[0]) == {"cisternaLedger": 1}, "the first line of an export")
        self.events = [json.loads(line) for line in lines[1:-1]]
        self.proof = proof.stdout.strip().splitlines()[-1] if proof.stdout.strip() else ""
        heads = {}
        for place, event in enumerate(self.events):
            must(event["position"] == place + 1, f"position {event['position']} after {place}")
            before = heads.get(event["stream"], (0, "0" * 64))
            must((event["version"], event["previous"]) == (before[0] + 1, before[1]),
                 f"event {event['position']} follows the one before in its stream")
            heads[event["stream"]] = (event["version"], event["hash"])

    def of(self, patient, what):
        return [event["payload"] for event in self.events
                if event["stream"] == f"patient/{patient}" and event["what"] == what]


def nanolitres(text):
    number, unit = text.split()
    return round(float(number) * {"nL": 1, "uL": 1_000, "mL": 1_000_000}[unit])


def femtograms(text):
    number, unit = text.split()
    return round(float(number) * {"ng": 10**6, "ug": 10**9, "mg": 10**12}[unit])


def strength(fluid):
    """fg in each nL of the first drug of a fluid."""
    mass, volume = fluid["drugs"][0]["concentration"].split("/")
    return femtograms(mass) // nanolitres(f"1 {volume}")


class Program:
    """What a program asks for, from its own text: the clinic's figures are not asked."""

    def __init__(self, text, fluid):
        told = json.loads(text)
        basal = told["basal"]
        self.fluid = fluid
        steps = basal.get("steps") or [{"at": "00:00", "rate": basal["rate"]}]
        self.steps = []
        for step in steps:
            hours, minutes = step["at"].split(":")
            self.steps.append(((int(hours) * 60 + int(minutes)) * 60_000, self._rate(step["rate"])))
        self.safe = self._rate(told["safeRate"])
        self.bridge = told.get("bridge")
        self.dose = nanolitres(told["patientDose"]["volume"]) if "patientDose" in told else 0

    def _rate(self, rate):
        """nL in a day; each drug has its own strength."""
        name = None
        if isinstance(rate, dict):
            rate, name = rate["dose"], rate["of"]
        amount = rate.removesuffix("/d")
        if amount.endswith("L"):
            return nanolitres(amount)
        drug = next(drug for drug in self.fluid["drugs"] if name in (None, drug["name"]))
        return femtograms(amount) / strength({"drugs": [drug]})

    def basal(self, begin, end):
        """nL asked for between two instants of local time, ms."""
        asked = 0.0
        for day in range(begin // DAY, end // DAY + 1):
            for place, (at, rate) in enumerate(self.steps):
                until = self.steps[place + 1][0] if place + 1 < len(self.steps) else DAY
                low, high = max(begin, day * DAY + at), min(end, day * DAY + until)
                asked += max(0, high - low) * rate / DAY
        return asked

    def asked(self, begin, end):
        """As ``basal``, with the bridge first; `begin` is when it took effect."""
        if not self.bridge:
            return self.basal(begin, end)
        rate = nanolitres(self.bridge["rate"].removesuffix("/d"))
        done = min(end, begin + nanolitres(self.bridge["volume"]) * DAY / rate)
        return (done - begin) * rate / DAY + self.basal(int(done), end)


class Books:
    """What must balance, of one patient, at any step of the story."""

    checked = 0  # signatures, over all patients

    def __init__(self, program, folder, patient, path):
        """`path`: what lies between reservoir and tip, nL; it is full when the story begins."""
        self.pump = Pump(program, folder, patient)
        self.patient, self.path, self.program, self.folder = patient, path, program, folder
        self.seen = {}  # receipts, by their bytes: a signature is checked once
        self.lost = 0  # nL that were asked for and not given, as a stall does
        self.unpowered = False  # what was asked for is not known while it had no power
        self.off = False  # the catheter was off: less reached the body than left the pump

    def balance(self, api, ledger=None):
        """Recomputes all of it, and ends the story where two sources differ.

        `api`: the clinic's newest word of the pump (its /live).
        """
        ledger = ledger or Ledger(self.program, self.folder)
        status, journal, world = self.pump.status(), self.pump.journal(), self.pump.world()
        receipts = self._receipts(ledger, journal)
        self._reservoir(ledger, receipts, status, world)
        self._asked(ledger, receipts, journal, status)
        self._days(ledger, journal)
        self._api(api["status"], status)
        return status

    def _receipts(self, ledger, journal):
        """Each receipt of the record: signed by the pump, of the very order, and in the pump's journal."""
        drafts = {event["body"]["order"]: event["body"]
                  for event in ledger.of(self.patient, "orderDrafted")}
        [link] = ledger.of(self.patient, "pumpLinked")
        must(bytes.fromhex(link["body"]["receiptKey"]) == self.pump.key, "the key of the bedside")
        found = []
        for event in ledger.of(self.patient, "orderAnswered"):
            answer = event["body"]
            if answer["receipt"] not in self.seen:
                self.seen[answer["receipt"]] = Receipt(
                    base64.b64decode(answer["receipt"]), self.pump.id, self.pump.key)
                Books.checked += 1
            receipt, draft = self.seen[answer["receipt"]], drafts[answer["order"]]
            signed = base64.b64decode(draft["bytes"])
            # Whoever signed stands behind the fields: a draft has the count of its signatures last, 0.
            must(hashlib.sha256(signed[:-1]).hexdigest() == receipt.order == answer["order"],
                 f"{self.patient}: the receipt is of the order that was drafted")
            must(receipt.outcome == answer["outcome"] and receipt.time == answer["pumpMilliseconds"]
                 and receipt.sequence == draft["sequence"], f"{self.patient}: receipt and record")
            kind = KINDS[receipt.outcome]
            must(any(entry[2] == kind and entry[4] == receipt.sequence
                     and entry[1] == receipt.time // 1_000 for entry in journal),
                 f"{self.patient}: {kind} {receipt.sequence} at {receipt.time} ms in the journal")
            found.append((receipt, draft))
        return found

    def _fills(self, ledger, receipts):
        """(pump time, nL, fluid) of each fill: from the record, by the pump's receipts."""
        first = ledger.of(self.patient, "fillRecorded")[0]["body"]
        fills = [(0, nanolitres(first["volume"]), first["fluid"])]
        for receipt, draft in receipts:
            if receipt.outcome == "applied" and draft.get("fillVolume"):
                fills.append((receipt.time, nanolitres(draft["fillVolume"]), draft["fluid"]))
        return fills

    def _reservoir(self, ledger, receipts, status, world):
        """The last fill is in the reservoir or was delivered; what left the tip is of the right fluid."""
        fills = self._fills(ledger, receipts)
        heard = [event["body"] for event in ledger.of(self.patient, "statusHeard")]
        given, begun = 0, []  # delivered when each fill was made
        for number, (at, volume, fluid) in enumerate(fills):
            if number == len(fills) - 1:
                given = status["delivered"] - (volume - status["reservoir"])
            else:
                after = next(word for word in heard if word["pumpMilliseconds"] > at)
                given = nanolitres(after["delivered"]) - (volume - nanolitres(after["reservoir"]))
            least = max([nanolitres(word["delivered"]) for word in heard
                         if word["pumpMilliseconds"] <= at], default=0)
            most = min([nanolitres(word["delivered"]) for word in heard
                        if word["pumpMilliseconds"] > at], default=status["delivered"])
            must(least <= given <= most if number else given == 0,
                 f"{self.patient}: fill {number} of {volume} nL when {given} nL were delivered, "
                 f"by the statuses {least} to {most}")
            begun.append((given, strength(fluid)))
        # The world is written down once a second, the status is of now.
        for _ in range(20):
            moved = world["syringe"] - max(0, status["reservoir"] - world["leaked"])
            if 0 <= moved <= 4 * STROKE:
                break
            time.sleep(0.1)
            world = self.pump.world()
        must(0 <= moved <= 4 * STROKE, f"{self.patient}: world {world}, pump {status['reservoir']} nL")
        # A fluid leaves the tip once the one before is out of the path.
        mass = 0
        for number, (given, grams) in enumerate(begun):
            low = 0 if number == 0 else given + self.path
            high = begun[number + 1][0] + self.path if number + 1 < len(begun) else status["delivered"]
            mass += grams * max(0, min(high, status["delivered"]) - low)
        told = next(iter(status["at_tip_fg"].values())) if len(status["at_tip_fg"]) == 1 else None
        if told is not None:
            slack = STROKE * len(begun) * max(grams for _, grams in begun)
            must(abs(told - mass) <= slack,
                 f"{self.patient}: {told} fg at the tip by the pump, {mass} fg by the fills")
            # The world may be as far behind as its syringe was allowed to be.
            late = slack + 4 * STROKE * max(grams for _, grams in begun)
            must(world["tip"] <= told and (self.off or told - world["tip"] <= late),
                 f"{self.patient}: {world['tip']} fg reached the body, {told} fg left the tip")

    def _asked(self, ledger, receipts, journal, status):
        """What the orders asked for is what the pump says it was asked for, and what it gave."""
        must(abs(status["demand"] - status["delivered"] - self.lost) <= STROKE,
             f"{self.patient}: asked {status['demand']} nL, delivered {status['delivered']} nL, "
             f"lost {self.lost} nL")
        if self.unpowered:
            return
        start = status["local_ms"]["value"] - status["time"]
        fluid = ledger.of(self.patient, "fillRecorded")[0]["body"]["fluid"]
        first = ledger.of(self.patient, "programRecorded")[0]["body"]["program"]
        programs = [(0, Program(first, fluid))]
        for receipt, draft in receipts:
            fluid = draft.get("fluid") or fluid
            if receipt.outcome == "applied" and draft.get("program"):
                # The journal says when: a pending one takes effect later than its receipt was made.
                programs.append((receipt.time, Program(draft["program"], fluid)))
        asked, upsets = 0.0, self._upsets(journal, status["time"])
        for place, (time, program) in enumerate(programs):
            end = programs[place + 1][0] if place + 1 < len(programs) else status["time"]
            asked += program.asked(start + time, start + end)
            for begin, over, isHalted in upsets:
                low, high = max(time, begin), min(end, over)
                if low < high:
                    asked -= program.basal(start + low, start + high)
                    asked += 0 if isHalted else program.safe * (high - low) / DAY
            seconds = (time / 1_000, end / 1_000)
            granted = [entry for entry in journal if entry[2] == "patientDoseAccepted"
                       and seconds[0] <= entry[1] < seconds[1]]
            asked += program.dose * len(granted)
        days = status["time"] / DAY
        # A rate is rounded to the nL/d, and a journal tells seconds.
        slack = STROKE + 2 * days + 10 * len(upsets)
        must(abs(asked - status["demand"]) <= slack,
             f"{self.patient}: ordered {asked:.0f} nL, the pump's demand {status['demand']} nL")

    @staticmethod
    def _upsets(journal, now):
        """When it stood, or went at its safe rate, by its own journal: from, until (ms), whether it stood."""
        upsets, since, halted, reasons = [], 0, False, set()
        for _, second, kind, detail, _ in journal + [(0, now / 1_000, "now", 0, 0)]:
            if (halted or reasons) and second * 1_000 > since:
                upsets.append((since, second * 1_000, halted))
            since = second * 1_000
            halted = kind == "halted" or (halted and kind != "resumed")
            reasons |= {detail} if kind == "safeRateEntered" else set()
            reasons -= {detail} if kind == "safeRateLeft" else set()
        return upsets

    def _days(self, ledger, journal):
        """The record's daily totals are the pump's own midnights."""
        midnights = [entry[4] for entry in journal if entry[2] == "dailyVolume"]
        total = 0
        for number, event in enumerate(ledger.of(self.patient, "dailyTotal")):
            total += nanolitres(event["body"]["delivered"])
            must(number < len(midnights) and total == midnights[number],
                 f"{self.patient}: day {number}: {total} nL in the record, journal {midnights}")

    def _api(self, shown, status):
        """What the clinic shows is the pump's word, not newer and not long ago."""
        passed = status["time"] - shown["pumpMilliseconds"]
        must(0 <= passed < DAY, f"{self.patient}: the API's word is {passed} ms old")
        for name in ("delivered", "demand"):
            moved = status[name] - nanolitres(shown[name])
            must(0 <= moved <= passed * 2_000_000 / DAY + 60_000, f"{self.patient}: {name} {moved} nL")
        gone = nanolitres(shown["reservoir"]) - status["reservoir"]
        must(gone == status["delivered"] - nanolitres(shown["delivered"]), f"{self.patient}: API")
