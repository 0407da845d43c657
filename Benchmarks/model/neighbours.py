#!/usr/bin/env python3
"""The patient model in NumPy, written from docs/model.md alone: an exact reference in time, and SciPy's LSODA.

    neighbours.py reference CELLS DAYS OFFSET      by matrix exponentials of every stretch
    neighbours.py lsoda CELLS DAYS OFFSET RTOL     banded, with the rates as a compiled product

Both print CPU seconds and the fluid at 26 cm each hour, as the other programs of this folder do.
"""
import math
import sys
import time

import numpy as np
import scipy.integrate
import scipy.linalg
import scipy.sparse

AREA = ([0, 4, 10, 18, 22, 30, 40, 48, 54, 60], [0.8, 1.8, 2.2, 2.3, 1.9, 1.3, 1.2, 1.4, 1.7, 2.2])
TISSUE = ([0, 10, 17, 19, 24, 30, 42, 50, 58, 60], [0.05, 0.2, 0.35, 0.45, 0.65, 0.42, 0.42, 0.75, 0.65, 0.65])
L, SPINAL, PERIMETER, QPROD, QSPINAL, VCIS, VCRAN, KMIX = 60.0, 97.3, 5.74, 21.0, 2.0, 30.0, 150.0, 30.0
KE, HT, KP, KT, KCP, KTP, CLCRAN = 0.25, 0.15, 1.0, 0.3, 0.12, 0.12, 10.0
VC, VP, CL, QP, KE0 = 21300.0, 22400.0, 8000.0, 9000.0, 0.5
TIP, SPREAD, LOADED = 26.0, 0.5, 1000.0


def integral(table, a, b):
    nodes = sorted({a, b, *[x for x in table[0] if a < x < b]})
    return sum((v - u) * np.interp((u + v) / 2, *table) for u, v in zip(nodes, nodes[1:]))


def matrix(n, q):
    """M of y' = M y + b: fluid, tissue, effect of each cell, then cisterna, cranial, blood, rest."""
    dx = L / n
    faces = np.linspace(0, L, n + 1)
    scale = SPINAL / integral(AREA, 0, L)
    V = np.array([scale * integral(AREA, a, b) for a, b in zip(faces, faces[1:])])
    W = np.array([integral(TISSUE, a, b) for a, b in zip(faces, faces[1:])])
    cdf = np.array([math.erfc(-(x - TIP) / SPREAD / math.sqrt(2)) / 2 for x in faces])
    G = (cdf - cdf[0]) / (cdf[-1] - cdf[0])
    D = 30 + 570 * (faces / L) ** 2.5
    g = scale * np.interp(faces, *AREA) * D / dx
    g[-1] *= 2
    Q = -QSPINAL * faces / L + q * G
    size, cis = 3 * n + 4, 3 * n
    cran, p, p2 = cis + 1, cis + 2, cis + 3
    rows = {}

    def add(i, j, value):
        rows[i, j] = rows.get((i, j), 0.0) + value

    exchange, absorbed = HT * PERIMETER * dx, QSPINAL * dx / L
    for i in range(n):
        c, m, e = 3 * i, 3 * i + 1, 3 * i + 2
        up, above = (c + 3, V[i + 1]) if i + 1 < n else (cis, VCIS)
        if i + 1 < n:
            low, high = Q[i + 1] / 2 + g[i + 1], Q[i + 1] / 2 - g[i + 1]
        else:
            low, high = g[i + 1], Q[i + 1] - g[i + 1]
        add(c, c, -low / V[i]), add(c, up, -high / V[i]), add(up, c, low / above), add(up, up, high / above)
        add(c, c, -KE - absorbed / V[i] - exchange / V[i]), add(c, p, KE * KCP), add(c, m, exchange / KP / V[i])
        add(m, c, exchange / W[i]), add(m, m, -exchange / KP / W[i] - KT), add(m, p, KT * KTP)
        add(e, m, KE0), add(e, e, -KE0)
        add(p, c, (KE * V[i] + absorbed) / VC), add(p, m, KT * W[i] / VC)
        add(p, p, -(KE * KCP * V[i] + KT * KTP * W[i]) / VC)
    Qc = QPROD + Q[-1]
    add(cis, cis, -(Qc + KMIX) / VCIS), add(cis, cran, KMIX / VCIS)
    add(cran, cis, (Qc + KMIX) / VCRAN), add(cran, cran, -(Qc + KMIX + CLCRAN) / VCRAN)
    add(cran, p, CLCRAN * KCP / VCRAN)
    add(p, cran, (Qc + CLCRAN) / VC), add(p, p, -(CLCRAN * KCP + CL + QP) / VC), add(p, p2, QP / VC)
    add(p2, p, QP / VP), add(p2, p2, -QP / VP)
    M = scipy.sparse.csr_matrix((list(rows.values()), tuple(zip(*rows))), shape=(size, size))
    b = np.zeros(size)
    b[0:3 * n:3] = q * LOADED * np.diff(G) / V
    return M, b


def reading(n):
    dx = L / n
    first = int(math.floor(TIP / dx - 0.5)) - 1
    weights = [math.prod((TIP / dx - first - j - 0.5) / (i - j) for j in range(4) if j != i) for i in range(4)]
    return lambda y: sum(w * y[3 * (first + i)] for i, w in enumerate(weights))


def stretches(days, offset):
    """(from, to, flow), cut at each hour and each end of a bolus."""
    starts = [1 + 6 * k + offset * (k * 7 % 11) for k in range(4 * days)]
    cuts = sorted({round(c, 9) for c in list(range(24 * days + 1)) + starts + [s + 0.1 for s in starts]
                   if c <= 24 * days + 1e-9})
    for a, b in zip(cuts, cuts[1:]):
        middle = (a + b) / 2
        yield a, b, 1.002 if any(0 < middle - s < 0.1 for s in starts) else 0.002


def is_hour(t):
    return abs(t - round(t)) < 1e-9


def reference(n, days, offset):
    at, y, kept = reading(n), np.zeros(3 * n + 5), {}
    y[-1] = 1
    for a, b, q in stretches(days, offset):
        key = (q, round(b - a, 9))
        if key not in kept:
            M, source = matrix(n, q)
            full = np.zeros((3 * n + 5, 3 * n + 5))
            full[:-1, :-1], full[:-1, -1] = M.toarray(), source
            kept[key] = scipy.linalg.expm(full * key[1])
        y = kept[key] @ y
        if is_hour(b):
            yield at(y)


def lsoda(n, days, offset, rtol):
    systems = {q: matrix(n, q) for q in (0.002, 1.002)}
    at, y, solver, before = reading(n), np.zeros(3 * n + 4), None, None
    for a, b, q in stretches(days, offset):
        if q != before:
            M, source = systems[q]
            solver = scipy.integrate.ode(lambda t, y, M=M, source=source: M @ y + source)
            solver.set_integrator("lsoda", method="bdf", rtol=rtol, atol=rtol * 1e-6, nsteps=10 ** 7,
                                  lband=3, uband=3)
            solver.set_initial_value(y, a)
            before = q
        y = solver.integrate(b)
        if is_hour(b):
            yield at(y)


kind, n, days, offset = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
start = time.process_time()
values = list(reference(n, days, offset) if kind == "reference" else lsoda(n, days, offset, float(sys.argv[5])))
print("seconds", time.process_time() - start)
for value in values:
    print(repr(float(value)))
