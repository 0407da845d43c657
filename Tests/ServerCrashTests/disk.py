"""The clinic's server over a disk that takes nothing for a while: full, read-only, broken.

Run by ServerCrashTests; by hand:
python3 Tests/ServerCrashTests/disk.py PATH-OF-CISTERNA PATH-OF-SERVER-VICTIM FOLDER LOST-WRITES.so [PORT PUMPS SIGNERS]

Writes are answered with what to do and leave nothing half-done, those who treat patients go on reading, the
audit has what they read once the disk is back, and the server goes on without a restart. Where this process
may mount, the last round is a real disk that is full: a small tmpfs.
"""

import json
import os
import shutil
import subprocess
import sys
import time

from clinic import House, Wrong, must, say

PROGRAM, VICTIM, FOLDER, SHIM = sys.argv[1:5]
PORT, PUMPS, SIGNERS = (int(word) for word in (sys.argv[5:8] or (17600, 17660, 17610)))
ERRORS = {"full": 28, "read-only": 30, "broken": 5}


class Disk:
    """What refuses, and takes again."""

    def __init__(self, house, error):
        self.path, self.error = house.at("refuse"), error

    def refuse(self):
        with open(self.path, "w") as file:
            file.write(str(self.error))

    def mend(self):
        os.remove(self.path)


class FullDisk:
    """A small file system of its own, filled up."""

    def __init__(self, house):
        self.place, self.house = house.at("disk"), house
        os.mkdir(self.place)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", self.place],
                                 capture_output=True, text=True)
        self.is_there = mounted.returncode == 0
        if not self.is_there:
            return
        for name in os.listdir(house.folder):
            if name.startswith("ledger.sqlite"):
                shutil.move(house.at(name), f"{self.place}/{name}")
        os.symlink(f"{self.place}/ledger.sqlite", house.at("ledger.sqlite"))

    def refuse(self):
        with open(f"{self.place}/filler", "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError as error:
                must(error.errno == 28, f"the small disk is full: {error}")

    def mend(self):
        os.remove(f"{self.place}/filler")

    def end(self):
        if self.is_there:
            subprocess.run(["umount", "-l", self.place])


def ask(person, path):
    status, headers, content = person.ask("GET", path)
    return status, headers, content


def explained(status, content, words):
    """A refusal of the server's own says what it is and what to do."""
    must(status == 503, f"{words}: {status} {content[:300]}")
    error = json.loads(content)["error"]
    must(error["code"] in ("notStored", "outcomeUnknown") and error.get("todo"), f"{words}: {error}")
    return error["code"]


def well(house, person, wanted, seconds):
    end = time.time() + seconds
    while time.time() < end:
        status, _, content = ask(person, "/healthz")
        if (status == 200) == wanted:
            return content
        time.sleep(0.3)
    raise Wrong(f"/healthz: {status} {content[:300]}")


def once(house, disk, name, number):
    ada, uma = house.person("ada"), house.person("uma")
    for person in (ada, uma):
        status, content = person.sign_in()
        must(status in (200, 201), f"{name}: sign-in {status} {content[:200]}")
    patient = sorted(house.pumps)[0]
    path = f"/api/v1/patients/{patient}"
    start = house.events()[-1]["position"]
    before = f"before {name} {number}"
    status, _, content = ada.post(f"{path}/notes", {"text": before}, f"disk-{number}-before")
    must(status == 200, f"{name}: a note before: {status} {content[:200]}")
    well(house, ada, True, 10)
    disk.refuse()
    # A small disk may have room in the log for some more; then it is full.
    taken = []
    for attempt in range(400):
        text, key = f"during {name} {number} {attempt}", f"disk-{number}-{attempt}"
        status, _, content = ada.post(f"{path}/notes", {"text": text + " " * 1_500}, key)
        if status != 200:
            break
        taken.append(key)
    code = explained(status, content, f"{name}: a note")
    for _ in range(3):
        # Two in flight may be told apart; what follows is told as not stored.
        status, _, content = ada.post(f"{path}/notes", {"text": text + " " * 1_500}, key)
        explained(status, content, f"{name}: the note again")
    reads = 0
    for place in (path, "/api/v1/today", f"{path}/record/orders"):
        status, headers, content = ask(ada, place)
        must(status == 200 and "cisterna-audit" in headers, f"{name}: {place}: {status} {content[:200]}")
        reads += 1
    status, _, page = ask(ada, f"/patients/{patient}")
    must(status == 200 and b"NOTHING CAN BE RECORDED" in page, f"{name}: the page: {status}")
    reads += 1
    status, _, content = ask(uma, f"/api/v1/patients")
    must(status in (403, 503), f"{name}: who treats nobody: {status}")
    noor = house.person("noor")
    status, content = noor.sign_in()
    must(status == 503, f"{name}: a sign-in, whose code must count once: {status} {content[:200]}")
    explained(status, content, f"{name}: a sign-in")
    told = json.loads(well(house, ada, False, 2))["error"]
    must(told["code"] == "notStored" and told.get("todo"), f"{name}: /healthz: {told}")
    disk.mend()
    well(house, ada, True, 15)
    status, _, content = ada.post(f"{path}/notes", {"text": text + " " * 1_500}, key)
    must(status == 200, f"{name}: the same note with the same key: {status} {content[:300]}")
    status, _, content = ada.post(f"{path}/notes", {"text": "after"}, f"disk-{number}-after")
    must(status == 200, f"{name}: a note after: {status} {content[:300]}")
    house.verify()
    events = house.events()
    ids = [event["id"] for event in events]
    for wanted in [f"disk-{number}-before", key, f"disk-{number}-after", *taken]:
        must(ids.count(wanted) == 1, f"{name}: {wanted} is there {ids.count(wanted)} times")
        must(ids.count(f"{wanted}/audit") == 1, f"{name}: {wanted} has its entry in the audit once")
    # A disk that is nearly full may take a little in between: then there are several gaps.
    gaps = [json.loads(event["payload"]) for event in events if event["what"] == "audit.gap"
            and event["position"] > start]
    must(gaps, f"{name}: the audit says nothing of the gap")
    since, late = min(gap["sinceAt"] for gap in gaps), sum(gap["written"] for gap in gaps)
    seen = [event for event in events if event["what"] == "audit.read" and event["time"] >= since]
    must(len(seen) >= reads and late >= 1,
         f"{name}: {reads} reads in the gap, {len(seen)} in the audit, {late} written late")
    say(f"{name}: a write was told {code}, {len(taken)} before it were taken and are there, {reads} reads went "
        f"on, {late} entries written late, well again without a restart")


def main():
    house = House(PROGRAM, VICTIM, FOLDER, PORT, PUMPS, SIGNERS)
    small = None
    try:
        log = house.at("power.log")
        environment = {"LD_PRELOAD": SHIM, "CUT_FOLDER": house.at("ledger.sqlite"), "CUT_LOG": log,
                       "CUT_REFUSE": house.at("refuse")}
        number = 0
        for name, error in ERRORS.items():
            house.start(0, environment)
            once(house, Disk(house, error), name, number)
            house.kill()
            number += 1
        small = FullDisk(house)
        if small.is_there:
            house.start()
            once(house, small, "a small disk, full", number)
            house.kill()
        else:
            say("a small disk: skipped, this process may not mount")
    finally:
        house.end()
        if small:
            small.end()


try:
    main()
except Wrong as wrong:
    say(f"WRONG: {wrong}")
    sys.exit(1)
