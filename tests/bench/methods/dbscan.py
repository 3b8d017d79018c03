"""DBSCAN of scikit-learn: its labels."""

from sklearn.cluster import DBSCAN


def run(rows, eps, min_points):
    return {"labels": DBSCAN(eps=eps, min_samples=min_points).fit(rows).labels_.tolist()}
