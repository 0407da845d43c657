"""A clinic for real: founded, served, signed in to, and ended, by the program itself.

    python3 serve.py CISTERNA FOLDER
"""
import glob
import http.client
import os
import signal
import stat
import subprocess
import sys
import time

PROGRAM, PLACE = sys.argv[1], sys.argv[2]
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts"))

from clinic_client import Person, Served, certify, code, found, free_port  # noqa: E402

PORT = free_port()


def must(truth, words):
    if not truth:
        raise AssertionError(words)


def refused(words, status, *parts):
    done = subprocess.run([PROGRAM, "clinic", *words], capture_output=True, text=True, timeout=20)
    told = done.stdout + done.stderr
    must(done.returncode == status, f"{words}: status {done.returncode}, expected {status}: {told}")
    for part in parts:
        must(part in told, f"{words}: nothing of \"{part}\" in: {told}")


def serve(folder, *options):
    return Served([PROGRAM, "clinic", "serve", folder, "--listen", f"127.0.0.1:{PORT}", *options], PORT)


def stream(person):
    """Opens the live updates, and reads until they say something."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    connection.request("GET", "/events?topics=work", headers={
        "Host": f"127.0.0.1:{PORT}", "Cookie": person.cookie})
    answer = connection.getresponse()
    must(answer.status == 200, f"/events: {answer.status} {answer.read(400) if answer.status != 200 else ''}")
    return connection, answer


def founding():
    known = found(PROGRAM, PLACE)
    folder = known["folder"]
    for name in ("server.key", "server.session", "relay.token"):
        mode = stat.S_IMODE(os.stat(f"{folder}/{name}").st_mode)
        must(mode == 0o600, f"{name} has mode {mode:o}")
    must(stat.S_IMODE(os.stat(folder).st_mode) == 0o700, "the folder is for its owner alone")
    root = known["root"] + ".pub"
    again = ["found", folder, "--root", root, "--administrator", "eve", "--full-name", "Eve"]
    refused(again, 2, folder, "given a folder that holds something", "nothing was changed")
    file = os.path.join(PLACE, "a file")
    open(file, "w").write("of somebody")
    refused(["found", file, *again[2:]], 2, "given a folder that holds something")
    must(open(file).read() == "of somebody", "a file of somebody is left alone")
    new = os.path.join(PLACE, "new")
    refused(["found", new, "--root", root, "--administrator", "E", "--full-name", "Eve"], 2,
            "no clinic was founded", "3 to 40 lower-case letters")
    must(not os.path.exists(new), "a founding that was refused leaves nothing")
    refused(["found", new, "--root", folder + "/server.pub", *again[4:]], 2, "expected a root's")
    return known


def addresses(folder):
    refused(["serve", PLACE + "/nothing"], 2, "expected one that `cisterna clinic found` made")
    refused(["serve", folder, "--listen", "0.0.0.0:1"], 2, "--listen", "--behind-proxy", "in clear")
    refused(["serve", folder, "--listen", "7200"], 2, "--listen: given 7200", "127.0.0.1:7200")
    refused(["serve", folder, "--behind-proxy"], 2, "--host")
    refused(["serve", folder, "--host", "https://x"], 2, "--host: given https://x")
    refused(["serve", folder, "--signer", "ftp://x"], 2, "--signer: given ftp://x")
    open(folder + "/revoked", "w").write("no list")
    refused(["serve", folder], 3, folder + "/revoked", "no list of revoked keys")
    os.remove(folder + "/revoked")


def used(known):
    folder = known["folder"]
    with serve(folder) as server:
        must("No pump is called" in server.told, server.told)
        refused(["serve", folder, "--listen", "127.0.0.1:1"], 2, "another server runs this clinic")
        max_ = Person(PORT, "max", known["password"], known["secret"])
        status, _, content = max_.ask("POST", "/api/v1/session", {
            "name": "max", "password": known["password"], "code": "000000"})
        must(status == 401 and b"signInRefused" in content, f"a wrong code: {status} {content}")
        max_.sign_in()
        ada = max_.hire("ada", "physician").sign_in()
        page = ada.get("/").decode()
        must("<h1" in page and "Today" in page and "0 patients" in page, page[:2000])
        must(max_.ask("GET", "/", headers={"Host": "evil.example"})[0] == 421, "another's name")
        connection, answer = stream(ada)
        took = server.end(signal.SIGTERM)
        rest = answer.read()
        connection.close()
        must(took < 2, f"the end took {took:.2f} s with a stream open, expected less than 2 s")
        print(f"ended in {took:.2f} s with a stream open, {len(rest)} bytes more came on it")
    return ada


def again(known, ada):
    """What was there before is there again, and what was shown once is nowhere."""
    folder = known["folder"]
    certify(PROGRAM, known)
    options = ("--host", "clinic.example", "--behind-proxy", "--signer", "http://127.0.0.1:9999")
    with serve(folder, *options) as server:
        must("https://clinic.example/" in server.told and "No pump" not in server.told, server.told)
        step = ada.step + 1
        while int(time.time()) // 30 + 1 < step:
            time.sleep(0.5)
        ada.step, ada.cookie = step, None
        status, headers, content = ada.ask("POST", "/api/v1/session", {
            "name": "ada", "password": ada.password, "code": code(ada.secret, step)},
            {"Host": "clinic.example", "X-Forwarded-For": "10.9.9.9, 203.0.113.7"})
        must(status in (200, 201), f"{status} {content}")
        cookie = headers["set-cookie"]
        must(cookie.startswith("__Host-cisterna=") and "Secure" in cookie, cookie)
        must("http://127.0.0.1:9999" in headers["content-security-policy"], str(headers))
        ada.cookie = cookie.split(";")[0]
        _, _, content = ada.ask("GET", "/api/v1/sessions", headers={"Host": "clinic.example"})
        must(b"203.0.113.7" in content and b"10.9.9.9" not in content, f"{content}")
    secrets = (known["password"], known["secret"], ada.password)
    for path in glob.glob(folder + "/**", recursive=True):
        if os.path.isfile(path):
            held = open(path, "rb").read()
            for secret in secrets:
                must(secret.encode() not in held, f"{path} holds what was shown once")
    open(folder + "/certificates/other.cert", "wb").write(open(folder + "/server.cert", "rb").read()[:-1] + b"x")
    refused(["serve", folder], 3, "certificates/other.cert", "of another root")


known = founding()
addresses(known["folder"])
again(known, used(known))
print("founded, served, signed in to, ended, served again")
