"""The clinic's story over its real processes: server, relay, signers and virtual pumps.

Run by StoryTests; by hand: python3 Tests/StoryTests/story.py PATH-OF-CISTERNA FOLDER
Every step prints what it saw; the first thing that is not as it must be ends it with status 1.
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import signal
import struct
import subprocess
import sys
import time
import urllib.parse

PROGRAM, FOLDER = sys.argv[1], sys.argv[2]
PORT, PUMPS, SIGNERS = 17200, 17320, 17310
DAY = 86_400_000


def must(truth, words):
    if not truth:
        raise AssertionError(words)


def say(words):
    print(words, flush=True)


def code(secret, step):
    digest = hmac.new(bytes(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Person:
    """Somebody at a browser or a program: a session with the clinic, and a signer of their own."""

    used = 0

    def __init__(self, told):
        self.told = told
        self.cookie = self.csrf = None

    def ask(self, method, path, body=None, headers=None, port=PORT, form=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        sent = {"Host": f"127.0.0.1:{port}", **(headers or {})}
        if self.cookie and port == PORT:
            sent["Cookie"] = self.cookie
        data = None
        if form is not None:
            data = urllib.parse.urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            data = json.dumps(body)
            sent["Content-Type"] = "application/json"
        connection.request(method, path, data, sent)
        answer = connection.getresponse()
        content = answer.read()
        return answer.status, dict(answer.getheaders()), content

    def sign_in(self):
        """Takes a code that this person has not used: each opens one session."""
        while True:
            step = int(time.time()) // 30
            if step > self.told.get("step", 0):
                break
            time.sleep(1)
        self.told["step"] = step
        status, headers, content = self.ask(
            "POST", "/api/v1/session", {
                "name": self.told["name"], "password": self.told["password"],
                "code": code(self.told["codeSecret"], step)})
        must(status in (200, 201), f"{self.told['name']} signs in: {status} {content}")
        cookies = {name.lower(): value for name, value in headers.items()}
        self.cookie = cookies["set-cookie"].split(";")[0]
        self.csrf = json.loads(content)["formToken"]
        return self

    def get(self, path):
        status, _, content = self.ask("GET", path)
        must(status == 200, f"GET {path}: {status} {content[:400]}")
        return json.loads(content)

    def write(self, path, body, version=None, method="POST", expect=(200, 201)):
        Person.used += 1
        headers = {"X-CSRF": self.csrf, "Idempotency-Key": f"story-{os.getpid()}-{Person.used}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        status, _, content = self.ask(method, path, body, headers)
        must(status in expect, f"{method} {path}: {status} {content[:600]}")
        return status, json.loads(content)

    def sign(self, shown, figure=None):
        """Signs in this person's own signer, which reads the bytes and asks for a figure if it must."""
        address = open(f"{FOLDER}/keys/{self.told['name']}.signer").read().strip()
        place = urllib.parse.urlparse(address)
        body = {"order": shown["bytes"], "passphrase": self.told["passphrase"]}
        if shown.get("receipt"):
            body["receipt"] = shown["receipt"]
        if figure:
            body["figure"] = figure
        status, _, content = self.ask("POST", place.path + "sign", body, port=place.port)
        must(status == 200, f"{self.told['name']} signs: {status} {content[:600]}")
        return json.loads(content)["order"]


