#!/usr/bin/env python3
"""The patient model's solver beside SUNDIALS CVODE and SciPy's LSODA, in one run.

    bench-model.py MODEL-BENCH [--rounds 3] [--picture cost.svg]

MODEL-BENCH is the program's own. Needs a C compiler with libsundials-dev, and Python with SciPy; what is not
there is left out, and said. CPU seconds, the best of the rounds, turn by turn. The error is against matrix
exponentials of every stretch, on the same grid: what is left is error in time.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser()
parser.add_argument("bench")
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--picture", help="where to draw cost against cells and days, as SVG")
options = parser.parse_args()
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Benchmarks", "model")
missed = []


def run(*words):
    lines = subprocess.run([str(w) for w in words], check=True, capture_output=True, text=True).stdout.split("\n")
    heads = dict(line.split() for line in lines if " " in line)
    return heads, [float(line) for line in lines if line and " " not in line]


def error(values, exact):
    greatest = max(abs(v) for v in exact)
    return max(abs(a - b) for a, b in zip(values, exact)) / greatest


def target(words, value, holds):
    print(f"  {'met   ' if holds else 'MISSED'}  {words}: {value}")
    if not holds:
        missed.append(words)


def compiled(place):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler:
        return None
    program = os.path.join(place, "cvode")
    made = subprocess.run([compiler, "-O3", "-march=native", os.path.join(FOLDER, "cvode.c"), "-o", program,
                           "-lsundials_cvode", "-lsundials_nvecserial", "-lsundials_sunmatrixband",
                           "-lsundials_sunlinsolband", "-lm"], capture_output=True, text=True)
    return program if made.returncode == 0 else None


def picture(panels):
    """Cost against an amount, a panel each: what was measured, and the straight line through the largest."""
    left, top, wide, high = 70, 40, 300, 200
    text = []
    for number, (what, figures) in enumerate(panels):
        x0 = left + number * (wide + 110)
        most, cost = figures[-1][0], max(seconds for _, seconds in figures) * 1e3
        def at(amount, seconds):
            return f"{x0 + wide * amount / most:.1f},{top + high * (1 - seconds * 1e3 / cost):.1f}"
        text += [f'<text x="{x0}" y="{top - 16}" font-weight="bold">CPU time against {what}</text>',
                 f'<path d="M{x0} {top}v{high}h{wide}" fill="none" stroke="#667"/>',
                 f'<path d="M{x0} {top + high}L{at(most, figures[-1][1])}" stroke="#99a" stroke-dasharray="4 4"/>',
                 f'<text x="{x0 - 8}" y="{top + 4}" text-anchor="end">{cost:.0f} ms</text>',
                 f'<text x="{x0 - 8}" y="{top + high + 4}" text-anchor="end">0</text>',
                 f'<text x="{x0 + wide / 2}" y="{top + high + 40}" text-anchor="middle">{what}</text>',
                 f'<polyline points="{" ".join(at(*f) for f in figures)}" fill="none" stroke="#06c" stroke-width="2"/>']
        for amount, seconds in figures:
            x, y = at(amount, seconds).split(",")
            text.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="#06c"/>')
            if amount >= most / 9:
                text.append(f'<text x="{x}" y="{top + high + 18}" text-anchor="middle">{amount}</text>')
    head = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 300" font-family="sans-serif" font-size="13" '
            'fill="#223"><title>CPU time of the patient model against cells and days; dashed: in proportion</title>'
            '<rect width="840" height="300" fill="#fff"/>')
    return head + "".join(text) + "</svg>\n"


panels = []
with tempfile.TemporaryDirectory() as place:
    cvode = compiled(place)
    if not cvode:
        print("CVODE is left out: no C compiler with libsundials-dev (Debian: apt-get install libsundials-dev)")
    neighbours = os.path.join(FOLDER, "neighbours.py")
    scipy = subprocess.run([sys.executable, "-c", "import scipy"], capture_output=True).returncode == 0
    if not scipy:
        print("LSODA and the reference are left out: no SciPy")

    for title, offset, least in (("boluses at whole hours", 0, 200), ("boluses at eleven phases of the hour", 0.037, 80)):
        print(f"\n200 cells x 3 states + 4, 30 d, four boluses a day, hourly output; {title}")
        exact = run(sys.executable, neighbours, "reference", 200, 30, offset)[1] if scipy else None
        best = {}
        for _ in range(options.rounds):
            turns = [("this", (options.bench, 200, 30, offset, 5))]
            if cvode:
                turns += [("CVODE 1e-6", (cvode, 200, 30, offset, 1e-6)),
                          ("CVODE 1e-8", (cvode, 200, 30, offset, 1e-8))]
            if scipy:
                turns += [("LSODA 1e-6", (sys.executable, neighbours, "lsoda", 200, 30, offset, 1e-6))]
            for name, words in turns:
                heads, values = run(*words)
                if name not in best or float(heads["seconds"]) < best[name][0]:
                    best[name] = (float(heads["seconds"]), heads, values)
        print(f"  {'solver':12} {'CPU s':>10} {'error in time':>14} {'times this':>11}")
        for name, (seconds, heads, values) in best.items():
            shown = f"{error(values, exact):14.1e}" if exact else f"{'-':>14}"
            print(f"  {name:12} {seconds:10.4f} {shown} {seconds / best['this'][0]:11.0f}")
        heads = best["this"][1]
        print(f"  this: {heads['steps']} steps, {heads['factored']} factored, mass to {float(heads['mass']):.1e}")
        if exact:
            value = error(best["this"][2], exact)
            target("error in time at most 1e-9", f"{value:.1e}", value <= 1e-9)
        if cvode:
            ratio = best["CVODE 1e-6"][0] / best["this"][0]
            target(f"at least {least} times as fast as CVODE 1e-6", f"{ratio:.0f}", ratio >= least)

    print("\ncost against cells (30 d) and days (480 cells), CPU s")
    for what, pairs in (("cells", [(c, 30) for c in (120, 240, 480, 960, 1920)]),
                        ("days", [(480, d) for d in (7, 15, 30, 60, 120)])):
        figures = []
        for cells, days in pairs:
            seconds = min(float(run(options.bench, cells, days, 0, 3)[0]["seconds"]) for _ in range(options.rounds))
            amount = cells if what == "cells" else days
            figures.append((amount, seconds))
            print(f"  {amount:5} {what:6} {seconds:9.4f}   {seconds / amount * 1e6:8.1f} us for each")
        panels.append((f"{what} ({'30 days' if what == 'cells' else '480 cells'})", figures))
        growth = (figures[-1][1] / figures[0][1]) / (figures[-1][0] / figures[0][0])
        target(f"cost linear in {what} (growth over proportion, at most 1.5)", f"{growth:.2f}", growth <= 1.5)

if options.picture:
    with open(options.picture, "w") as file:
        file.write(picture(panels))
print("\n" + ("all targets met" if not missed else f"missed: {'; '.join(missed)}"))
sys.exit(1 if missed else 0)
