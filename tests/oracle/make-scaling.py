"""Writes the stored answers of the tests of scales and principal components from scikit-learn (1.2), beside this file.

    python3 tests/oracle/make-scaling.py

scaling.json  for two tables, per scaling: the center, scale and exponent of each column, some rows on that scale, and
              their principal components
                online-retail  recency, frequency and amount of rfm-online-retail.csv.gz (Online Retail, CC BY 4.0)
                wholesale      wholesale-customers.csv, the six amounts of UCI Wholesale customers (M. Cardoso, 2013,
                               https://doi.org/10.24432/C5030X, CC BY 4.0)
"""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, PowerTransformer, RobustScaler, StandardScaler

HERE = Path(__file__).parent


def digits(values, count=14):
    """Numbers with so many significant digits, nested as they come."""
    if isinstance(values, (list, tuple, np.ndarray)):
        return [digits(value, count) for value in values]
    return float(f"{float(values):.{count}g}")


def table(name, columns):
    opener = gzip.open if name.endswith(".gz") else open
    with opener(HERE / name, "rt", encoding="utf8", newline="") as file:
        return np.array([[float(row[column]) for column in columns] for row in csv.DictReader(file)])


def power(method, rows):
    transformer = PowerTransformer(method=method, standardize=True).fit(rows)
    inner = transformer._scaler
    return transformer.transform(rows), inner.mean_, inner.scale_, transformer.lambdas_


def scalings(rows):
    count = rows.shape[1]
    standard = StandardScaler().fit(rows)
    logged = StandardScaler().fit(np.log1p(rows))
    least = MinMaxScaler().fit(rows)
    robust = RobustScaler().fit(rows)
    return {
        "none": (rows, np.zeros(count), np.ones(count), None),
        "standard": (standard.transform(rows), standard.mean_, standard.scale_, None),
        "log1p-standard": (logged.transform(np.log1p(rows)), logged.mean_, logged.scale_, None),
        "min-max": (least.transform(rows), least.data_min_, least.data_range_, None),
        "robust": (robust.transform(rows), robust.center_, robust.scale_, None),
        "log1p": (np.log1p(rows), np.zeros(count), np.ones(count), None),
        "box-cox": power("box-cox", rows),
        "yeo-johnson": power("yeo-johnson", rows),
    }


def components(scaled):
    pca = PCA(svd_solver="full").fit(scaled)
    signs = [1 if row[np.argmax(np.abs(row))] > 0 else -1 for row in pca.components_]
    return {
        "eigenvalues": digits(pca.explained_variance_),
        "explained": digits(pca.explained_variance_ratio_),
        "loadings": digits(pca.components_ * np.array(signs)[:, None]),
        "means": digits(pca.mean_),
    }


def answers(rows, step):
    return {
        scaling: {
            "centers": digits(centers),
            "scales": digits(scales),
            "lambdas": None if lambdas is None else digits(lambdas),
            "rows": digits(scaled[::step]),
            "pca": components(scaled),
        }
        for scaling, (scaled, centers, scales, lambdas) in scalings(rows).items()
    }


def main():
    retail = table("rfm-online-retail.csv.gz", ["recency", "frequency", "monetary"])
    wholesale = table(
        "wholesale-customers.csv", ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]
    )
    content = {
        "online-retail": {"step": 331, "scalings": answers(retail, 331)},
        "wholesale": {"step": 44, "scalings": answers(wholesale, 44)},
    }
    (HERE / "scaling.json").write_text(json.dumps(content, indent="\t") + "\n")


main()
