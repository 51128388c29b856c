#!/usr/bin/env python3
"""DBSCAN and ST-DBSCAN by comparing all pairs, written from the definition (Ester et al. 1996; Birant and Kut 2007),
not from our code.

stdin: `eps min_points days` (days -1: no time), then one point to a line: x y day (whole numbers, so that squared
distances are exact). stdout: for each point its cluster (-1: none) and whether it is a core. Clusters are numbered by
their first core; a border point goes with its nearest core (then nearest in time, earlier, further south, west).
"""
import sys

lines = [line.split() for line in sys.stdin if line.strip()]
eps, least, days = (int(word) for word in lines[0])
points = [tuple(int(word) for word in line) for line in lines[1:]]


def squared(a, b):
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def near(a, b):
    return squared(a, b) <= eps * eps and (days < 0 or abs(a[2] - b[2]) <= days)


n = len(points)
neighbours = [[j for j in range(n) if near(points[i], points[j])] for i in range(n)]
core = [len(list_of) >= least for list_of in neighbours]
cluster = [-1] * n
clusters = 0
for i in range(n):
    if core[i] and cluster[i] < 0:
        cluster[i] = clusters
        todo = [i]
        while todo:
            for j in neighbours[todo.pop()]:
                if core[j] and cluster[j] < 0:
                    cluster[j] = clusters
                    todo.append(j)
        clusters += 1
for i in range(n):
    if not core[i]:
        cores = [j for j in neighbours[i] if core[j]]
        if cores:
            def order(j):
                a, b = points[i], points[j]
                time = (abs(a[2] - b[2]), b[2]) if days >= 0 else (0, 0)
                return (squared(a, b), *time, b[1], b[0])
            cluster[i] = cluster[min(cores, key=order)]
for i in range(n):
    print(cluster[i], int(core[i]))
