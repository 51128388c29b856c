#!/usr/bin/env python3
"""Holds a density surface of the Houston file against sums made from the file itself, sharing no code with
Riskbild: rows are read, projected by GDAL's own command and added up here.

usage: houston_density.py FILE.csv.gz SURFACE.tif RADIUS
Prints how many rows entered and the largest difference at 100 cell centres as a part of what is promised,
1e-9 of the value plus 1e-12 of the largest value.
"""
import bisect
import csv
import gzip
import json
import math
import subprocess
import sys


def answer(command, lines):
    text = "\n".join(lines) + "\n"
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout.split("\n")


file, surface, radius = sys.argv[1], sys.argv[2], float(sys.argv[3])
places = []
with gzip.open(file, "rt", newline="") as rows:
    for row in csv.DictReader(rows):
        if row["lon"] in ("", "NA") or row["offense"] == "rape":  # no place, or a protected kind
            continue
        lng, lat = float(row["lon"]), float(row["lat"])
        if -96.0 <= lng <= -94.8 and 29.3 <= lat <= 30.3:  # the profile's box
            places.append(f"{lng!r} {lat!r}")
projected = answer(["gdaltransform", "-s_srs", "EPSG:4326", "-t_srs", "EPSG:32615", "-output_xy"], places)
points = sorted(tuple(map(float, reversed(line.split()))) for line in projected if line)
assert len(points) == len(places)

info = json.loads(subprocess.run(["gdalinfo", "-json", surface], capture_output=True, check=True).stdout)
west, cell, _, north, _, _ = info["geoTransform"]
cols, rows = info["size"]
# Half of the cells in the middle of the city, half anywhere.
chosen = [(cols // 3 + (i * 37) % (cols // 3), rows // 3 + (i * 53) % (rows // 3)) for i in range(50)]
chosen += [((i * 71) % cols, (i * 97) % rows) for i in range(50)]
values = [float(line) for line in answer(["gdallocationinfo", "-valonly", surface],
                                         [f"{col} {row}" for col, row in chosen]) if line]
assert len(values) == len(chosen)
largest = float(json.loads(subprocess.run(["gdalinfo", "-json", "-stats", surface], capture_output=True,
                                          check=True).stdout)["bands"][0]["maximum"])
worst = 0.0
seen = 0
for (col, row), value in zip(chosen, values):
    x, y = west + (col + 0.5) * cell, north - (row + 0.5) * cell
    total = 0.0
    for i in range(bisect.bisect_left(points, (y - radius, -math.inf)), len(points)):
        n, e = points[i]
        if n > y + radius:
            break
        u2 = ((e - x) ** 2 + (n - y) ** 2) / radius ** 2
        if u2 < 1.0:
            total += 3.0 / (math.pi * radius ** 2) * (1.0 - u2) ** 2
    total *= 1e6
    seen += total > 0.0
    worst = max(worst, abs(value - total) / (1e-9 * total + 1e-12 * largest))
assert seen >= 40, "too few cells with a density"
print(len(points), worst)
