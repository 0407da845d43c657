#!/usr/bin/env python3
"""What a clinic's server does under load, beside a bare server of the same library, in one run.

    bench-clinic.py FOLDER-OF-THE-PROGRAMS [--place FOLDER] [--patients 10000] [--events 300]
                    [--seconds 6] [--rounds 3] [--port 8440]

Needs wrk (Debian: apt-get install wrk). Everyone is signed in, and every read is in the audit before it is
answered. Pairs are measured one after the other, round after round; what is compared is the best round of
each, and all rounds are printed. Other work on the machine makes every figure worse, and ratios less so.
"""
import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import time

from clinic_client import Person, Served, found

parser = argparse.ArgumentParser()
parser.add_argument("programs")
parser.add_argument("--place", default="")
parser.add_argument("--patients", type=int, default=10_000)
parser.add_argument("--events", type=int, default=300)
parser.add_argument("--seconds", type=int, default=6)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--port", type=int, default=8440)
parser.add_argument("--only", default="", help="start, reads, today, writes, ingest")
options = parser.parse_args()

PORT, SECONDS = options.port, options.seconds
CISTERNA = os.path.join(options.programs, "cisterna")
BENCH = os.path.join(options.programs, "clinic-bench")
PLACE = options.place or os.path.join(options.programs, "clinic-bench-data")
missed = []


def say(words=""):
    print(words, flush=True)


def wants(part):
    return not options.only or part in options.only.split(",")


def target(words, truth):
    say(f"    {'held' if truth else 'MISSED'}: {words}")
    if not truth:
        missed.append(words)


