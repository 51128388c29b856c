"""Reference numbers of tests/layers/change_points_test.cpp, without pruning: optimal partitioning (Jackson et al. 2005)
with the Poisson cost of Killick, Fearnhead & Eckley (2012), over all segmentations. Needs no libraries.

British coal-mining disasters 1851-1962 by year (Jarrett 1979, as printed in Carlin, Gelfand & Smith 1992), in which
the most likely single change is after 1891: 3.1 a year before, 0.9 after.
"""

from math import inf, log

COAL = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2,
    1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0,
    0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1,
]


def cost(total, n):
    """Twice the negative log-likelihood of counts at their mean, without what does not depend on the mean."""
    return 0.0 if total == 0 else 2 * (total - total * log(total / n))


def change_points(counts, penalty, shortest):
    sums = [0]
    for c in counts:
        sums.append(sums[-1] + c)
    best, before = [-penalty], [0]
    for t in range(1, len(counts) + 1):
        candidates = [
            (best[s] + cost(sums[t] - sums[s], t - s) + penalty, s)
            for s in range(0, t - shortest + 1)
            if best[s] < inf
        ]
        value, s = min(candidates, default=(inf, 0))
        best.append(value)
        before.append(s)
    points, t = [], len(counts)
    while before[t] > 0:
        t = before[t]
        points.append(t)
    return best[-1], points[::-1]


print(len(COAL), sum(COAL), sum(COAL[:41]), sum(COAL[41:]))
for penalty, shortest in [(2 * log(len(COAL)), 1), (2 * log(len(COAL)), 4), (3.0, 4), (30.0, 4)]:
    value, points = change_points(COAL, penalty, shortest)
    print(f"penalty {penalty:.12f} shortest {shortest}: {value:.12f} after {points}")
