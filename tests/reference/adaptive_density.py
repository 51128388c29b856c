#!/usr/bin/env python3
"""Abramson's adaptive radii and the quartic density with them, written from the formulas (Abramson 1982; Hall and Marron
1988), not from our code.

stdin: `h0 trim cols rows` of a grid of unit cells from (0, 0), then one point to a line: x y weight.
stdout: the radius of each point, from the exact quartic density at the points, then the density at each cell's centre.
"""
import math
import sys

lines = [line.split() for line in sys.stdin if line.strip()]
h0, trim, cols, rows = float(lines[0][0]), float(lines[0][1]), int(lines[0][2]), int(lines[0][3])
points = [tuple(float(word) for word in line) for line in lines[1:]]


def quartic(squared, radius):
    u = squared / radius ** 2
    return 3 / (math.pi * radius ** 2) * (1 - u) ** 2 if u < 1 else 0.0


def density(x, y, radii):
    return math.fsum(w * quartic((x - px) ** 2 + (y - py) ** 2, radius)
                     for (px, py, w), radius in zip(points, radii))


pilot = [density(x, y, [h0] * len(points)) for x, y, _ in points]
gamma = math.exp(math.fsum(math.log(f) for f in pilot) / len(pilot)) ** -0.5
radii = [h0 * min(f ** -0.5 / gamma, trim) for f in pilot]
print(*(repr(radius) for radius in radii))
for row in range(rows):
    print(*(repr(density(col + 0.5, row + 0.5, radii)) for col in range(cols)))
