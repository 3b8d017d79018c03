"""Writes the stored answers of the clustering tests from scikit-learn (1.2), beside this file.

    python3 tests/oracle/make.py

clustering-small.json          one small table: scaling, quantiles, one k-means run, the indices, PCA, adjusted Rand
clustering-online-retail.json  recency, frequency and amount of rfm-online-retail.csv.gz (Online Retail, CC BY 4.0):
                               the least inertia of 100 starts for k = 2 to 10, and the indices of its labels
"""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
from sklearn import metrics
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

HERE = Path(__file__).parent


def digits(values, count=12):
    """Numbers with so many significant digits, nested as they come."""
    if isinstance(values, (list, tuple, np.ndarray)):
        return [digits(value, count) for value in values]
    return float(f"{float(values):.{count}g}")


def write(name, content):
    (HERE / name).write_text(json.dumps(content, indent="\t") + "\n")


def indices(rows, labels):
    return {
        "silhouette": digits(metrics.silhouette_score(rows, labels)),
        "calinskiHarabasz": digits(metrics.calinski_harabasz_score(rows, labels)),
        "daviesBouldin": digits(metrics.davies_bouldin_score(rows, labels)),
    }


def one_run(rows, start, tolerance, weights=None):
    model = KMeans(len(start), init=start, n_init=1, tol=tolerance, algorithm="lloyd").fit(rows, sample_weight=weights)
    return {
        "tolerance": tolerance,
        "iterations": model.n_iter_,
        "inertia": digits(model.inertia_),
        "centroids": digits(model.cluster_centers_),
        "labels": model.labels_.tolist(),
    }


def make_small():
    random = np.random.default_rng(7)
    centres = np.array([[0, 0, 0], [3, 1, -1], [-2, 2, 2], [1, -3, 1]])
    rows = np.round(np.concatenate([centre + random.normal(size=(30, 3)) for centre in centres]), 3)
    weights = random.integers(1, 6, size=len(rows)).astype(float)
    start = rows[[0, 1, 2, 3]]
    runs = [one_run(rows, start, tolerance) for tolerance in (0, 1e-4, 1e-2)]
    labels = runs[0]["labels"]
    other = KMeans(3, init=rows[[5, 45, 95]], n_init=1).fit(rows).labels_
    pca = PCA().fit(rows)
    positive = np.abs(rows)
    write(
        "clustering-small.json",
        {
            "rows": rows.tolist(),
            "weights": weights.tolist(),
            "start": start.tolist(),
            "runs": runs,
            "weightedRun": one_run(rows, start, 0, weights),
            "indices": indices(rows, labels),
            "silhouetteSamples": digits(metrics.silhouette_samples(rows, labels)),
            "otherLabels": other.tolist(),
            "otherIndices": indices(rows, other),
            "adjustedRand": digits(metrics.adjusted_rand_score(labels, other)),
            "probabilities": [0, 0.025, 0.2, 0.5, 0.77, 1],
            "quantiles": digits(np.quantile(rows[:, 0], [0, 0.025, 0.2, 0.5, 0.77, 1])),
            "standard": digits(StandardScaler().fit_transform(rows)),
            "log1pStandard": digits(StandardScaler().fit_transform(np.log1p(positive))),
            "pca": {
                "eigenvalues": digits(pca.explained_variance_),
                "ratios": digits(pca.explained_variance_ratio_),
                "loadings": digits(positive_largest(pca.components_)),
            },
        },
    )


def positive_largest(components):
    """Each component with its largest absolute loading positive."""
    return [row * np.sign(row[np.argmax(np.abs(row))]) for row in components]


def read_rfm():
    with gzip.open(HERE / "rfm-online-retail.csv.gz", "rt") as file:
        rows = [[float(row[name]) for name in ("recency", "frequency", "monetary")] for row in csv.DictReader(file)]
    return StandardScaler().fit_transform(np.log1p(np.array(rows)))


def make_online_retail():
    rows = read_rfm()
    answers = []
    for k in range(2, 11):
        models = [KMeans(k, n_init=50, tol=0, random_state=seed).fit(rows) for seed in (1, 2)]
        best = min(models, key=lambda model: model.inertia_)
        answers.append(
            {
                "k": k,
                "inertia": digits(best.inertia_),
                "sizes": sorted(np.bincount(best.labels_).tolist()),
                **indices(rows, best.labels_),
                "labels": "".join(map(str, best.labels_)),
            }
        )
    write("clustering-online-retail.json", {"software": "scikit-learn 1.2.1", "starts": 100, "answers": answers})


make_small()
make_online_retail()
