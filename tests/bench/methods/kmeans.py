"""k-means of scikit-learn: one fit from a given start, or the best of ten starts for each of several k."""

import numpy as np
from sklearn.cluster import KMeans


def run(rows, cluster_counts, start=None, seed=None):
    fits = []
    for cluster_count in cluster_counts:
        if start is None:
            fit = KMeans(cluster_count, n_init=10, random_state=seed, algorithm="lloyd")
        else:
            centroids = np.asarray(start).reshape(cluster_count, -1)
            fit = KMeans(cluster_count, init=centroids, n_init=1, algorithm="lloyd")
        fits.append(fit.fit(rows))
    return {"inertia": [fit.inertia_ for fit in fits], "iterations": [fit.n_iter_ for fit in fits]}
