"""Writes linkage.json beside this file: dendrograms by SciPy (1.10), and cuts of them by scikit-learn (1.2).

    python3 tests/oracle/make-linkage.py

Each case has rows of its own; heights, sizes and merges are those of `scipy.cluster.hierarchy.linkage`, cuts the labels of
`AgglomerativeClustering`, numbered by their first row.
"""

import json
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import linkage
from sklearn.cluster import AgglomerativeClustering

HERE = Path(__file__).parent
KINDS = ["ward", "average", "complete"]


def by_first_row(labels):
    numbers = {}
    return [numbers.setdefault(int(label), len(numbers)) for label in labels]


def case(name, rows, counts):
    trees = {}
    for kind in KINDS:
        tree = linkage(rows, kind)
        cuts = {
            str(count): by_first_row(AgglomerativeClustering(count, linkage=kind).fit_predict(rows))
            for count in counts
        }
        trees[kind] = {
            "merges": tree[:, :2].astype(int).ravel().tolist(),
            "heights": tree[:, 2].tolist(),
            "sizes": tree[:, 3].astype(int).tolist(),
            "cuts": cuts,
        }
    return {"name": name, "columnCount": rows.shape[1], "values": rows.ravel().tolist(), "trees": trees}


def main():
    random = np.random.default_rng(7)
    blobs = np.concatenate([random.normal(size=(60, 3)) + 4 * random.normal(size=3) for _ in range(3)])
    spread = np.exp(random.normal(size=(150, 2)))
    wide = random.normal(size=(120, 8))
    cases = [
        case("blobs", np.round(blobs, 4), [2, 3, 7]),
        case("spread", np.round(spread, 4), [2, 5]),
        case("wide", np.round(wide, 4), [4]),
    ]
    (HERE / "linkage.json").write_text(json.dumps(cases, separators=(",", ":")))


main()
