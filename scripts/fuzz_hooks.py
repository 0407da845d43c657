"""Makes the requests of scripts/fuzz-api.py ones of people who are signed in; schemathesis loads it.

CISTERNA_FUZZ names a file with the people, the patients, the accounts that may be closed and the relay's
token. What a request needs besides its own content is put right in most cases and left wrong in the rest.
"""
import json
import os
import random

import requests
import schemathesis

KNOWN = json.load(open(os.environ["CISTERNA_FUZZ"]))
CHANCE = random.Random(KNOWN["seed"])
count = 0


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if not path_parameters:
        return path_parameters
    for name, real in (("patient", KNOWN["patients"]), ("account", KNOWN["accounts"]),
                       ("pump", KNOWN["pumps"])):
        if name in path_parameters and CHANCE.random() < 0.85:
            path_parameters[name] = CHANCE.choice(real)
    return path_parameters


def version(person, patient):
    """The version that a write would have been decided on."""
    answer = requests.get(f"{KNOWN['address']}/api/v1/patients/{patient}/record/identity", timeout=20,
                          headers={"Cookie": person["cookie"]})
    return answer.headers.get("ETag", '"1"')


def somebody(case):
    """One of those whom the description says it is for, in most cases."""
    words = (case.operation.definition.raw.get("description") or "").removeprefix("For: ").rstrip(".")
    fit = [one for one in KNOWN["people"] if one["role"] in words.split(", ")]
    return CHANCE.choice(fit if fit and CHANCE.random() < 0.85 else KNOWN["people"])


@schemathesis.hook
def before_call(context, case, kwargs):
    global count
    count += 1
    path = case.operation.path
    person = somebody(case)
    # Who ends a session ends one that was never open; otherwise nobody would be signed in any more.
    if CHANCE.random() < 0.05 or (case.method.upper() == "DELETE" and path == "/api/v1/session"):
        person = {"cookie": "cisterna=nobody", "csrf": "none"}
    case.cookies.clear()
    case.headers["Cookie"] = person["cookie"]
    if path.startswith("/relay/"):
        case.headers["Authorization"] = "Bearer " + KNOWN["relay"]
        return
    if case.method.upper() == "GET":
        return
    if CHANCE.random() < 0.97:
        case.headers["X-CSRF"] = person["csrf"]
    if CHANCE.random() < 0.97:
        case.headers["Idempotency-Key"] = f"fuzz-{KNOWN['seed']}-{os.getpid()}-{count}"
    patient = (case.path_parameters or {}).get("patient")
    if "If-Match" in (case.headers or {}) and patient in KNOWN["patients"] and CHANCE.random() < 0.9:
        case.headers["If-Match"] = version(person, patient)
