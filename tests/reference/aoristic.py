#!/usr/bin/env python3
"""Incidents spread over the 168 hours of the week, minute by minute.

stdin: start (seconds UTC) and length (seconds, whole minutes), one incident to a line.
stdout: the weight of each hour from Monday 0-1; how many are spread over several hours; how many are uniform.
Every minute is turned into civil time of Europe/Stockholm by itself, with exact fractions. Plain Python.
"""
import sys
from collections import Counter
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
weights, spread, uniform = [Fraction(0)] * 168, 0, 0
for line in sys.stdin:
    start, length = map(int, line.split())
    if length > 7 * 86400:
        uniform += 1
        weights = [weight + Fraction(1, 168) for weight in weights]
        continue
    minutes = Counter()
    for second in range(start, start + length, 60):
        local = datetime.fromtimestamp(second, ZONE)
        minutes[local.weekday() * 24 + local.hour] += 1
    spread += len(minutes) > 1
    for hour, count in minutes.items():
        weights[hour] += Fraction(60 * count, length)
for weight in weights:
    print(float(weight))
print(spread)
print(uniform)
