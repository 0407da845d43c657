"""The demonstration as its people meet it: sessions with the clinic, their signers, orders and refills.

Used by story.py and by what goes through a browser.
"""

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

from books import must, nanolitres

PROGRAM, FOLDER = sys.argv[1], sys.argv[2]
PORT, PUMPS, SIGNERS = (
    int(port) for port in os.environ.get("CISTERNA_STORY_PORTS", "17200,17320,17310").split(","))
DAY = 86_400_000
TOP = 86_400


def say(words):
    print(words, flush=True)


def code(secret, step):
    digest = hmac.new(bytes(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Person:
    """Somebody at a browser or a program: a session with the clinic, and a signer of their own."""

    used = 0

    def __init__(self, told, port=PORT):
        self.told, self.port = told, port
        self.cookie = self.csrf = None

    def ask(self, method, path, body=None, headers=None, port=None, form=None):
        port = port or self.port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        sent = {"Host": f"127.0.0.1:{port}", **(headers or {})}
        if self.cookie and port == self.port:
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

    def signer(self):
        """Where this person's own signer is."""
        return urllib.parse.urlparse(open(f"{FOLDER}/keys/{self.told['name']}.signer").read().strip())

    def sign(self, shown, figure=None):
        """Signs in this person's own signer, which reads the bytes and asks for a figure if it must."""
        place = self.signer()
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
             "--signer-port", str(signers), "--top-speed", str(TOP)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        begun = time.time()
        while True:
            line = self.process.stdout.readline()
            must(line, "the demonstration ended before it was open")
            if "is open" in line:
                break
        self.opened, self.port = time.time() - begun, port
        self.told = json.load(open(f"{FOLDER}/founded"))

    def person(self, name):
        told = next(person for person in self.told["people"] if person["name"] == name)
        return Person(told, self.port)

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


def act(person, name, path, body, expect=(200, 201)):
    """Writes on the record as it is; what a pump or a patient told meanwhile is read and it is sent again."""
    for _ in range(5):
        told = person.write(f"/api/v1/patients/{name}/{path}", body, version(person, name),
                            expect=(*expect, 412))
        if told[0] != 412:
            return told
    raise AssertionError(f"{path} of {name}: the record changed five times")


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


def go(person, days, fast=TOP, silent=()):
    """Lets so much therapy time pass, and every pump that is not silent be heard after it."""
    end = now(person) + round(days * DAY)
    speed(person, fast)
    while (left := end - now(person)) > 0:
        time.sleep(min(2, left / 1_000 / fast))
    # Each is asked every quarter of an hour of therapy: at this speed soon, and at that of life much later.
    speed(person, 600)
    for patient in person.get("/api/v1/patients"):
        name = patient["patient"]
        if patient["isLinked"] and name not in silent:
            wait(f"the pump of {name} is heard again",
                 lambda: live(person, name)["status"]["heardAt"] >= end, 60)
    speed(person, 1)


def order(doctor, name, draft, way, reason, others=(), figure=None, name_it=None):
    """Drafts, signs by everyone, brings back, and waits for the pump's own word."""
    known = {life["draft"]["order"] for life in doctor.get(f"/api/v1/patients/{name}/record/orders")}
    act(doctor, name, "orders",
        {"order": draft, "way": way, "reason": reason, "confirmed": True})
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
            headers={"Origin": f"http://{signer.signer().netloc}"})
        must(status in (200, 303), f"the signed order goes back: {status} {content[:400]}")
    return hash, standing(doctor, name, hash)


def standing(doctor, name, hash, but=("toSign", "drafted", "signed", "queued", "sent", "unknown")):
    def ended():
        shown = doctor.get(f"/api/v1/patients/{name}/orders/{hash}")
        must(not shown["order"].get("answer") or shown["isVouchedFor"],
             f"the receipt of {name} is the pump's own word")
        return shown["standing"] if shown["standing"] not in but else None

    return wait(f"the pump's word on an order for {name}", ended, 60)


CHECKS = ("needle", "septum", "reservoirStop", "aspiratesBack", "noResistance", "noSwelling")


def refill(nurse, doctor, patient, fluid, volume, lot, aspirated, expected=None, program=None,
           figure=None):
    """A guided refill by two people at the bedside.

    `patient`: id, name, born and serial; `aspirated`: what the syringe drew, once or twice; `program`: where
    the fluid changes, with its bridge; then the doctor decides on the bridge and signs too, and each types the
    `figure` that the signers ask for.
    """
    name = patient["id"]

    def step(person, expect=(200, 201), **fields):
        return act(person, name, "refill/steps", {"confirmed": True, **fields}, expect)

    act(nurse, name, "refill", {"planned": fluid, "plannedVolume": volume, "hasSymptoms": False,
                                "confirmed": True})
    status, told = step(nurse, step="aspirate", volume="3 mL", expect=(409, 422))
    must(told["error"]["code"] == "outOfOrder", f"a step out of order is refused: {told}")
    step(nurse, step="identify", name=patient["name"], born=patient["born"],
         pumpSerial=patient["serial"])
    step(nurse, step="expect", **({"volume": expected} if expected else {}))
    for drawn in aspirated:
        step(nurse, step="aspirate", volume=drawn)
    if len(aspirated) > 1:
        step(nurse, step="account", reason="drawn twice; a leak is looked for")
    label = {"fluid": fluid, "volume": volume, "lot": lot, "expiresOn": "2026-12-31",
             "entry": "typed"}
    step(nurse, step="label", label=label)
    step(nurse, step="repeatLabel", label={**label, "lot": lot + "3"}, expect=(409, 422))
    step(nurse, step="repeatLabel", label=label)
    draft = {"do": "refill", "aspirated": aspirated[-1],
             "fill": {"volume": volume, "drugs": [
                 {"drug": drug["name"], "concentration": drug["concentration"]}
                 for drug in fluid["drugs"]]}}
    if program:
        draft["program"] = program
        step(doctor, step="bridge", program=json.dumps(program))
    step(nurse, step="check", answers=[{"item": item, "isGood": True} for item in CHECKS])
    step(doctor, step="second")
    first, others = (doctor, (nurse,)) if program else (nurse, ())
    hash, word = order(first, name, draft, "bedside", "refill", others=others, figure=figure,
                       name_it=lambda hash: step(nurse, step="order", order=hash))
    must(word == "applied", f"the refill of {name}: {word}")
    step(nurse, step="readBack", volume=volume, fluid=fluid)
    act(nurse, name, "refill/complete", {"nextAt": now(nurse) + 7 * DAY, "confirmed": True})
    full = nanolitres(volume) - 100_000
    wait("the pump says that it is full",
         lambda: nanolitres(live(nurse, name)["status"]["reservoir"]) > full, 30)
