"""The clinic's server killed with SIGKILL at random instants, with orders in flight.

Run by ServerCrashTests and by `make kill-server`; by hand:
python3 Tests/ServerCrashTests/crash.py PATH-OF-CISTERNA PATH-OF-SERVER-VICTIM FOLDER KILLS SEED [LOST-WRITES.so]

With the library of Tests/LostWrites each kill is a power cut: what was not synced is thrown away.
After each: every write that was acknowledged is there and none is there twice, each act stands with its
entry in the audit, the chain verifies, and no order is said to be done where the pump itself, asked
without the clinic, does not say so. The first thing that is not as it must be ends it with status 1.
"""

import json
import random
import signal
import sys
import threading
import time
import traceback
from collections import Counter

from clinic import House, Wrong, must, say
from power import PowerCut

PROGRAM, VICTIM, FOLDER, KILLS, SEED = sys.argv[1:4] + [int(word) for word in sys.argv[4:6]]
SHIM = sys.argv[6] if len(sys.argv) > 6 else None
PORT, PUMPS, SIGNERS = (int(word) for word in (sys.argv[7:10] or (17500, 17560, 17510)))
ENDED = {"applied", "refused", "superseded", "cancelled"}


class Act:
    """A write that a client asked for: what was sent, and what was answered."""

    def __init__(self, person, path, body, key, version):
        self.person, self.path, self.body, self.key, self.version = person, path, body, key, version
        self.answer = None
        self.is_gone = False

    def send(self, people):
        status, _, content = people[self.person].post(self.path, self.body, self.key, self.version)
        if status == 200:
            told = json.loads(content)
            if not told["wasThere"] and not self.answer:
                self.is_gone = False
            if self.answer:
                must(told["events"] == self.answer["events"],
                     f"{self.key} again gives {told['events']}, was {self.answer['events']}")
            self.answer = told
        elif status is not None and status < 500 and status != 401:
            must(not self.answer, f"{self.key} was done, and is refused when repeated: {status} {content[:300]}")
            self.is_gone = True
        return status, content


