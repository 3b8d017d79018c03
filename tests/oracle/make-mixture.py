"""Writes mixture.json: mixtures of Gaussians of scikit-learn (1.2) from given clusters, of every kind of covariance.

    python3 tests/oracle/make-mixture.py

planted   400 rows of three overlapping clouds of unlike shape, with the cloud of each, k = 3
retail    recency, frequency and amount of rfm-online-retail.csv.gz (logarithms, mean 0, variance 1), k = 5
"""

import csv
import gzip
import json
import warnings
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

HERE = Path(__file__).parent
warnings.filterwarnings("ignore")


def digits(values, count=12):
    if isinstance(values, (list, tuple, np.ndarray)):
        return [digits(value, count) for value in values]
    return float(f"{float(values):.{count}g}")


class FromLabels(GaussianMixture):
    """As with `init_params="kmeans"`, after k-means."""

    def _initialize_parameters(self, rows, random_state):
        shares = np.zeros((len(rows), self.n_components))
        shares[np.arange(len(rows)), self.start] = 1
        self._initialize(rows, shares)


def fits(rows, start):
    count = int(max(start)) + 1
    answers = []
    for kind in ("full", "tied", "diag", "spherical"):
        model = FromLabels(count, covariance_type=kind)
        model.start = np.asarray(start)
        labels = model.fit_predict(rows)
        d = rows.shape[1]
        covariances = {
            "full": lambda: model.covariances_,
            "tied": lambda: [model.covariances_] * count,
            "diag": lambda: [np.diag(own) for own in model.covariances_],
            "spherical": lambda: [own * np.eye(d) for own in model.covariances_],
        }[kind]()
        answers.append({
            "covariance": kind,
            "iterations": model.n_iter_,
            "logLikelihood": digits(model.lower_bound_),
            "score": digits(model.score(rows)),
            "bic": digits(model.bic(rows)),
            "weights": digits(model.weights_),
            "means": digits(model.means_),
            "covariances": digits([np.ravel(own) for own in covariances]),
            "labels": "".join(map(str, labels)),
            "meanConfidence": digits(model.predict_proba(rows).max(axis=1).mean()),
        })
    return answers


def planted():
    random = np.random.default_rng(11)
    clouds = random.choice(3, 400, p=[0.5, 0.3, 0.2])
    shapes = [np.array([[1, 0], [0.8, 0.5]]), np.array([[0.4, 0], [0, 1.2]]), np.array([[0.6, 0], [-0.4, 0.3]])]
    centres = np.array([[0, 0], [4, 1], [1, 4]])
    rows = np.array([centres[own] + shapes[own] @ random.normal(size=2) for own in clouds])
    rows = np.round(rows, 3)
    start = KMeans(3, n_init=1, random_state=1).fit(rows).labels_
    return {"rows": rows.tolist(), "cloud": "".join(map(str, clouds)), "start": "".join(map(str, start)), "fits": fits(rows, start)}


def retail():
    with gzip.open(HERE / "rfm-online-retail.csv.gz", "rt") as file:
        table = list(csv.DictReader(file))
    rows = np.log1p([[float(row[name]) for name in ("recency", "frequency", "monetary")] for row in table])
    rows = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    start = KMeans(5, n_init=1, random_state=1).fit(rows).labels_
    return {"start": "".join(map(str, start)), "fits": fits(rows, start)}


(HERE / "mixture.json").write_text(json.dumps({"planted": planted(), "retail": retail()}, indent="\t") + "\n")
