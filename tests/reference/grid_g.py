#!/usr/bin/env python3
"""Gi* and Gi of cells and their exact conditional permutation p, written from the definitions (Ord and Getis 1995), not
from our code.

stdin: `cols rows star|gi exact|z`, then the values row by row, `x` for a cell that is no part of the map.
stdout: for each cell of the map its sum and z, and with `exact` the chances of so high and so low a sum over ALL ways of
drawing its neighbours from the other cells, then over all ways of drawing the whole neighbourhood.
"""
import itertools
import math
import sys

words = sys.stdin.read().split()
cols, rows, kind, exact = int(words[0]), int(words[1]), words[2], words[3] == "exact"
cells = {(i // cols, i % cols): int(word) for i, word in enumerate(words[4:]) if word != "x"}
n = len(cells)

for (row, col), own in cells.items():
    around = [cells[r, c] for r in (row - 1, row, row + 1) for c in (col - 1, col, col + 1)
              if (r, c) != (row, col) and (r, c) in cells]
    others = [value for place, value in cells.items() if place != (row, col)]
    if kind == "star":
        total, k, values, m = sum(around) + own, len(around) + 1, list(cells.values()), n
    else:
        total, k, values, m = sum(around), len(around), others, n - 1
    mean = sum(values) / m
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / m)
    spread = deviation * math.sqrt((m * k - k * k) / (m - 1)) if m * k > k * k else 0.0
    print(total, (total - k * mean) / spread if spread > 0 else math.nan)
    if exact:
        sums = [sum(drawn) for drawn in itertools.combinations(others, len(around))]
        print(sum(s >= sum(around) for s in sums) / len(sums), sum(s <= sum(around) for s in sums) / len(sums))
        sums = [sum(drawn) for drawn in itertools.combinations(list(cells.values()), k)]
        print(sum(s >= total for s in sums) / len(sums), sum(s <= total for s in sums) / len(sums))
