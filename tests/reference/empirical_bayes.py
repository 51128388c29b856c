#!/usr/bin/env python3
"""Marshall's empirical Bayes rates, written from the paper (Applied Statistics 40, 1991, 283-294), not from our code.

stdin: one area to a line: count population [numbers of neighbours]. stdout: global rates, then local ones.
Plain Python in exact fractions, so that no rounding is shared.
"""
import sys
from fractions import Fraction


def shrink(members, count, population):
    total = sum(population[i] for i in members)
    mean = Fraction(sum(count[i] for i in members), total)
    spread = sum(population[i] * (Fraction(count[i], population[i]) - mean) ** 2 for i in members) / total
    between = max(Fraction(0), spread - mean / Fraction(total, len(members)))

    def rate(i):
        within = mean / population[i]
        own = between / (between + within) if between + within > 0 else Fraction(0)
        return mean + own * (Fraction(count[i], population[i]) - mean)

    return rate


rows = [[int(word) for word in line.split()] for line in sys.stdin if line.strip()]
count = [row[0] for row in rows]
population = [row[1] for row in rows]
everywhere = shrink(range(len(rows)), count, population)
for i in range(len(rows)):
    print(repr(float(everywhere(i))))
for i in range(len(rows)):
    print(repr(float(shrink(rows[i][2:] + [i], count, population)(i))))
