#!/usr/bin/env python3
"""Counts police events by the place at the end of their title, sharing no code with Riskbild.

usage: police_by_kommun.py FILE.json
One line for each place, in order of name: place, tab, events, tab, how many of them are digests.
"""
import collections
import json
import sys

events = collections.Counter()
digests = collections.Counter()
with open(sys.argv[1], encoding="utf-8") as file:
    for event in json.load(file):
        place = event["name"].rsplit(",", 1)[1].strip()
        events[place] += 1
        digests[place] += event["type"].startswith("Sammanfattning")
for place in sorted(events):
    print(place, events[place], digests[place], sep="\t")
