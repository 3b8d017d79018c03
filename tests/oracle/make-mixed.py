"""Writes mixed.json beside this file: adjusted mutual information by scikit-learn (1.2), and the best clusterings of few rows
of numbers and categories, found by trying every partition.

    python3 tests/oracle/make-mixed.py

information  pairs of labelings, and `adjusted_mutual_info_score`
best         rows of numbers and codes, gamma and k, and the least of Huang's (1998) cost over all partitions into k
"""

import json
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score

HERE = Path(__file__).parent


def pairs(random):
    for rows, first, second, same in [(40, 2, 3, 0.0), (150, 4, 6, 0.5), (200, 3, 3, 0.9), (60, 5, 25, 0.3)]:
        a = random.integers(0, first, rows)
        b = np.where(random.random(rows) < same, a, random.integers(0, second, rows))
        yield {"first": a.tolist(), "second": b.tolist(), "adjusted": float(adjusted_mutual_info_score(a, b))}


def cost_of(numbers, codes, labels, gamma):
    cost = 0.0
    for cluster in set(labels):
        own = [row for row, label in enumerate(labels) if label == cluster]
        cost += float(((numbers[own] - numbers[own].mean(axis=0)) ** 2).sum())
        for category in range(codes.shape[1]):
            cost += gamma * (len(own) - max(Counter(codes[own, category].tolist()).values()))
    return cost


def partitions(rows, k):
    """Labelings whose clusters are numbered by their first row."""

    def extend(labels, used):
        if len(labels) == rows:
            if used == k:
                yield labels
            return
        for label in range(min(used + 1, k)):
            yield from extend(labels + [label], max(used, label + 1))

    yield from extend([], 0)


def best(random):
    for gamma, k, width in [(0.5, 2, 1), (2.0, 3, 1), (0.3, 3, 2), (5.0, 2, 2)]:
        numbers = np.round(random.normal(size=(9, 2)), 2)
        codes = random.integers(0, 3, size=(9, width))
        cost = min(cost_of(numbers, codes, labels, gamma) for labels in partitions(9, k))
        yield {
            "gamma": gamma, "clusterCount": k, "cost": cost,
            "numbers": numbers.ravel().tolist(), "codes": codes.ravel().tolist(), "categoryCount": width,
        }


def main():
    random = np.random.default_rng(17)
    found = {"information": list(pairs(random)), "best": list(best(random))}
    (HERE / "mixed.json").write_text(json.dumps(found, separators=(",", ":")))


main()