class Clients:
    """Everyone who works with the clinic: one at each pump, and one who only writes notes."""

    def __init__(self, house, seed):
        self.house, self.seed = house, seed
        self.lock = threading.Lock()
        self.acts, self.signed, self.count = [], [], 0
        self.people, self.is_over = {}, threading.Event()
        self.faults, self.refused = [], Counter()
        self.programs = {event["stream"].removeprefix("patient/"): json.loads(event["payload"])["body"]["program"]
                         for event in house.events() if event["what"] == "programRecorded"}

    def key(self):
        with self.lock:
            self.count += 1
            return f"crash-{self.seed}-{self.count}"

    def act(self, person, path, body, version=None):
        act = Act(person, path, body, self.key(), version)
        with self.lock:
            self.acts.append(act)
        status, content = act.send(self.people)
        if status is not None and status != 200:
            self.refused[json.loads(content)["error"]["code"] if content[:1] == b"{" else status] += 1
        return act if status == 200 else None

    def version(self, patient):
        status, headers, _ = self.people["ada"].ask("GET", f"/api/v1/patients/{patient}")
        return headers["etag"].strip('"').removeprefix('W/"') if status == 200 else None

    def sign_in(self):
        self.people = {name: self.house.person(name) for name in ("ada", "ben", "noor")}
        for person in (self.people["ada"], self.people["noor"]):
            status, content = person.sign_in()
            must(status in (200, 201), f"signing in: {status} {content[:300]}")

    def begin(self, generator):
        """Everyone begins to work; those whose last write had no answer repeat it first."""
        self.is_over.clear()
        with self.lock:
            open_acts = [act for act in self.acts if not act.answer and not act.is_gone]
            done = [act for act in self.acts if act.answer]
        again = open_acts + generator.sample(done, min(5, len(done)))
        self.threads = [self.thread(self.repeat, again)]
        for patient in self.house.pumps:
            self.threads.append(self.thread(self.treat, patient, generator.getrandbits(64)))
        self.threads.append(self.thread(self.write, generator.getrandbits(64)))

    def thread(self, body, *arguments):
        def run():
            try:
                body(*arguments)
            except Wrong as wrong:
                self.faults.append(str(wrong))
            except Exception as error:
                self.faults.append("".join(traceback.format_exception(error)[-2:]))
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def end(self):
        self.is_over.set()
        for thread in self.threads:
            thread.join(30)
        must(not self.faults, self.faults[:1] and self.faults[0])

    def repeat(self, acts):
        for act in acts:
            if self.is_over.is_set():
                return
            act.send(self.people)

    def write(self, seed):
        generator = random.Random(seed)
        names = sorted(self.house.pumps)
        while not self.is_over.is_set():
            name = generator.choice(names)
            key = f"note of {self.seed}-{self.count}-{generator.getrandbits(40)}"
            self.act("noor", f"/api/v1/patients/{name}/notes", {"text": key})
            time.sleep(0.02)

    ORDERS = [
        # Of ten: what is ordered, by which way, by whose signatures.
        (2.5, {"do": "suspend", "for": "2 min"}, "bedside", ["noor"]),
        (2.0, {"do": "resume"}, "bedside", ["ada"]),
        (0.7, {"do": "safeRate"}, "remote", ["ada"]),
        (0.3, {"do": "suspend", "for": "10 min"}, "remote", ["noor"]),
        (1.5, {"do": "program", "factors": [0.92]}, "bedside", ["ada"]),
        (1.0, {"do": "program", "factors": [0.93, 0.7]}, "remote", ["ada"]),
        (2.0, {"do": "program", "factors": [0.97, 0.98, 0.99, 1.3]}, "remote", ["ada", "ben"]),
    ]

    def treat(self, patient, seed):
        """Orders one after the other for one pump, each as far as the server lives."""
        generator = random.Random(seed)
        path = f"/api/v1/patients/{patient}"
        while not self.is_over.is_set():
            status, _, told = self.people["ada"].get(path + "/live")
            if status != 200 or not (told or {}).get("status"):
                # Not heard since the start; nothing can be drafted yet.
                time.sleep(0.1)
                continue
            [(_, draft, way, signers)] = generator.choices(self.ORDERS, [order[0] for order in self.ORDERS])
            if draft["do"] == "program":
                draft = self.program(patient, generator.choice(draft["factors"]))
                if draft is None:
                    time.sleep(0.2)
                    continue
            reason = f"{self.seed}-{generator.getrandbits(60)}"
            version = self.version(patient)
            if version is None:
                return
            made = self.act("ada", path + "/orders", {
                "order": draft, "way": way, "reason": reason, "confirmed": True}, version)
            if not made:
                time.sleep(0.1)
                continue
            status, _, lives = self.people["ada"].get(path + "/record/orders")
            if status != 200:
                return
            [hash] = [life["draft"]["order"] for life in lives if life["draft"]["reason"] == reason]
            if generator.random() < 0.08:
                self.act("ada", f"{path}/orders/{hash}/withdraw", {"reason": "not wanted"})
                continue
            self.sign(path, hash, signers, generator)
            self.wait(path, hash, generator)

    def program(self, patient, factor):
        """The program of the founding with another rate; nothing where it has not the one rate."""
        program = json.loads(self.programs.get(patient, "{}"))
        basal = program.get("basal", {})
        if basal.get("mode") != "constant" or not isinstance(basal["rate"], str):
            return None
        number, unit = basal["rate"].split(" ")
        basal["rate"] = f"{float(number) * factor:.4g} {unit}"
        return {"do": "program", "program": program}

    def sign(self, path, hash, signers, generator):
        for name in signers:
            if generator.random() < 0.05:
                return
            status, _, shown = self.people["ada"].get(f"{path}/orders/{hash}")
            if status != 200:
                return
            signed = self.people[name].sign(shown)
            if not signed:
                self.refused[f"not signed: {self.people[name].told.get('said', '')[:60]}"] += 1
                return
            status, _, content = self.people[name].bring(signed)
            if status == 303:
                with self.lock:
                    self.signed.append((hash, name))

    def wait(self, path, hash, generator):
        end = time.time() + generator.uniform(1, 8)
        while time.time() < end and not self.is_over.is_set():
            status, _, shown = self.people["ada"].get(f"{path}/orders/{hash}")
            if status != 200 or shown["standing"] in ENDED | {"pending", "drafted", "signed", "lapsed"}:
                return
            time.sleep(0.15)


class Truth:
    """What the pumps themselves say, asked without the clinic."""

    def __init__(self, house):
        self.house, self.next = house, {name: 0 for name in house.pumps}
        self.done = {name: [] for name in house.pumps}

    def hear(self):
        threads = [threading.Thread(target=self.journal, args=(name,)) for name in self.next]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def journal(self, name):
        for _ in range(20):
            told = self.house.link("journal", name, "--near", "--from", str(self.next[name]))
            if told.returncode == 0:
                break
            time.sleep(0.3)
        else:
            raise Wrong(f"the pump of {name} does not tell its journal: {told.stderr}")
        for line in told.stdout.splitlines():
            words = line.split("  ")
            number, kind, value = int(words[0]), words[2], int(words[4])
            if number < self.next[name]:
                continue
            self.next[name] = number + 1
            if kind.startswith("order"):
                self.done[name].append((kind, value))


