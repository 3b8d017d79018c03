"""Writes density.json beside this file: DBSCAN's labels by scikit-learn (1.2), HDBSCAN's by its definition.

    python3 tests/oracle/make-density.py

Each table has its rows, and per setting the labels, −1 for noise. HDBSCAN (Campello, Moulavi and Sander 2013) is done here
on the whole table of mutual reachability distances: the clusters at every height are the components of the graph of all
pairs that are no farther, so that equal distances join at once. Where scikit-learn has HDBSCAN (from 1.3), its labels are
compared and the differences counted; rows that two clusters meet in at once may be in either of them there.
"""

import json
from pathlib import Path

import numpy as np
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import cdist
from sklearn.cluster import DBSCAN
from sklearn.datasets import make_circles, make_moons

HERE = Path(__file__).parent


def tables():
    random = np.random.default_rng(3)
    moons, _ = make_moons(220, noise=0.07, random_state=4)
    rings, _ = make_circles(220, noise=0.05, factor=0.45, random_state=5)
    centres = random.normal(size=(4, 3)) * 2.5
    widths = np.array([0.25, 0.5, 0.8, 0.4])
    own = random.integers(0, 4, 240)
    blobs = centres[own] + random.normal(size=(240, 3)) * widths[own][:, None]
    five = np.repeat(random.normal(size=(3, 5)) * 3, [70, 60, 50], axis=0) + random.normal(size=(180, 5))
    whole = np.round(np.vstack([random.normal(size=(120, 2)) * 1.5, random.normal(size=(80, 2)) * 1.2 + 8]))
    return {
        "moons": (moons, [(0.2, 5), (0.12, 5), (0.3, 8)], [(5, 15), (8, 30)]),
        "rings": (rings, [(0.25, 5), (0.15, 5), (0.12, 4)], [(5, 15), (4, 40)]),
        "blobs": (blobs, [(0.5, 6), (0.35, 6), (0.8, 10)], [(6, 12), (10, 25)]),
        "fiveColumns": (five, [(1.6, 8), (2.2, 10)], [(8, 15), (5, 30)]),
        "wholeNumbers": (whole, [(1, 6), (1.5, 12), (0.5, 3)], [(6, 10), (12, 20)]),
    }


def hdbscan(rows, min_points, min_size):
    distances = cdist(rows, rows)
    cores = np.sort(distances, axis=1)[:, min_points - 1]
    reach = np.maximum(distances, np.maximum(cores[:, None], cores[None, :]))
    np.fill_diagonal(reach, 0)
    heights = np.unique(reach[~np.eye(len(rows), dtype=bool)])
    lowest = heights[heights > 0][0]
    clusters = [{"parent": None, "born": 0.0, "mass": 0.0, "end": 0.0}]
    left = {}

    def parts(members, height):
        """The components of what is nearer than a height."""
        count, of = connected_components(reach[np.ix_(members, members)] < height, directed=False)
        return [members[of == part] for part in range(count)]

    def splits_at(members):
        """The largest height below which the members are not one; 0 where there is none."""
        inside = np.unique(reach[np.ix_(members, members)])
        low, high = 0, len(inside)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if len(parts(members, inside[middle])) > 1 else (low, middle)
        return inside[low] if len(members) > 1 else 0.0

    def leave(members, cluster, density):
        own = clusters[cluster]
        own["mass"] += len(members) * (density - own["born"])
        own["end"] = max(own["end"], density)

    work = [(np.arange(len(rows)), 0)]
    while work:
        members, cluster = work.pop()
        height = splits_at(members)
        density = 1 / max(height, lowest)
        below = parts(members, height) if height > 0 else [members[i:i + 1] for i in range(len(members))]
        large = [part for part in below if len(part) >= min_size]
        for part in below:
            if len(part) < min_size:
                leave(part, cluster, density)
                left.update({int(row): (cluster, density) for row in part})
        if len(large) == 1:
            work.append((large[0], cluster))
        for part in large if len(large) > 1 else []:
            leave(part, cluster, density)
            clusters.append({"parent": cluster, "born": density, "mass": 0.0, "end": density})
            work.append((part, len(clusters) - 1))

    children = {i: [c for c, own in enumerate(clusters) if own["parent"] == i] for i in range(len(clusters))}

    def best(cluster):
        below = [best(child) for child in children[cluster]]
        mass = sum(each for each, _ in below)
        if cluster > 0 and clusters[cluster]["mass"] >= mass:
            return clusters[cluster]["mass"], [cluster]
        return mass, [each for _, chosen in below for each in chosen]

    chosen = set(best(0)[1])
    numbers, labels, strengths = {}, [], []
    for row in range(len(rows)):
        cluster, density = left[row]
        while cluster is not None and cluster not in chosen:
            cluster = clusters[cluster]["parent"]
        if cluster is None:
            labels.append(-1)
            strengths.append(0)
            continue
        labels.append(numbers.setdefault(cluster, len(numbers)))
        strengths.append(round(min(density / clusters[cluster]["end"], 1), 9))
    masses = [float(f"{clusters[cluster]['mass']:.12g}") for cluster in numbers]
    return {"labels": labels, "strengths": strengths, "stabilities": masses}


def compare(name, rows, min_points, min_size, labels):
    try:
        from sklearn.cluster import HDBSCAN
    except ImportError:
        return
    theirs = HDBSCAN(min_cluster_size=min_size, min_samples=min_points, copy=True).fit_predict(rows)
    pairs = {(a, b) for a, b in zip(labels, theirs) if a != -1 and b != -1}
    apart = sum((a == -1) != (b == -1) for a, b in zip(labels, theirs))
    print(name, min_points, min_size, "clusters", max(labels) + 1, max(theirs) + 1, "pairs", len(pairs), "rows apart", apart)


content = {}
for name, (rows, dbscans, hdbscans) in tables().items():
    rows = np.round(rows, 3)
    content[name] = {
        "rows": rows.tolist(),
        "dbscan": [
            {"eps": eps, "minPoints": points, "labels": DBSCAN(eps=eps, min_samples=points).fit(rows).labels_.tolist()}
            for eps, points in dbscans
        ],
        "hdbscan": [],
    }
    for points, size in hdbscans:
        answer = hdbscan(rows, points, size)
        compare(name, rows, points, size, answer["labels"])
        content[name]["hdbscan"].append({"minPoints": points, "minClusterSize": size, **answer})

(HERE / "density.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")
