#!/usr/bin/env python3
"""Exact conditional comparison of two Poisson rates, with fractions.

stdin: first count, first days, second count, second days, one comparison to a line.
stdout: two-sided p (all outcomes at most as likely as the one observed), and the Clopper-Pearson interval of the
ratio second/first at 95 %, low and high, by bisection on exact sums. Plain Python.
"""
import sys
from fractions import Fraction
from math import comb


def at_most(count, all_, share):
    return sum(comb(all_, k) * share**k * (1 - share) ** (all_ - k) for k in range(count + 1))


def bisect(is_low):
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if is_low(middle) else (low, middle)
    return low


for line in sys.stdin:
    first, first_days, second, second_days = map(int, line.split())
    all_ = first + second
    share = Fraction(second_days, first_days + second_days)
    chances = [comb(all_, k) * share**k * (1 - share) ** (all_ - k) for k in range(all_ + 1)]
    print(float(sum(chance for chance in chances if chance <= chances[second])))
    low = 0.0 if second == 0 else bisect(lambda p: 1 - at_most(second - 1, all_, p) < 0.025)
    high = 1.0 if first == 0 else bisect(lambda p: at_most(second, all_, p) > 0.025)
    for p in (low, high):
        print(p / (1 - p) * first_days / second_days if p < 1 else "inf")