class Campaign:
    def __init__(self):
        self.house = House(PROGRAM, VICTIM, FOLDER, PORT, PUMPS, SIGNERS)
        self.generator = random.Random(SEED)
        self.clients = Clients(self.house, SEED)
        self.truth = Truth(self.house)
        self.flying, self.kills, self.lost, self.acts_seen = Counter(), 0, 0, 0
        # SIGTERM ends it after this kill, with what was counted.
        self.is_enough = threading.Event()

    def environment(self):
        if not SHIM:
            return {}
        log = self.house.at("power.log")
        open(log, "wb").close()
        return {"LD_PRELOAD": SHIM, "CUT_FOLDER": self.house.at("ledger.sqlite"), "CUT_LOG": log}

    def once(self, number):
        # Every sixth time more than a day has passed, so that what is pending falls due and another may follow.
        self.house.start(26 if number % 6 == 5 else 0, self.environment())
        self.clients.sign_in()
        self.clients.begin(self.generator)
        time.sleep(self.generator.uniform(0.2, 3.5))
        # What is sent to these waits, and is taken when the server is no more.
        slow = self.generator.sample(sorted(self.house.pumps), 4)
        for pump in slow:
            self.house.slow(pump, True)
        time.sleep(self.generator.uniform(0.0, 1.0))
        self.house.kill()
        self.kills += 1
        for pump in slow:
            self.house.slow(pump, False)
        self.clients.end()
        if SHIM:
            loss = self.generator.choice(["all", "newest", "sectors"])
            self.lost += PowerCut(self.house.at("power.log")).apply(loss, self.generator)
        self.check()

    def check(self, is_settled=False):
        self.house.verify()
        events = self.house.events()
        self.truth.hear()
        self.acknowledged({event["id"]: event for event in events})
        self.audited(events)
        lives = self.lives(events)
        self.orders(lives, is_settled)
        return lives

    def acknowledged(self, stored):
        """Every acknowledged write is there with all its events, and what was refused is not."""
        for act in self.clients.acts:
            if act.answer and act.answer["events"]:
                for place, what in enumerate(act.answer["events"]):
                    id = act.key if place == 0 else f"{act.key}/{place}"
                    must(id in stored, f"{act.key}: acknowledged ({what}) and not in the ledger")
                    must(stored[id]["what"] == what, f"{id}: {stored[id]['what']}, acknowledged {what}")
            elif act.is_gone:
                must(act.key not in stored, f"{act.key}: refused, and is in the ledger")
        signatures = {(json.loads(event["payload"])["body"]["order"], event["who"])
                      for event in stored.values() if event["what"] == "orderSigned"}
        count = Counter(order for order, _ in signatures)
        for order, people in Counter(order for order, _ in set(self.clients.signed)).items():
            must(count[order] >= people, f"{order}: {people} signatures acknowledged, {count[order]} there")

    def audited(self, events):
        """A person's act and its entry in the audit are both there or neither; no act is there twice."""
        audits = {event["id"] for event in events if event["stream"].startswith("audit/")}
        acts, seen = 0, {}
        for event in events:
            if not event["stream"].startswith("patient/") or "crash-" not in event["id"]:
                continue
            acts += 1
            first = event["id"].split("/")[0]
            must(f"{first}/audit" in audits, f"{event['id']} has no entry in the audit")
            if event["what"] in ("noteWritten", "orderDrafted"):
                body = json.loads(event["payload"])["body"]
                text = body.get("text") or body.get("reason")
                must(text not in seen, f"\"{text}\" is there twice: {event['id']} and {seen.get(text)}")
                seen[text] = event["id"]
        stored = {event["id"] for event in events if not event["stream"].startswith("audit/")}
        for id in audits:
            if id.startswith("crash-"):
                must(id.removesuffix("/audit") in stored, f"{id} is an entry of an act that is not there")
        self.acts_seen = acts

    def lives(self, events):
        """The orders as the ledger tells them, read here anew from its events."""
        lives = {}
        for event in events:
            if not event["stream"].startswith("patient/"):
                continue
            kind = event["what"]
            if not kind.startswith("order"):
                continue
            body = json.loads(event["payload"])["body"]
            life = lives.setdefault(body["order"], {
                "patient": event["stream"].removeprefix("patient/"), "state": None, "sent": False})
            if kind == "orderDrafted":
                life.update(state="drafted", sequence=body["sequence"], act=body["act"])
            elif kind == "orderAnswered":
                must(life["state"] not in ENDED, f"{body['order']}: {life['state']}, then {body['outcome']}")
                life["state"] = body["outcome"]
            elif kind == "orderSigned":
                if life["state"] == "drafted":
                    life["state"] = "signed"
            else:
                life["state"] = kind.removeprefix("order").lower()
                life["sent"] = life["sent"] or kind == "orderSent"
        return lives

    def orders(self, lives, is_settled):
        """What the ledger says against what the pumps did: their journals are the truth."""
        flying = Counter()
        for pump, done in self.truth.done.items():
            applied = Counter(value for kind, value in done if kind == "orderApplied")
            known = Counter(value for kind, value in done)
            for sequence, count in applied.items():
                must(count == 1, f"{pump}: order {sequence} was applied {count} times")
            own = [life for life in lives.values() if life["patient"] == pump and life.get("sequence")]
            for life in own:
                state, sequence = life["state"], life["sequence"]
                flying[state] += 1
                at = f"{pump}: order {sequence} is {state} in the ledger"
                if state == "applied":
                    must(applied[sequence] == 1, f"{at}, and the pump did not apply it")
                if state in ("drafted", "queued", "withdrawn", "lapsed") or not life["sent"]:
                    same = [other for other in own if other["sequence"] == sequence and other["sent"]]
                    must(same or not known[sequence],
                         f"{at} and was never said to be sent, and the pump has it: {done[-3:]}")
                if state in ("refused", "superseded", "cancelled"):
                    same = [other for other in own if other["sequence"] == sequence
                            and other["state"] in ("applied", "sent", "pending")]
                    must(same or not applied[sequence], f"{at}, and the pump applied it")
            if is_settled:
                for sequence in applied:
                    told = [life["state"] for life in own if life["sequence"] == sequence]
                    if told:
                        must(told.count("applied") == 1, f"{pump}: order {sequence} was applied, told as {told}")
        for state, count in flying.items():
            if state in ("drafted", "signed", "queued", "sent", "pending"):
                self.flying[state] += count
        return flying

    def settle(self):
        """The server lives: whatever was under way ends, and every act is repeated once more."""
        self.house.start(26)
        self.clients.sign_in()
        self.clients.is_over.clear()
        for act in self.clients.acts:
            act.send(self.clients.people)
        end = time.time() + 90
        while time.time() < end:
            lives = self.lives(self.house.events())
            open_states = [life["state"] for life in lives.values() if life["state"] in ("queued", "sent", "pending")]
            if not open_states:
                break
            time.sleep(1)
        self.house.kill()
        lives = self.check(is_settled=True)
        return Counter(life["state"] for life in lives.values() if life.get("sequence"))

    def run(self):
        begun = time.time()
        signal.signal(signal.SIGTERM, lambda *_: self.is_enough.set())
        for number in range(KILLS):
            if self.is_enough.is_set():
                break
            self.once(number)
            if (number + 1) % 20 == 0:
                say(f"  {number + 1} kills, {self.acts_seen} events of acts, {time.time() - begun:.0f} s")
        outcomes = self.settle()
        done = sum(1 for act in self.clients.acts if act.answer)
        # A short run on a busy machine proves what it did; a long one that did little proves nothing.
        must(done > self.kills and (self.kills < 50 or outcomes["applied"] >= self.kills // 4),
             f"the clients did little: {done} writes, {dict(outcomes)}, {dict(self.clients.refused)}")
        say(f"server {'with its unsynced writes lost' if SHIM else 'killed'}: {self.kills} kills, seed {SEED}; "
            f"{len(self.clients.acts)} writes asked for, {done} acknowledged, 0 lost, 0 twice; "
            + (f"{self.lost} writes thrown away; " if SHIM else "")
            + f"orders at the kills: {dict(sorted(self.flying.items()))}; "
            f"orders at the end: {dict(sorted(outcomes.items()))}; "
            f"refused to clients: {dict(sorted(self.clients.refused.items(), key=str))}; "
            f"3/n = {3 / self.kills:.1e}; {time.time() - begun:.0f} s")


campaign = Campaign()
try:
    campaign.run()
except Wrong as wrong:
    say(f"WRONG after {campaign.kills} kills, seed {SEED}: {wrong}")
    sys.exit(1)
finally:
    campaign.house.end()
