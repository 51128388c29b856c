#!/usr/bin/env python3
"""Many pairs of counts compared exactly and judged together, with fractions.

stdin: days before, days after and the level; then two counts to a line.
stdout: per pair the p after Benjamini and Hochberg (nan where no division of the counts could have been clear) and
the class: 1 more, -1 fewer, 0 not clear. Plain Python.
"""
import sys
from bisect import bisect_left, bisect_right
from fractions import Fraction
from functools import lru_cache
from math import comb

lines = sys.stdin.read().split("\n")
days_before, days_after, level = lines[0].split()
share = Fraction(int(days_after), int(days_before) + int(days_after))
level = Fraction(level)
pairs = [tuple(map(int, line.split())) for line in lines[1:] if line]


@lru_cache(None)
def all_p(n):
    a, b = share.numerator, share.denominator - share.numerator
    chances = [comb(n, k) * a**k * b ** (n - k) for k in range(n + 1)]
    return [Fraction(sum(other for other in chances if other <= chance), (a + b) ** n) for chance in chances]


judged = [i for i, pair in enumerate(pairs) if min(all_p(sum(pair))) <= level]
p = {i: all_p(sum(pairs[i]))[pairs[i][1]] for i in judged}
in_order = sorted(p.values())
scaled = [value * len(judged) / bisect_right(in_order, value) for value in in_order]
adjusted = {i: min([Fraction(1)] + scaled[bisect_left(in_order, p[i]) :]) for i in judged}
for i, (before, after) in enumerate(pairs):
    if i not in adjusted:
        print("nan", 0)
        continue
    more = after * int(days_before) > before * int(days_after)
    print(float(adjusted[i]), 0 if adjusted[i] > level else 1 if more else -1)
