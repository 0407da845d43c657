#!/usr/bin/env python3
"""Fuzzes the API of a clinic that is served for real, from its own description, with schemathesis.

    fuzz-api.py FOLDER-OF-THE-PROGRAMS [--seconds 60] [--seed N] [--port 8450]

Everyone is signed in: a physician, a nurse, a pharmacist, an administrator, an auditor and a patient. What is
looked at: no answer of 500 and above, and status, type and content of each as the description says. The
server must be well, end in time and have a ledger that proves at the end. Exit status 0; 1 for a finding.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

from clinic_client import Person, Served, certify, found, free_port

HERE = os.path.dirname(os.path.abspath(__file__))
# Live updates and a relay's wait go on for long by design.
LONG = ["/events", "/relay/v1/lines/{pump}/{way}/down"]
ROLES = ("physician", "nurse", "pharmacist", "auditor")
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance",
          "response_schema_conformance", "unsupported_method"]

parser = argparse.ArgumentParser()
parser.add_argument("programs")
parser.add_argument("--seconds", type=int, default=60)
parser.add_argument("--seed", type=int, default=None)
parser.add_argument("--port", type=int, default=None)
options = parser.parse_args()
CISTERNA = os.path.join(options.programs, "cisterna")
BENCH = os.path.join(options.programs, "clinic-bench")
PORT = options.port or free_port()
SEED = options.seed if options.seed is not None else random.randrange(1 << 31)


def schemathesis():
    """How to call it: from PATH, of this python3, or of an environment under .build that is made once."""
    if shutil.which("schemathesis"):
        return ["schemathesis"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run([sys.executable, "-c", "import schemathesis"], **quiet).returncode == 0:
        return [sys.executable, "-m", "schemathesis.cli"]
    place = os.path.join(HERE, "..", ".build", "schemathesis")
    program = os.path.join(place, "bin", "schemathesis")
    if not os.path.exists(program):
        made = subprocess.run([sys.executable, "-m", "venv", place], **quiet).returncode == 0
        if not made or subprocess.run([os.path.join(place, "bin", "pip"), "install", "--quiet",
                                       "schemathesis>=4,<5"], **quiet).returncode != 0:
            shutil.rmtree(place, ignore_errors=True)
            return None
    return [program]


def people(known):
    """Everyone, signed in."""
    max_ = Person(PORT, "max", known["password"], known["secret"]).sign_in()
    hired = [max_.hire(f"one-{role}", role) for role in ROLES]
    hired.append(max_.hire("one-patient", "patient", "bench-0"))
    decoys = [max_.hire(f"decoy-{number}", "nurse") for number in range(3)]
    told = json.loads(max_.get("/api/v1/accounts"))["accounts"]
    accounts = [one["id"] for one in told if one["name"] in {decoy.name for decoy in decoys}]
    return [max_] + [person.sign_in() for person in hired], accounts


def fuzz(call, place, known):
    words = [CISTERNA, "clinic", "serve", known["folder"], "--listen", f"127.0.0.1:{PORT}"]
    with Served(words, PORT) as server:
        everyone, accounts = people(known)
        about = os.path.join(place, "fuzz.json")
        with open(about, "w") as file:
            json.dump({
                "seed": SEED, "address": f"http://127.0.0.1:{PORT}",
                "people": [{"cookie": one.cookie, "csrf": one.csrf, "role": role}
                           for one, role in zip(everyone, ("administrator", *ROLES, "patient"))],
                "patients": [f"bench-{number}" for number in range(8)], "accounts": accounts,
                "pumps": [f"{number:032x}" for number in range(8)],
                "relay": open(known["folder"] + "/relay.token").read().strip()}, file)
        environment = dict(os.environ, CISTERNA_FUZZ=about, SCHEMATHESIS_HOOKS="fuzz_hooks",
                           PYTHONPATH=HERE, PYTHONDONTWRITEBYTECODE="1")
        words = call + ["run", f"http://127.0.0.1:{PORT}/api/v1/openapi.json",
                        "--phases", "coverage,fuzzing", "--checks", ",".join(CHECKS),
                        "--max-time", str(options.seconds), "--seed", str(SEED), "--continue-on-failure",
                        "--request-timeout", "30", "--generation-database", "none", "--no-color",
                        "--suppress-health-check", "all", "--output-sanitize", "false", "--warnings", "off"]
        for path in LONG:
            words += ["--exclude-path", path]
        done = subprocess.run(words, cwd=place, env=environment, capture_output=True, text=True,
                              timeout=options.seconds * 4 + 120)
        told = done.stdout + done.stderr
        cases = re.search(r"Test cases:\s*\n?\s*([\d,]+) generated", told) or re.search(r"([\d,]+) generated", told)
        count = int(cases[1].replace(",", "")) if cases else 0
        if server.process.poll() is not None:
            print(told)
            return f"the server ended with status {server.process.returncode}", count, told
        everyone[0].get("/healthz")
        metrics = everyone[0].get("/metrics").decode()
        faults = re.findall(r'cisterna_requests_total\{route="([^"]*)",status="(5\d\d)"\} (\d+)', metrics)
        answers = {}
        for status, number in re.findall(r'cisterna_requests_total\{.*status="(\d+)"\} (\d+)', metrics):
            answers[status] = answers.get(status, 0) + int(number)
        print("answers: " + ", ".join(f"{answers[status]} of {status}" for status in sorted(answers)))
        took = server.end()
    if done.returncode != 0:
        return f"schemathesis ended with status {done.returncode}", count, told
    if faults:
        return f"answers of 500 and above: {faults}", count, told
    if count == 0:
        return "no case was made", count, told
    if took > 2:
        return f"the end took {took:.1f} s, expected at most 2 s", count, told
    return None, count, told


def main():
    call = schemathesis()
    if call is None:
        print("fuzzing of the API skipped: schemathesis is not here and could not be installed "
              "(pip install schemathesis)")
        return 0
    place = tempfile.mkdtemp(prefix="cisterna-fuzz-api-")
    try:
        known = found(CISTERNA, place)
        certify(CISTERNA, known)
        ledger = known["folder"] + "/ledger.sqlite"
        subprocess.run([BENCH, "fill", ledger, "8", "60"], check=True, capture_output=True)
        finding, count, told = fuzz(call, place, known)
        proof = subprocess.run([CISTERNA, "ledger", "verify", ledger], capture_output=True, text=True)
        if finding is None and proof.returncode != 0:
            finding = f"the ledger does not prove: {proof.stdout}{proof.stderr}"
        if finding:
            print(told[-12_000:])
            print(f"FAILED: {finding}; {count} cases, seed {SEED}")
            return 1
        print(f"{count} cases, 0 failures, so fewer than {3 / count:.4f} of all (3/n, 95 %); seed {SEED}; "
              f"not asked: {', '.join(LONG)}")
        return 0
    finally:
        shutil.rmtree(place, ignore_errors=True)


sys.exit(main())
