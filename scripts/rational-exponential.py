#!/usr/bin/env python3
"""Computes the rational exponential of the patient model: its poles and weights.

    rational-exponential.py [--degree 14] [--write Sources/Pharmacology/RationalExponential+Values.swift]

The Caratheodory-Fejer method (Trefethen, Weideman & Schmelzer 2006, "Talbot quadratures and rational
approximations", BIT 46:653) on exp over the negative real axis: the axis becomes [-1, 1] by
z = 9 (t - 1)/(t + 1), exp becomes a Chebyshev series, and a singular vector of the Hankel matrix of its
coefficients gives the denominator of the approximation. Here it is done in 40 digits, so that what is
left in the printed doubles is rounding alone. Then the weights are fitted anew at the poles so found,
the worst error is measured, and the constant is moved so that the value at 0 is exactly 1: what does
that conserves mass. Needs mpmath.
"""
import argparse

import mpmath as mp

parser = argparse.ArgumentParser()
parser.add_argument("--degree", type=int, default=14)
parser.add_argument("--write", default="")
options = parser.parse_args()

mp.mp.dps = 40
DEGREE, TERMS, NODES, SCALE = options.degree, 90, 512, mp.mpf(9)


def target(t):
    return mp.exp(SCALE * (t - 1) / (t + 1)) if t > -1 else mp.mpf(0)


# Chebyshev coefficients by a discrete cosine sum.
angles = [2 * mp.pi * j / NODES for j in range(NODES)]
values = [target(mp.cos(a)) for a in angles]
cosines = [mp.cos(a) for a in angles]
chebyshev = [
    sum(values[j] * cosines[(j * k) % NODES] for j in range(NODES)) * (1 if k == 0 else 2) / NODES
    for k in range(TERMS + 1)
]

# The Hankel matrix of c_1 … c_TERMS is symmetric: its singular vectors are eigenvectors.
hankel = mp.matrix(TERMS, TERMS)
for i in range(TERMS):
    for j in range(TERMS - i):
        hankel[i, j] = chebyshev[i + j + 1] / 2
eigenvalues, vectors = mp.eigsy(hankel)
order = sorted(range(TERMS), key=lambda k: -abs(eigenvalues[k]))
chosen = order[DEGREE]
vector = [vectors[i, chosen] for i in range(TERMS)]
print("singular value", mp.nstr(abs(eigenvalues[chosen]), 6))


def polynomial(w):
    total, derivative = mp.mpf(0), mp.mpf(0)
    for coefficient in vector:
        derivative = derivative * w + total
        total = total * w + coefficient
    return total, derivative


# Its roots outside of the unit circle, found in doubles and polished in full length.
import numpy as np

guesses = [r for r in np.roots([float(v) for v in vector]) if abs(r) > 1.0 + 1e-9]
roots = []
for guess in guesses:
    w = mp.mpc(guess)
    for _ in range(60):
        value, derivative = polynomial(w)
        step = value / derivative
        w -= step
        if abs(step) < mp.mpf(10) ** -35 * abs(w):
            break
    if abs(w) > 1 and all(abs(w - other) > mp.mpf(10) ** -15 for other in roots):
        roots.append(w)
poles = [SCALE * (w - 1) ** 2 / (w + 1) ** 2 for w in roots]
poles = sorted([p for p in poles if p.imag > 0], key=lambda p: p.imag)
print(len(roots), "roots,", len(poles), "poles with positive imaginary part")
assert len(poles) == DEGREE // 2

# Weights: the least worst error at these poles, by Lawson's iteration on a fine net of the axis.
net = [-mp.mpf(10) ** (mp.mpf(k) / 40) for k in range(-160, 161)] + [mp.mpf(0)]
net = sorted(set(net + [SCALE * (mp.cos(mp.pi * (k + mp.mpf(1) / 2) / 240) - 1)
                        / (mp.cos(mp.pi * (k + mp.mpf(1) / 2) / 240) + 1) for k in range(240)]))
columns = 1 + 2 * len(poles)
rows = []
for z in net:
    row = [mp.mpf(1)]
    for p in poles:
        term = 1 / (z - p)
        row += [2 * term.real, -2 * term.imag]
    rows.append(row)
importance = [mp.mpf(1)] * len(net)
mp.mp.dps = 60
best = None
for turn in range(12):
    normal, right = mp.matrix(columns, columns), mp.matrix(columns, 1)
    for row, z, weight in zip(rows, net, importance):
        e = mp.exp(z)
        for i in range(columns):
            right[i] += weight * row[i] * e
            for j in range(i + 1):
                normal[i, j] += weight * row[i] * row[j]
    for i in range(columns):
        for j in range(i):
            normal[j, i] = normal[i, j]
    solution = mp.lu_solve(normal, right)
    errors = [abs(sum(a * b for a, b in zip(row, solution)) - mp.exp(z)) for row, z in zip(rows, net)]
    worst = max(errors)
    if best is None or worst < best[0]:
        best = (worst, solution)
    total = sum(weight * error for weight, error in zip(importance, errors))
    importance = [weight * error / total * len(net) + mp.mpf(10) ** -12
                  for weight, error in zip(importance, errors)]
worst, solution = best
constant = solution[0]
weights = [mp.mpc(solution[1 + 2 * k], solution[2 + 2 * k]) for k in range(len(poles))]
print("worst error of the fit", mp.nstr(worst, 5))


def as_double(z):
    return mp.mpc(float(z.real), float(z.imag))


# As they will be printed, and the constant so that the value at 0 is 1.
poles, weights = [as_double(p) for p in poles], [as_double(w) for w in weights]
constant = mp.mpf(float(1 + 2 * sum((w / p).real for w, p in zip(weights, poles))))


def rational(z):
    return constant + 2 * sum((w / (z - p)).real for w, p in zip(weights, poles))


worst = max(abs(rational(z) - mp.exp(z)) for z in net)
print("worst error of the printed doubles", mp.nstr(worst, 5), "at 0", mp.nstr(rational(mp.mpf(0)) - 1, 5))
for p, w in zip(poles, weights):
    print(float(p.real), float(p.imag), float(w.real), float(w.imag))


def literal(x):
    return repr(float(x))


def row(numbers, filler):
    cells = [literal(n) for n in numbers] + [filler]
    return "    " + ",\n    ".join(", ".join(cells[i:i + 3]) for i in range(0, len(cells), 3))


if options.write:
    with open(options.write, "w") as file:
        file.write(f"""// Written by scripts/rational-exponential.py; the worst error on the negative real axis is
// {mp.nstr(worst, 3)} (in exact arithmetic), and the value at 0 is 1.

extension RationalExponential {{
  /// The value at minus infinity.
  static let constant = {literal(constant)}

  /// Real parts of the poles in the upper half plane; the eighth lane stands idle.
  static let poleReal = SIMD8<Double>(
{row([p.real for p in poles], "-1.0")}
  )

  /// Imaginary parts of the poles.
  static let poleImaginary = SIMD8<Double>(
{row([p.imag for p in poles], "1.0")}
  )

  /// Real parts of the weights, doubled for the conjugate pole.
  static let weightReal = SIMD8<Double>(
{row([2 * w.real for w in weights], "0.0")}
  )

  /// Imaginary parts of the weights, doubled for the conjugate pole.
  static let weightImaginary = SIMD8<Double>(
{row([2 * w.imag for w in weights], "0.0")}
  )
}}
""")
