#!/usr/bin/env python3
"""A Knox table point by point, written from the definition (Knox 1964), not from our code.

stdin: `distance edges`, `time edges`, `left|right euclidean|manhattan`, then one point to a line: x y t (whole
numbers, so that squared distances are exact). stdout: the table row by row, then the mean and the standard
deviation of every cell over ALL orders of the times, which few points allow.
"""
import itertools
import math
import sys

lines = [line.split() for line in sys.stdin if line.strip()]
distances = [int(word) for word in lines[0]]
times = [int(word) for word in lines[1]]
closed, metric = lines[2]
points = [tuple(int(word) for word in line) for line in lines[3:]]


def band(value, edges):
    for k in range(len(edges) - 1):
        low, high = edges[k], edges[k + 1]
        inside = low <= value < high if closed == "left" else (low < value or (k == 0 and value == low)) and value <= high
        if inside:
            return k
    return None


def table(t):
    counts = [[0] * (len(times) - 1) for _ in range(len(distances) - 1)]
    for i, j in itertools.combinations(range(len(points)), 2):
        dx, dy = points[i][0] - points[j][0], points[i][1] - points[j][1]
        if metric == "euclidean":
            d = band(dx * dx + dy * dy, [edge * edge for edge in distances])
        else:
            d = band(abs(dx) + abs(dy), distances)
        k = band(abs(t[i] - t[j]), times)
        if d is not None and k is not None:
            counts[d][k] += 1
    return [count for row in counts for count in row]


own = [point[2] for point in points]
print(*table(own))
if len(points) <= 7:
    every = [table(order) for order in itertools.permutations(own)]
    for cell in zip(*every):
        mean = sum(cell) / len(cell)
        print(mean, math.sqrt(sum((c - mean) ** 2 for c in cell) / len(cell)))
