"""A clinic that is founded and served by the real program, and people who sign in to it.

For scripts/bench-clinic.py, scripts/fuzz-api.py and Tests/StoryTests/serve.py.
"""
import base64
import hashlib
import hmac
import http.client
import json
import os
import signal
import socket
import struct
import subprocess
import time


def code(secret, step):
    """The one-time code of a step of 30 s (RFC 6238)."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Person:
    """Somebody with an account: name, password, the secret of their codes, and a session once signed in."""

    keys = 0

    def __init__(self, port, name, password, secret):
        self.port, self.name, self.password = port, name, password
        self.secret = base64.b32decode(secret + "=" * (-len(secret) % 8))
        self.step = 0
        self.cookie = self.csrf = self.account = None

    def ask(self, method, path, body=None, headers=None, form=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
        if self.cookie:
            sent["Cookie"] = self.cookie
        data = None
        if body is not None:
            data, sent["Content-Type"] = json.dumps(body), "application/json"
        connection.request(method, path, data, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict((k.lower(), v) for k, v in answer.getheaders()), content

    def sign_in(self):
        """With the code of a step that was not used yet; one step ahead is taken too."""
        while int(time.time()) // 30 + 1 <= self.step:
            time.sleep(0.5)
        self.step = max(self.step + 1, int(time.time()) // 30)
        self.cookie = None
        status, headers, content = self.ask("POST", "/api/v1/session", {
            "name": self.name, "password": self.password, "code": code(self.secret, self.step)})
        if status not in (200, 201):
            raise AssertionError(f"{self.name} signs in: {status} {content}")
        self.cookie = headers["set-cookie"].split(";")[0]
        told = json.loads(content)
        self.csrf, self.account = told["formToken"], told["account"]
        return self

    def get(self, path, expect=200):
        status, _, content = self.ask("GET", path)
        if status != expect:
            raise AssertionError(f"GET {path}: {status}, expected {expect}: {content[:400]}")
        return content

    def write(self, path, body, method="POST", version=None):
        Person.keys += 1
        headers = {"X-CSRF": self.csrf, "Idempotency-Key": f"client-{os.getpid()}-{Person.keys}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        status, _, content = self.ask(method, path, body, headers)
        if status not in (200, 201):
            raise AssertionError(f"{method} {path}: {status} {content[:600]}")
        return json.loads(content)

    def hire(self, name, role, patient=None):
        """Opens an account, as an administrator may; whose secret is told once."""
        password = f"a long word for {role} 7"
        body = {"name": name, "fullName": name.capitalize(), "roles": [role], "password": password}
        if patient:
            body["patient"] = patient
        told = self.write("/api/v1/accounts", body)
        return Person(self.port, name, password, told["codeSecret"])


def free_port():
    """A port of 127.0.0.1 that nobody has now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def run(words, **options):
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise AssertionError(f"{words}: status {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def found(program, place):
    """Founds a clinic in place/clinic with a root of its own; the first administrator's secrets."""
    os.makedirs(place, exist_ok=True)
    word = os.path.join(place, "root.word")
    with open(os.open(word, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("the root of a clinic that is tried\n")
    root, folder = os.path.join(place, "root"), os.path.join(place, "clinic")
    run([program, "key", "new", root, "--root", "--name", "Tried clinic", "--passphrase-file", word])
    told = run([program, "clinic", "found", folder, "--root", root + ".pub", "--administrator", "max",
                "--full-name", "Max Petrov"])
    rows = dict(line.split(None, 1) for line in told.splitlines() if line.startswith("password "))
    rows["secret"] = next(line.split()[-1] for line in told.splitlines() if line.startswith("code secret"))
    return {"folder": folder, "password": rows["password"], "secret": rows["secret"], "told": told,
            "root": root, "word": word}


def certify(program, known):
    """The server's session key, so that pumps are called."""
    run([program, "key", "certify", known["folder"] + "/server.pub", "--root", known["root"] + ".key",
         "--role", "clinicServer", "--until", "2099-12-31", "--passphrase-file", known["word"]])


class Served:
    """A server as a process, from its start until it is left."""

    def __init__(self, words, port, sign="Control-C", timeout=600):
        self.port = port
        begun = time.time()
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.told = ""
        while sign not in self.told:
            line = self.process.stdout.readline()
            if not line or time.time() - begun > timeout:
                self.process.kill()
                raise AssertionError(f"{words}: ended before it served: {self.told}")
            self.told += line
        self.took = time.time() - begun

    def memory(self, field="VmRSS"):
        """MiB."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith(field):
                return int(line.split()[1]) / 1024
        return 0

    def cpu(self):
        """Seconds of all its threads so far: unlike the clock it does not run while others have the cores."""
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self, by=signal.SIGTERM):
        """How long it took to end, in seconds."""
        begun = time.time()
        self.process.send_signal(by)
        status = self.process.wait(120)
        if status != 0:
            raise AssertionError(f"the server ended with status {status}: {self.process.stdout.read()}")
        return time.time() - begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()
