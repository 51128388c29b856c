#!/usr/bin/env python3
"""Kernel density at places, by definition: every kernel written from its formula, summed with math.fsum.

stdin: lines `kernel reach`, then `at x y x y …`, then `points x y x y …`. stdout: for each kernel the values at
the places in order. Plain Python, so that it runs where the product runs.
"""
import math
import sys

FORMULA = {
    "quartic": lambda u, r: 3 / (math.pi * r * r) * (1 - u * u) ** 2 if u <= 1 else 0.0,
    "epanechnikov": lambda u, r: 2 / (math.pi * r * r) * (1 - u * u) if u <= 1 else 0.0,
    "triangular": lambda u, r: 3 / (math.pi * r * r) * (1 - u) if u <= 1 else 0.0,
    "uniform": lambda u, r: 1 / (math.pi * r * r) if u <= 1 else 0.0,
    "gaussian": lambda u, r: math.exp(-u * u / 2) / (2 * math.pi * r * r),
}


def pairs(words):
    numbers = [float(word) for word in words]
    return list(zip(numbers[::2], numbers[1::2]))


kernels, places, points = [], [], []
for line in sys.stdin:
    head, *rest = line.split()
    if head == "at":
        places = pairs(rest)
    elif head == "points":
        points = pairs(rest)
    else:
        kernels.append((head, float(rest[0])))

for name, reach in kernels:
    for x, y in places:
        print(repr(math.fsum(FORMULA[name](math.hypot(px - x, py - y) / reach, reach) for px, py in points)))
