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
    def __init__(self, first=True):
        self.process = subprocess.Popen(
            [PROGRAM, "demo", "--data", FOLDER, "--port", str(PORT), "--pump-port", str(PUMPS),
             "--signer-port", str(SIGNERS), "--top-speed", "20000"],
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


def patient(person, name):
    return person.get(f"/api/v1/patients/{name}")


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
    return person.get("/api/v1/clock")["therapyAt"]


def live(person, name):
    return person.get(f"/api/v1/patients/{name}/live")


def go(person, days):
    """Lets so much therapy time pass."""
    end = now(person) + days * DAY
    speed(person, 20000)
    wait(f"{days} d of therapy", lambda: now(person) >= end, 240)
    speed(person, 1)


def order(doctor, name, draft, way, reason, others=(), figure=None):
    """Drafts, signs by everyone, brings back, and waits for the pump's own word."""
    version = patient(doctor, name)["version"]
    _, done = doctor.write(
        f"/api/v1/patients/{name}/orders",
        {"order": draft, "way": way, "reason": reason, "confirmed": True}, version)
    hash = max(
        doctor.get(f"/api/v1/patients/{name}/record/orders")["orders"],
        key=lambda life: life["draft"]["draftedAt"] if "draftedAt" in life["draft"] else 0,
    )["draft"]["order"]
    for signer in (doctor, *others):
        shown = doctor.get(f"/api/v1/patients/{name}/orders/{hash}")
        signed = signer.sign(shown, figure)
        status, _, content = signer.ask(
            "POST", "/signed", form={"order": signed},
            headers={"Origin": f"http://127.0.0.1:{SIGNERS + 1}"})
        must(status in (200, 303), f"the signed order goes back: {status} {content[:400]}")

    def ended():
        shown = doctor.get(f"/api/v1/patients/{name}/orders/{hash}")
        return shown if shown["standing"] not in (
            "drafted", "signed", "queued", "sent", "unknown") else None

    return wait(f"the pump's word on the order for {name}", ended, 60)


def main():
    clinic = Clinic()
    say(f"founded and open in {clinic.opened:.1f} s")
    ada, ben, noor = [clinic.person(name).sign_in() for name in ("ada", "ben", "noor")]
    people = ada.get("/api/v1/patients")["patients"]
    must(len(people) == 12, f"12 patients: {len(people)}")
    say(f"{len(people)} patients adopted")
    for name in ("haddad-omar", "sato-emi"):
        wait(f"the pump of {name} is heard", lambda: live(ada, name), 60)
    say(json.dumps(live(ada, "haddad-omar"))[:600])
    clinic.end()
    say("ended; nothing left running")


main()
