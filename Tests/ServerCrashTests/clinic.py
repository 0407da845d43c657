"""The clinic's processes and the people who use them, for crash.py and disk.py.

Pumps, signers and relay are programs of their own and live on; the server alone (`server-victim`) is
started, killed and started again over the folder that `cisterna demo` founded.
"""

import hashlib
import hmac
import http.client
import json
import os
import signal
import sqlite3
import struct
import subprocess
import threading
import time
import urllib.parse


class Wrong(Exception):
    """What must not be; the campaign ends with it."""


def must(truth, words):
    if not truth:
        raise Wrong(words)


def say(words):
    print(words, flush=True)


def code(secret, step):
    digest = hmac.new(bytes(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class House:
    """A founded demonstration: its programs, and the server that is killed."""

    def __init__(self, program, victim, folder, port, pumps, signers):
        self.program, self.victim, self.folder = program, victim, folder
        self.port, self.signers = port, signers
        self.round, self.server, self.programs = 0, None, []
        demo = subprocess.Popen(
            [program, "demo", "--data", folder, "--port", str(port), "--pump-port", str(pumps),
             "--signer-port", str(signers)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in demo.stdout:
            if "is open" in line:
                break
        demo.send_signal(signal.SIGINT)
        demo.wait(30)
        self.told = json.load(open(f"{folder}/founded"))
        self.pumps = {pump["patient"]: pump for pump in self.told["pumps"]}
        for person in self.told["people"]:
            if person.get("passphrase"):
                path = f"{folder}/keys/{person['name']}.pass"
                with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                    file.write(person["passphrase"] + "\n")
        self.start_programs()
        self.visit()

    def at(self, name):
        return f"{self.folder}/{name}"

    def run(self, name, words):
        log = open(self.at(f"logs/{name}.log"), "ab")
        hold = subprocess.Popen([self.program, *words, "--end-with-parent"], stdin=subprocess.PIPE,
                                stdout=log, stderr=log)
        self.programs.append(hold)

    def start_programs(self):
        for name, pump in self.pumps.items():
            port = pump["port"]
            self.run(f"pump-{name}", [
                "pump", "serve", "--data", self.at(f"pumps/{name}"), "--listen", f"127.0.0.1:{port}",
                "--near", f"127.0.0.1:{port + 1}", "--clock", self.at("clock")])
        for person in self.told["people"]:
            if not person.get("signerPort"):
                continue
            name = person["name"]
            if os.path.exists(self.at(f"keys/{name}.signer")):
                os.remove(self.at(f"keys/{name}.signer"))
            words = ["signer", "--key", self.at(f"keys/{name}.key"), "--cert",
                     self.at(f"keys/{name}.cert"), "--root", self.at("keys/root.pub"), "--port",
                     str(person["signerPort"]), "--clinic", f"http://127.0.0.1:{self.port}",
                     "--address-file", self.at(f"keys/{name}.signer")]
            for other in self.told["people"]:
                if other.get("passphrase") and other["name"] != name:
                    words += ["--other", self.at(f"keys/{other['name']}.cert")]
            for pump in self.pumps:
                words += ["--pump", self.at(f"pumps/{pump}.pump")]
            self.run(f"signer-{name}", words)
        relay = ["relay", "--clinic", f"http://127.0.0.1:{self.port}", "--token", self.at("relay.token")]
        for pump in self.pumps:
            relay += ["--contact", self.at(f"pumps/{pump}.contact")]
        self.run("relay", relay)

    def link(self, verb, pump, *more):
        """Asks a pump itself, without the clinic: as a prescriber with a key of her own."""
        asked = subprocess.run(
            [self.program, "link", verb, "--pump", self.at(f"pumps/{pump}.contact"), "--key",
             self.at("keys/ada.key"), "--certificate", self.at("keys/ada.cert"), "--passphrase-file",
             self.at("keys/ada.pass"), *more], capture_output=True, text=True, timeout=60)
        return asked

    def visit(self):
        """The end of the founding was a loss of power: somebody certified goes to every bedside."""
        for pump in self.pumps:
            for _ in range(50):
                if self.link("status", pump, "--near").returncode == 0:
                    break
                time.sleep(0.1)
            else:
                raise Wrong(f"the pump of {pump} does not answer")

    def start(self, hours=0, environment=None, **more):
        self.round += 1
        self.server = subprocess.Popen(
            [self.victim, self.folder, str(self.port), str(self.signers), str(self.round), str(hours),
             *os.environ.get("CISTERNA_PLANT", "").split()],
            stdout=subprocess.PIPE, stderr=open(self.at("logs/server.log"), "ab"),
            env={**os.environ, **(environment or {})}, **more)
        must(self.server.stdout.readline() == b"open\n",
             f"the server of round {self.round} did not open: {self.at('logs/server.log')}")

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        self.server.stdout.close()

    def person(self, name):
        return Person(self, next(person for person in self.told["people"] if person["name"] == name))

    def slow(self, pump, is_slow):
        """Lets a pump's program stand still: what was sent to it waits, and is taken later."""
        place = list(self.pumps).index(pump)
        self.programs[place].send_signal(signal.SIGSTOP if is_slow else signal.SIGCONT)

    def end(self):
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGKILL)
            self.server.wait()
        for program in self.programs:
            program.terminate()
        for program in self.programs:
            program.wait(20)

    def events(self):
        """All events of the ledger as it lies there, read by SQLite itself."""
        database = sqlite3.connect(f"file:{self.at('ledger.sqlite')}?mode=ro", uri=True)
        try:
            rows = database.execute(
                "SELECT position, stream, version, id, time, who, what, payload FROM event "
                "ORDER BY position").fetchall()
        finally:
            database.close()
        return [dict(zip(("position", "stream", "version", "id", "time", "who", "what", "payload"), row))
                for row in rows]

    def verify(self):
        proved = subprocess.run([self.program, "ledger", "verify", self.at("ledger.sqlite")],
                                capture_output=True, text=True)
        must(proved.returncode == 0, f"the chain does not verify: {proved.stdout}{proved.stderr}")


class Person:
    """Somebody at a program: a session with the clinic, and a signer of their own."""

    def __init__(self, house, told):
        self.house, self.told = house, told
        self.cookie = self.csrf = None

    def ask(self, method, path, body=None, headers=None, port=None, form=None, timeout=20):
        """The answer, or nothing where none came: then nobody knows what became of it."""
        port = port or self.house.port
        sent = {"Host": f"127.0.0.1:{port}", **(headers or {})}
        if self.cookie and port == self.house.port:
            sent["Cookie"] = self.cookie
        data = None
        if form is not None:
            data = urllib.parse.urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            data = json.dumps(body)
            sent["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            connection.request(method, path, data, sent)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        except (OSError, http.client.HTTPException):
            return None, {}, b""
        finally:
            connection.close()

    def sign_in(self):
        """With a fresh code: security time is a minute further on in every round of the server."""
        step = (int(time.time()) + self.house.round * 60) // 30
        status, headers, content = self.ask("POST", "/api/v1/session", {
            "name": self.told["name"], "password": self.told["password"],
            "code": code(self.told["codeSecret"], step)})
        if status not in (200, 201):
            return status, content
        self.cookie = headers["set-cookie"].split(";")[0]
        self.csrf = json.loads(content)["formToken"]
        return status, content

    def get(self, path):
        status, headers, content = self.ask("GET", path)
        return status, headers, json.loads(content) if status == 200 else content

    def post(self, path, body, key, version=None):
        headers = {"X-CSRF": self.csrf or "", "Idempotency-Key": key}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.ask("POST", path, body, headers)

    def sign(self, shown):
        """By this person's own signer, which reads the bytes; nothing where it does not sign.

        Where it asks what the order gives, it tells so to whoever typed something else.
        """
        address = urllib.parse.urlparse(open(self.house.at(f"keys/{self.told['name']}.signer")).read().strip())
        body = {"order": shown["bytes"], "passphrase": self.told["passphrase"]}
        if shown.get("receipt"):
            body["receipt"] = shown["receipt"]
        for _ in range(6):
            status, _, content = self.ask("POST", address.path + "sign", body, port=address.port)
            if status == 200:
                return json.loads(content)["order"]
            error = json.loads(content).get("error", "") if content[:1] == b"{" else ""
            if "this order says " in error:
                body["figure"] = error.split("this order says ")[1]
            elif "then answer: " in error:
                body["figure"] = "not read"
            else:
                self.told["said"] = error
                # Somebody else is at this signer just now.
                if status != 429:
                    return None
                time.sleep(0.1)
        return None

    def bring(self, signed):
        """What a signer's page sends."""
        return self.ask("POST", "/signed", form={"order": signed},
                        headers={"Origin": f"http://127.0.0.1:{self.house.signers}"})
