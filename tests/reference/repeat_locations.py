#!/usr/bin/env python3
"""Repeats at identical coordinates: Kaplan-Meier and concentration, from their definitions.

stdin: x y day, one incident to a line; the data end on 2016-12-31 (day 17166) and there are 50 000 places.
stdout: chance of a repeat in the first 7, 28, 90 and 366 days; Gini by mean absolute difference; generalised Gini;
fewest places with 25 % and with 50 % of the incidents. Exact fractions, plain Python.
"""
import sys
from collections import defaultdict
from fractions import Fraction

END, PLACES = 17166, 50_000
by_place = defaultdict(list)
for line in sys.stdin:
    x, y, day = line.split()
    by_place[x, y].append(int(day))

repeats, ends = defaultdict(int), defaultdict(int)
for days in by_place.values():
    days.sort()
    for earlier, later in zip(days, days[1:]):
        repeats[later - earlier] += 1
    ends[END - days[-1]] += 1

at_risk = sum(repeats.values()) + sum(ends.values())
alive, survival = Fraction(1), {}
for day in range(0, 400):
    if repeats[day]:
        alive *= Fraction(at_risk - repeats[day], at_risk)
    at_risk -= repeats[day] + ends[day]
    survival[day] = alive
for days in (7, 28, 90, 366):
    print(float(1 - survival[days - 1]))

# Mean absolute difference over all ordered pairs of places, by how many places have each count.
sizes = defaultdict(int)
for days in by_place.values():
    sizes[len(days)] += 1
sizes[0] = PLACES - len(by_place)
total = sum(size * places for size, places in sizes.items())
difference = sum(abs(a - b) * m * n for a, m in sizes.items() for b, n in sizes.items())
gini = Fraction(difference, 2 * PLACES * total)
print(float(gini))
print(float(max(Fraction(1), Fraction(PLACES, total)) * (gini - 1) + 1))
for part in (Fraction(1, 4), Fraction(1, 2)):
    held, places = 0, 0
    for size in sorted((len(days) for days in by_place.values()), reverse=True):
        held, places = held + size, places + 1
        if held >= part * total:
            break
    print(places)
