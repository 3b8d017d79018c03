"""Writes the stored answers of the clustering and cleaning tests from scikit-learn (1.2) and SciPy (1.10), beside this file.

    python3 tests/oracle/make.py

clustering-small.json          one small table: scaling, quantiles, one k-means run, the indices, PCA, adjusted Rand
clustering-online-retail.json  recency, frequency and amount of rfm-online-retail.csv.gz (Online Retail, CC BY 4.0):
                               the least inertia of 100 starts for k = 2 to 10, and the indices of its labels
cleaning-small.json            missing numbers filled by neighbours, power transforms, skewness, quantiles, robust z-scores;
                               telco-charges.csv is an extract of Telco Customer Churn (IBM, Apache License 2.0)
"""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn import metrics
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.impute import KNNImputer
from sklearn.preprocessing import PowerTransformer, StandardScaler

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


def with_gaps(values):
    """Numbers nested in lists, None for NaN."""
    if isinstance(values, (list, tuple, np.ndarray)):
        return [with_gaps(value) for value in values]
    return None if np.isnan(values) else float(f"{float(values):.15g}")


def neighbors(name, rows, k):
    rows = np.array(rows, dtype=float)
    filled = KNNImputer(n_neighbors=k, keep_empty_features=True).fit_transform(rows)
    return {"name": name, "neighborCount": k, "rows": with_gaps(rows), "filled": with_gaps(filled)}


def gaps(random, rows, share):
    rows = rows.copy()
    rows[random.random(rows.shape) < share] = np.nan
    return rows


def make_neighbors(telco):
    random = np.random.default_rng(11)
    mixed = random.normal(size=(80, 1)) + np.round(random.normal(size=(80, 5)), 6)
    wide = np.round(random.lognormal(size=(60, 12)), 6)
    empty = gaps(random, mixed[:40], 0.1)
    empty[:, 2] = np.nan
    lonely = [[1, 10, np.nan], [2, np.nan, 20], [np.nan, 30, 40], [5, 50, 60], [np.nan, np.nan, np.nan]]
    # Rows 1 to 3 are equally far from row 0 and hold the same number, so that it does not matter which are taken.
    ties = [[0, 0, np.nan], [1, 0, 7], [0, 1, 7], [-1, 0, 7], [4, 4, 9], [5, 5, 11]]
    return [
        neighbors("a tenth missing", gaps(random, mixed, 0.1), 5),
        neighbors("a third missing", gaps(random, mixed, 0.33), 3),
        neighbors("twelve skewed columns", gaps(random, wide, 0.08), 5),
        neighbors("one neighbour", gaps(random, mixed, 0.2), 1),
        neighbors("more neighbours than donors", lonely, 9),
        neighbors("a column that nobody knows, which scikit-learn fills with 0", empty, 4),
        neighbors("a constant column", np.column_stack([gaps(random, mixed, 0.1), np.full(80, 3.5)]), 5),
        neighbors("ties", ties, 2),
        neighbors("telco charges", telco, 5),
    ]


def power(name, values, box_cox):
    values = np.array(values, dtype=float)
    yeo_johnson = PowerTransformer("yeo-johnson", standardize=False).fit(values.reshape(-1, 1))
    answer = {
        "name": name,
        "values": with_gaps(values),
        "skew": with_gaps(stats.skew(values)),
        "yeoJohnson": {
            "lambda": with_gaps(yeo_johnson.lambdas_[0]),
            "values": with_gaps(yeo_johnson.transform(values.reshape(-1, 1))[:, 0]),
        },
    }
    if box_cox:
        transformed, exponent = stats.boxcox(values)
        answer["boxCox"] = {
            "lambda": with_gaps(exponent),
            "values": with_gaps(transformed),
            "skew": with_gaps(stats.skew(transformed)),
        }
    return answer


def make_powers(telco):
    random = np.random.default_rng(12)
    return [
        power("lognormal", np.round(random.lognormal(4, 1, 120), 3), True),
        power("gamma", np.round(random.gamma(2, 30, 120), 3), True),
        power("left-skewed", np.round(100 - random.gamma(2, 5, 120), 3), True),
        power("both signs", np.round(random.normal(0, 1, 120) ** 3, 4), False),
        power("below zero", np.round(-random.gamma(2, 3, 120), 4), False),
        power("large", np.round(random.lognormal(20, 0.5, 120)), True),
        power("telco charges", telco[~np.isnan(telco[:, 2]), 2], True),
    ]


def make_outliers():
    random = np.random.default_rng(13)
    answers = []
    for name, values in {
        "heavy tail": np.round(random.standard_t(2, 101), 4),
        "even count": np.round(random.lognormal(3, 1, 60), 2),
        "mostly equal": np.concatenate([np.full(40, 5.0), [6, 7, 5.5, 90]]),
    }.items():
        median = np.median(values)
        mad = stats.median_abs_deviation(values)
        scale = 1.4826 * mad if mad > 0 else 1.253314 * np.mean(np.abs(values - median))
        first, third = np.quantile(values, [0.25, 0.75])
        answers.append(
            {
                "name": name,
                "values": with_gaps(values),
                "quantiles": with_gaps(np.quantile(values, [0.01, 0.05, 0.5, 0.95, 0.99])),
                "clipped": with_gaps(np.clip(values, *np.quantile(values, [0.05, 0.95]))),
                "outsideQuartiles": [
                    bool(value) for value in (values < first - 1.5 * (third - first)) | (values > third + 1.5 * (third - first))
                ],
                "robustZ": with_gaps(np.abs(values - median) / scale),
            }
        )
    return answers


def make_cleaning():
    with open(HERE / "telco-charges.csv") as file:
        telco = np.array([[float(cell.strip() or "nan") for cell in row] for row in list(csv.reader(file))[1:]])
    write(
        "cleaning-small.json",
        {
            "neighbors": make_neighbors(telco),
            "powers": make_powers(telco),
            "outliers": make_outliers(),
        },
    )


make_small()
make_online_retail()
make_cleaning()