def wrk(path, connections, server, cookie=None, script=None, seconds=SECONDS):
    """Requests a second, p50 and p99 in ms, the server's CPU time of one in ms; fails where one is refused."""
    words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    if cookie:
        words += ["-H", f"Cookie: {cookie}"]
    if script:
        file = os.path.join(PLACE, "requests.lua")
        with open(file, "w") as lua:
            lua.write(script)
        words += ["-s", file]
    used = server.cpu()
    told = subprocess.run(words + [f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True).stdout
    used = server.cpu() - used
    units = {"us": 0.001, "ms": 1, "s": 1000}

    def latency(name):
        found = re.search(rf"^\s+{name}%\s+([\d.]+)(us|ms|s)", told, re.M)
        return float(found[1]) * units[found[2]] if found else float("nan")

    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not rate:
        raise AssertionError(f"wrk {path}: {told}")
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    lost = re.search(r"Socket errors: (.*)", told)
    if bad or lost:
        raise AssertionError(f"wrk {path}: {told}")
    count = int(re.search(r"(\d+) requests in", told)[1])
    return {"rate": float(rate[1]), "p50": latency(50), "p99": latency(99), "cpu": used * 1000 / max(1, count)}


def row(name, best, all_rates):
    rates = ", ".join(f"{rate:.0f}" for rate in all_rates)
    say(f"  {name:42} {best['rate']:7.0f}/s  p50 {best['p50']:6.2f} ms  p99 {best['p99']:7.2f} ms  "
        f"CPU {best['cpu']:.3f} ms  ({rates})")


def prepared():
    """A clinic with all its patients; founded anew where there is none, or where it has grown old."""
    mark = os.path.join(PLACE, f"filled-{options.patients}-{options.events}")
    if os.path.exists(mark) and time.time() - os.path.getmtime(mark) < 20 * 3600:
        return json.load(open(mark))
    shutil.rmtree(PLACE, ignore_errors=True)
    known = found(CISTERNA, PLACE)
    begun = time.time()
    told = subprocess.run([BENCH, "fill", known["folder"] + "/ledger.sqlite", str(options.patients),
                           str(options.events)], capture_output=True, text=True)
    if told.returncode != 0:
        raise AssertionError(told.stderr)
    size = os.path.getsize(known["folder"] + "/ledger.sqlite") >> 20
    say(f"filled: {told.stdout.strip()}, {size} MiB, in {time.time() - begun:.0f} s")
    with serve(known) as server:
        say(f"first start, of all events: {server.took:.1f} s, at most {server.memory('VmHWM'):.0f} MiB")
        max_ = Person(PORT, "max", known["password"], known["secret"]).sign_in()
        ada = max_.hire("ada", "physician")
        known["ada"] = {"password": ada.password, "secret": base64.b32encode(ada.secret).decode()}
    json.dump(known, open(mark, "w"))
    return known


def serve(known, batch=None):
    if batch is None:
        words = [CISTERNA, "clinic", "serve", known["folder"], "--listen", f"127.0.0.1:{PORT}"]
        return Served(words, PORT)
    return Served([BENCH, "serve", known["folder"], str(PORT), str(batch)], PORT, sign="listening")


ada = None


def sign_in(known):
    global ada
    if ada is None:
        ada = Person(PORT, "ada", known["ada"]["password"], known["ada"]["secret"])
        ada.step = known.get("step", 0)
    ada.sign_in()
    known["step"] = ada.step
    json.dump(known, open(os.path.join(PLACE, f"filled-{options.patients}-{options.events}"), "w"))
    return ada


def start(known):
    say("\nStart from a snapshot, with the record of every patient asked for as it is needed")
    taken = []
    for _ in range(options.rounds):
        with serve(known) as server:
            taken.append((server.took, server.memory("VmHWM")))
    took, memory = min(taken)
    say("  " + ", ".join(f"{one:.2f} s with at most {most:.0f} MiB" for one, most in taken))
    target(f"start {took:.2f} s, at most 5 s", took <= 5)


def alternate(pairs):
    """Measures each in turn, round after round; the best of each and all rates."""
    found = {name: [] for name, _ in pairs}
    for _ in range(options.rounds):
        for name, one in pairs:
            found[name].append(one())
    best = {name: max(all_, key=lambda one: one["rate"]) for name, all_ in found.items()}
    for name, all_ in found.items():
        row(name, best[name], [one["rate"] for one in all_])
    return best


def random_patients(path, last):
    return f"""
      math.randomseed(7)
      request = function()
        return wrk.format("GET", string.format("{path}", math.random(0, {last})))
      end
    """


def reads(known):
    say("\nA patient's summary as JSON, signed in and audited durably, beside a bare server")
    with serve(known) as server, Served([BENCH, "hello", str(PORT + 1)], PORT + 1, sign="") as hello:
        cookie = sign_in(known).cookie
        script = random_patients("/api/v1/patients/bench-%d", options.patients - 1)
        time.sleep(1)
        shares = []
        for connections in (32, 64, 128):
            best = alternate([
                (f"hello, {connections} connections", lambda: wrk("/hello", connections, hello)),
                (f"summary of any patient, {connections} connections",
                 lambda: wrk("/", connections, server, cookie, script)),
            ])
            first, second = [one["rate"] for one in best.values()]
            shares.append(second / first)
            times = [one["cpu"] for one in best.values()]
            say(f"    {second / first:.1%} of hello's requests a second, {times[1] / times[0]:.1f} times its CPU time")
        target(f"summary {max(shares):.1%} of hello's requests a second, at least 30 %", max(shares) >= 0.3)
        hello.process.terminate()
        hello.process.wait(10)
        say(f"  memory {server.memory():.0f} MiB, at most {server.memory('VmHWM'):.0f} MiB")


def today(known):
    say(f"\nToday of {options.patients} patients, signed in and audited durably")
    with serve(known) as server:
        person = sign_in(known)
        cookie = person.cookie
        items = json.loads(person.get("/api/v1/today"))
        sizes = len(person.get("/api/v1/today")) >> 10, len(person.get("/")) >> 10
        say(f"  {len(items)} things in the JSON, {sizes[0]} KiB; the page {sizes[1]} KiB")
        for connections in (1, 8):
            for name, path, most in (("JSON", "/api/v1/today", 20), ("page", "/", 50)):
                all_ = [wrk(path, connections, server, cookie) for _ in range(options.rounds)]
                best = min(all_, key=lambda one: one["p99"])
                row(f"Today as {name}, {connections} connections", best, [one["rate"] for one in all_])
                target(f"Today as {name}, {connections} connections: p99 {best['p99']:.1f} ms, at most {most} ms",
                       best["p99"] <= most)
        for index in range(0, options.patients, max(1, options.patients // 3000)):
            person.get(f"/api/v1/patients/bench-{index}/record/notes")
        most = server.memory("VmHWM")
        say(f"  memory after 3,000 whole records were read: {server.memory():.0f} MiB")
        target(f"memory at most {most:.0f} MiB, at most 1024", most <= 1024)


def writes(known):
    say("\nNotes written through HTTP, each durable with its entry in the audit before it is answered")

    def script(csrf, mark):
        return f"""
          local count = 0
          wrk.method = "POST"
          wrk.headers["Content-Type"] = "application/json"
          wrk.headers["X-CSRF"] = "{csrf}"
          math.randomseed(7)
          request = function()
            count = count + 1
            wrk.headers["Idempotency-Key"] = string.format("{mark}-%d", count)
            local path = string.format("/api/v1/patients/bench-%d/notes", math.random(0, 499))
            return wrk.format("POST", path, nil, '{{"text":"Seen today."}}')
          end
        """

    found = {}
    for number in range(options.rounds):
        for name, batch in (("group commit", 256), ("one transaction each", 1)):
            with serve(known, batch) as server:
                person = sign_in(known)
                for index in range(500):
                    person.get(f"/api/v1/patients/bench-{index}/record/notes")
                for connections in (32, 128):
                    mark = f"w-{int(time.time() * 1000)}-{number}-{batch}-{connections}"
                    one = wrk("/", connections, server, person.cookie, script(person.csrf, mark))
                    found.setdefault((connections, name), []).append(one)
    for connections, least in ((32, 1.5), (128, 2)):
        rates = []
        for name in ("group commit", "one transaction each"):
            all_ = found[(connections, name)]
            best = max(all_, key=lambda one: one["rate"])
            rates.append(best["rate"])
            row(f"{name}, {connections} connections", best, [one["rate"] for one in all_])
        ratio = rates[0] / rates[1]
        target(f"group commit {ratio:.2f} times one transaction each at {connections} connections, "
               f"at least {least}", ratio >= least)


def ingest(known):
    say("\nStatuses of pumps recorded a second, each durable (without the session's cryptography)")
    folder = os.path.join(PLACE, "ingest")
    for writers in (1, 32, 128):
        figures = {}
        for batch in (256, 1):
            rates = []
            for _ in range(options.rounds):
                shutil.rmtree(folder, ignore_errors=True)
                os.makedirs(folder)
                told = subprocess.run([BENCH, "ingest", folder, str(writers), str(min(4, SECONDS)), str(batch)],
                                      capture_output=True, text=True)
                if told.returncode != 0:
                    raise AssertionError(told.stderr)
                rates.append(int(told.stdout.split()[-1]))
            figures[batch] = rates
        say(f"  {writers:3} lines: group commit {max(figures[256])}/s {figures[256]}, "
            f"one transaction each {max(figures[1])}/s {figures[1]}, "
            f"{max(figures[256]) / max(figures[1]):.1f} times")
    shutil.rmtree(folder, ignore_errors=True)


def main():
    if not shutil.which("wrk"):
        say("bench of the clinic skipped: wrk is not here (Debian: apt-get install wrk)")
        return 0
    load = os.getloadavg()
    say(f"{os.cpu_count()} cores, load {load[0]:.1f} {load[1]:.1f} {load[2]:.1f} at the start, "
        f"{SECONDS} s a figure, best of {options.rounds} rounds (all in brackets), wrk with 1 thread beside")
    known = prepared()
    for name, part in (("start", start), ("reads", reads), ("today", today), ("writes", writes),
                       ("ingest", ingest)):
        if wants(name):
            part(known)
    load = os.getloadavg()
    say(f"\nload {load[0]:.1f} {load[1]:.1f} {load[2]:.1f} at the end")
    for words in missed:
        say(f"MISSED: {words}")
    return 1 if missed else 0


sys.exit(main())
