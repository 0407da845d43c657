"""A pump as it comes from its maker, made ready at the operating table by the programs that there are.

`cisterna pump serve` is the pump, `link pair` reads who it is, `order` and `link submit` commission and fill it, a
relay of its own carries its bytes, the people's signers know it, and the patient's controller speaks with it.
"""

import json
import os
import signal
import subprocess
import time

from books import Pump, must
from clinic import FOLDER, PROGRAM, wait

ZEROS = "0" * 64


def run(*words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True)
    must(done.returncode == 0, f"{words}: status {done.returncode}: {done.stdout[-600:]}{done.stderr}")
    return done.stdout


def secret(path, words):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(words + "\n")
    return path


def key(who, kind="key"):
    return f"{FOLDER}/keys/{who}.{kind}"


class Children:
    """Programs that a script started; ended with it."""

    def __init__(self):
        self.all = []

    def start(self, name, *words, parent=True):
        log = open(f"{FOLDER}/logs/{name}.log", "a")
        words = [PROGRAM, *words, *(["--end-with-parent"] if parent else [])]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=log, stderr=log)
        self.all.append(process)
        return process

    def end(self):
        for process in reversed(self.all):
            process.stdin.close()
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait(20)


class NewPump(Pump):
    """One virtual pump with its papers, on two ports; its patient's controller is on the third."""

    def __init__(self, children, name, port, patient):
        self.children, self.name, self.port = children, name, port
        self.paper = f"{FOLDER}/pumps/{name}"
        self.files = ["--pump", f"{self.paper}.contact.pump"]
        self.ada = ["--key", key("ada"), "--passphrase-file", secret(f"{FOLDER}/ada.word", "ada signs orders")]
        self.noor = ["--key", key("noor"), "--passphrase-file", secret(f"{FOLDER}/noor.word", "noor signs orders")]
        self.caller = ["--pump", f"{self.paper}.contact", *self.ada, "--certificate", key("ada", "cert")]
        open(f"{self.paper}.faults", "a").close()
        children.start(
            f"pump-{name}", "pump", "serve", "--data", self.paper, "--listen", f"127.0.0.1:{port}",
            "--near", f"127.0.0.1:{port + 1}", "--clock", f"{FOLDER}/clock", "--faults", f"{self.paper}.faults")
        self.code = ["--code", f"@{self.paper}/pairing.txt"]
        wait(f"the pairing code of {name}", lambda: os.path.exists(f"{self.paper}/pairing.txt"), 20)
        time.sleep(1)
        run("link", "pair", *self.code, "--output", f"{self.paper}.contact", "--near", f"127.0.0.1:{port + 1}",
            "--remote", f"127.0.0.1:{port}", *self.ada)
        super().__init__(PROGRAM, FOLDER, name)
        word = secret(f"{FOLDER}/{name}.word", f"{name} keeps it")
        run("key", "new", f"{FOLDER}/keys/{name}", "--name", patient, "--passphrase-file", word)
        children.start(f"relay-{name}", "relay", "--contact", f"{self.paper}.contact", "--clinic",
                       clinic_address(), "--token", f"{FOLDER}/relay.token")

    def order(self, name, draft, figure=None, second=False):
        """Writes an order, signs it and brings it to the pump's near port, as a programmer does."""
        file, order = f"{self.paper}.{name}.json", f"{self.paper}.{name}.order"
        with open(file, "w") as out:
            json.dump(draft, out)
        last = f"{self.paper}.receipt"
        known = [*self.files, *(["--receipt", last] if os.path.exists(last) else [])]
        run("order", "new", file, *known, "--output", order)
        figure = ["--figure", figure] if figure else []
        sign = [*known, *figure]
        run("order", "sign", order, *sign, *self.ada, "--cert", key("ada", "cert"))
        caller = list(self.caller)
        if second:
            run("order", "cosign", order, *sign, *self.noor, "--cert", key("noor", "cert"),
                "--other", key("ada", "cert"))
            caller += ["--certificate", key("noor", "cert")]
        way = ["--near"] if os.path.exists(last) else self.code
        told = run("link", "submit", order, *way, *caller, "--receipt", last)
        must("applied" in told, f"{name}: {told}")

    def implant(self, local, fill, program, path, figure):
        """At the operating table: whom it obeys, what it is connected to, its first fill, program and prime."""
        root, patient = [json.loads(run("key", "show", key(who, "pub"), "--json")) for who in ("root", self.name)]
        self.order("commissioning", {
            "do": "commissioning", "pump": self.contact["pump_id"], "sequence": 1, "previous": ZEROS,
            "from": "0 ms", "validFor": "7 d", "local": local, "keys": {
                "root": root["signing_key"], "patient": patient["signing_key"],
                "patientSession": patient["session_key"]}}, figure="commissioning")
        self.order("path", {"do": "catheter", "pathVolume": path, "path": "empty"})
        self.order("fill", {"do": "refill", "aspirated": "0 mL", "fill": fill, "program": program},
                   figure=figure, second=True)

    def controller(self, language):
        """The patient's own, on a device of theirs; its address."""
        place = f"{self.paper}.controller"
        self.children.start(
            f"controller-{self.name}", "controller", "--key", key(self.name), "--passphrase-file",
            f"{FOLDER}/{self.name}.word", "--pump", f"{self.paper}.contact", "--port", str(self.port + 2),
            "--language", language, "--address-file", place)
        wait(f"the controller of {self.name}", lambda: os.path.exists(place), 20)
        time.sleep(0.5)
        return open(place).read().strip()


def clinic_address():
    return f"http://127.0.0.1:{clinic_address.port}"


def renew_signers(children, people, pumps):
    """Everyone's signer begins anew on its port, and knows these pumps beside those that it knew."""
    told = json.load(open(f"{FOLDER}/founded"))
    for person in people:
        name = person.told["name"]
        found = subprocess.run(["pgrep", "-f", f"signer --key {key(name)} "], capture_output=True, text=True)
        [pid] = found.stdout.split()
        os.kill(int(pid), signal.SIGTERM)
        wait(f"the signer of {name} ends", lambda: not os.path.exists(f"/proc/{pid}") or
             open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] == "Z", 20)
        port, place = person.signer().port, f"{FOLDER}/keys/{name}.signer"
        os.remove(place)
        others = [other["name"] for other in told["people"] if other.get("passphrase") and other["name"] != name]
        children.start(
            f"signer-{name}-2", "signer", "--key", key(name), "--cert", key(name, "cert"), "--root",
            key("root", "pub"), "--port", str(port), "--clinic", clinic_address(), "--address-file", place,
            *[word for other in others for word in ("--other", key(other, "cert"))],
            *[word for known in told["pumps"] for word in ("--pump", f"{FOLDER}/pumps/{known['patient']}.pump")],
            *[word for pump in pumps for word in pump.files])
        wait(f"the signer of {name}", lambda: os.path.exists(place), 20)
        time.sleep(0.3)
        address = open(place).read().strip()
        status, _, content = person.ask(
            "POST", "/settings/signer", form={"csrf": person.csrf, "address": address},
            headers={"Origin": clinic_address()})
        must(status == 303, f"{name} tells where the signer is: {status} {content[:300]}")