class Clinic:
    def __init__(self, port=PORT, pumps=PUMPS, signers=SIGNERS):
        self.process = subprocess.Popen(
            [PROGRAM, "demo", "--data", FOLDER, "--port", str(port), "--pump-port", str(pumps),
             "--signer-port", str(signers), "--top-speed", "20000"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        begun = time.time()
        while True:
            line = self.process.stdout.readline()
            must(line, "the demonstration ended before it was open")
            if "is open" in line:
                break
        self.opened = time.time() - begun
        self.told = json.load(open(f"{FOLDER}/founded"))

    def person(self, name):
        told = next(person for person in self.told["people"] if person["name"] == name)
        return Person(told)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        rest = subprocess.run(["pgrep", "-f", FOLDER], capture_output=True, text=True).stdout.split()
        rest = [pid for pid in rest if int(pid) != os.getpid() and pid != str(os.getppid())]
        must(not rest, f"still running after the end: {rest}")


def version(person, name):
    """Of a patient's record, as a write must carry it."""
    status, headers, content = person.ask("GET", f"/api/v1/patients/{name}")
    must(status == 200, f"{name}: {status} {content[:300]}")
    tag = {key.lower(): value for key, value in headers.items()}["etag"]
    return tag.strip('"').removeprefix('W/"')


def wait(words, question, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        found = question()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{words}: not within {seconds} s")


def speed(person, value):
    person.write("/api/v1/clock", {"speed": value}, method="PUT")


def now(person):
    return person.get("/api/v1/clock")["nowAt"]


def live(person, name):
    return person.get(f"/api/v1/patients/{name}/live")


def go(person, days):
    """Lets so much therapy time pass."""
    end = now(person) + days * DAY
    speed(person, 20000)
    wait(f"{days} d of therapy", lambda: now(person) >= end, 240)
    speed(person, 1)


def order(doctor, name, draft, way, reason, others=(), figure=None, name_it=None):
    """Drafts, signs by everyone, brings back, and waits for the pump's own word."""
    known = {life["draft"]["order"] for life in doctor.get(f"/api/v1/patients/{name}/record/orders")}
    doctor.write(
        f"/api/v1/patients/{name}/orders",
        {"order": draft, "way": way, "reason": reason, "confirmed": True}, version(doctor, name))
    lives = doctor.get(f"/api/v1/patients/{name}/record/orders")
    [hash] = {life["draft"]["order"] for life in lives} - known
    if name_it:
        name_it(hash)
    for signer in (doctor, *others):
        shown = doctor.get(f"/api/v1/patients/{name}/orders/{hash}")
        must(shown["receipt"], f"a receipt of the pump of {name} for the signer")
        signed = signer.sign(shown, figure)
        status, _, content = signer.ask(
            "POST", "/signed", form={"order": signed},
            headers={"Origin": f"http://127.0.0.1:{SIGNERS}"})
        must(status in (200, 303), f"the signed order goes back: {status} {content[:400]}")
    return hash, standing(doctor, name, hash)


def standing(doctor, name, hash, but=("toSign", "drafted", "signed", "queued", "sent", "unknown")):
    def ended():
        shown = doctor.get(f"/api/v1/patients/{name}/orders/{hash}")
        must(not shown["order"].get("answer") or shown["isVouchedFor"],
             f"the receipt of {name} is the pump's own word")
        return shown["standing"] if shown["standing"] not in but else None

    return wait(f"the pump's word on an order for {name}", ended, 60)


def nanolitres(text):
    number, unit = text.split()
    whole = {"nL": 1, "uL": 1_000, "mL": 1_000_000}[unit]
    return round(float(number) * whole)


def books(person, name, filled):
    """What was filled is in the reservoir or delivered, and delivery is within a stroke of demand."""
    status = live(person, name)["status"]
    delivered, demand, left = [nanolitres(status[key]) for key in ("delivered", "demand", "reservoir")]
    must(delivered + left == nanolitres(filled),
         f"books of {name}: {delivered} + {left} nL, filled {filled}")
    must(abs(demand - delivered) <= 250, f"{name}: asked {demand} nL, delivered {delivered} nL")
    return delivered, left


def today(person, name):
    return {item["about"] for item in person.get("/api/v1/today") if item["patient"] == name}


def main():
    clinic = Clinic()
    try:
        story(clinic)
    finally:
        if clinic.process.poll() is None:
            clinic.process.send_signal(signal.SIGINT)


def story(clinic):
    say(f"founded and open in {clinic.opened:.1f} s")
    ada, ben = [clinic.person(name).sign_in() for name in ("ada", "ben")]
    people = ada.get("/api/v1/patients")
    must(len(people) == 12, f"12 patients: {len(people)}")
    linked = [person["patient"] for person in people if person["isLinked"]]
    must(len(linked) == 8, f"8 linked pumps: {linked}")
    for name in linked:
        wait(f"the pump of {name} is heard", lambda: live(ada, name), 60)
    say(f"12 patients adopted, {len(linked)} pumps heard")

    less = {"do": "program", "program": json.loads(PROGRAM_LESS)}
    hash, word = order(ada, "haddad-omar", less, "remote", "a step down")
    must(word == "applied", f"five percent less by one signature: {word}")
    must(wait("the pump says the new rate", lambda: live(ada, "haddad-omar")["status"]["rate"]
              == "0.1955 mL/d"), "the rate")
    say("a step down from a distance: applied, and the pump says so")

    # The program of the implant was an increase too, and a day must lie between two.
    go(ada, 1.05)
    more = json.loads(PROGRAM_LESS)
    more["basal"]["rate"] = "405 ug/d"
    hash, word = order(ada, "haddad-omar", {"do": "program", "program": more}, "remote",
                       "a step up", others=(ben,))
    must(word == "pending", f"an increase by two signatures waits: {word}")
    go(ada, 0.05)
    word = standing(ada, "haddad-omar", hash,
                    ("pending", "toSign", "signed", "queued", "sent", "unknown"))
    must(word == "applied", f"after its delay: {word}")
    say("a step up from a distance: pending for its delay, then applied")

    # So much that the signers have each person type how much it gives.
    much = json.loads(PROGRAM_LESS)
    much["basal"]["rate"] = "600 ug/d"
    hash, word = order(ada, "haddad-omar", {"do": "program", "program": much}, "remote",
                       "far more", others=(ben,), figure="600 ug")
    must(word == "refused", f"far more than the envelope: {word}")
    say("far more from a distance: refused by the pump")

    go(ada, 3)
    delivered, left = books(ada, "haddad-omar", "21.5 mL")
    say(f"3 days: {delivered} nL delivered, {left} nL left, the books balance")
    for name, filled in (("sato-emi", "5.1 mL"), ("moreau-claire", "16.8 mL"), ("bauer-lena", "8.4 mL")):
        books(ada, name, filled)
    wait("the low reservoir is on the list",
         lambda: any("ow" in about for about in today(ada, "sato-emi")), 30)
    must(any(alarm["alarm"] == "reservoirLow"
             for alarm in ada.get("/api/v1/patients/sato-emi/record/alarms")), "the alarm is kept")
    say("a low reservoir: told by the pump, on the list of today")

    doses(ada)
    refill(ada, clinic.person("noor").sign_in())

    silent = next(pump for pump in clinic.told["pumps"] if pump["patient"] == "reyes-marisol")
    pids = subprocess.run(["pgrep", "-f", f"{FOLDER}/pumps/reyes-marisol"], capture_output=True,
                          text=True).stdout.split()
    for pid in pids:
        if int(pid) != os.getpid():
            os.kill(int(pid), signal.SIGKILL)
    go(ada, 1.2)
    wait("a pump that says nothing is on the list",
         lambda: any("ilen" in about for about in today(ada, "reyes-marisol")), 30)
    say(f"a pump that was killed: silent for a day, on the list of today ({silent['port']})")

    before = now(ada)
    clinic.end()
    say("ended; nothing left running")
    again = Clinic()
    try:
        ada = again.person("ada").sign_in()
        after = now(ada)
        must(0 <= after - before < 60_000, f"time goes on where it was: {after - before} ms")
        wait("the killed pump is heard again", lambda: live(ada, "reyes-marisol"), 60)
        books(ada, "haddad-omar", "21.5 mL")
        say(f"opened again in {again.opened:.1f} s, where it was; every pump is heard")
    finally:
        again.end()


def dose():
    """The patient's own controller asks their pump; the clinic has no part in it."""
    secret = f"{FOLDER}/okafor.pass"
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("okafor-daniel controller\n")
    return subprocess.run(
        [PROGRAM, "link", "dose", "--role", "patient", "--pump",
         f"{FOLDER}/pumps/okafor-daniel.contact", "--key", f"{FOLDER}/keys/okafor-daniel.key",
         "--passphrase-file", secret], capture_output=True, text=True)


def doses(doctor):
    granted, refused = dose(), dose()
    must(granted.returncode == 0, f"a patient's dose: {granted.returncode} {granted.stderr}")
    must(refused.returncode == 11, f"the next one, within the lockout: {refused.returncode}")
    go(doctor, 0.02)

    def both():
        told = doctor.get("/api/v1/patients/okafor-daniel/record/doses")
        return told if len(told) >= 2 else None

    told = wait("both requests are in the record", both, 30)
    say(f"two doses asked for: one given, one refused ({refused.stderr.strip()[:70]}); both recorded")


def refill(doctor, nurse):
    """The short way, guided: same mixture, same program; two people, near the pump."""
    name, path = "sato-emi", "/api/v1/patients/sato-emi/refill"
    fluid = {"drugs": [{"name": "hydromorphone", "concentration": "1.2 mg/mL"}]}
    left = nanolitres(live(doctor, name)["status"]["reservoir"])

    def step(person, expect=(200, 201), **fields):
        body = {"confirmed": True, **fields}
        return person.write(f"{path}/steps", body, version(person, name), expect=expect)

    nurse.write(path, {"planned": fluid, "plannedVolume": "20 mL", "hasSymptoms": False,
                       "confirmed": True}, version(nurse, name))
    status, told = step(nurse, step="aspirate", volume="3 mL", expect=(409, 422))
    say(f"a step out of order is refused: {json.dumps(told)[:160]}")
    step(nurse, step="identify", name="Emi Sato", born="1969-04-17", pumpSerial="CV-0005")
    step(nurse, step="expect")
    aspirated = f"{left / 1_000_000:.2f} mL"
    step(nurse, step="aspirate", volume=aspirated)
    label = {"fluid": fluid, "volume": "20 mL", "lot": "HM-8002", "expiresOn": "2026-12-31",
             "entry": "typed"}
    step(nurse, step="label", label=label)
    step(nurse, step="repeatLabel", label={**label, "lot": "HM-8003"}, expect=(409, 422))
    step(nurse, step="repeatLabel", label=label)
    step(nurse, step="check", answers=[{"item": item, "isGood": True} for item in CHECKS])
    step(doctor, step="second")
    hash, word = order(
        nurse, name,
        {"do": "refill", "aspirated": aspirated,
         "fill": {"volume": "20 mL", "drugs": [{"drug": "hydromorphone", "concentration": "1.2 mg/mL"}]}},
        "bedside", "refill", name_it=lambda hash: step(nurse, step="order", order=hash))
    must(word == "applied", f"the refill: {word}")
    step(nurse, step="readBack", volume="20 mL", fluid=fluid)
    nurse.write(f"{path}/complete", {"nextAt": now(nurse) + 14 * DAY, "confirmed": True},
                version(nurse, name))
    wait("the pump says that it is full",
         lambda: nanolitres(live(nurse, name)["status"]["reservoir"]) > 19_900_000, 30)
    say("a guided refill by two people: the label twice, the order by the near port, read back")


CHECKS = ("needle", "septum", "reservoirStop", "aspiratesBack", "noResistance", "noSwelling")

PROGRAM_LESS = """{"basal": {"mode": "constant", "rate": "391 ug/d"},
 "limits": {"maxRate": "1 mL/d", "maxVolumePer24h": "0.5 mL", "maxDosePer24h": {"baclofen": "700 ug"}},
 "safeRate": "150 ug/d", "restartGap": "24 h", "lowReservoir": "4 mL"}"""

main()
