"""Writes drivers.json beside this file: the answers of SciPy (1.10) and scikit-learn (1.2) to the statistics of what matters.

    python3 tests/oracle/make-drivers.py

pairs    two columns with ties: Pearson's and Spearman's correlation, mutual information of bins, the area under the ROC curve
forests  one table, whose first columns matter less and less and whose last three do not: how well a random forest tells an
         outcome of 0 and 1, and a number, of rows it did not see, and the order of the columns by permutation
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn import metrics
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.inspection import permutation_importance

HERE = Path(__file__).parent


def short(values, digits=3):
    return [round(float(value), digits) for value in values]


def make_pairs():
    random = np.random.default_rng(11)
    x = np.round(np.exp(random.normal(size=150)), 1)
    y = np.round(x + 2 * random.normal(size=150))
    outcome = (y + random.normal(size=150) > 1.5).astype(int)
    cuts = np.unique(np.quantile(x, np.arange(1, 5) / 5))
    bins = np.searchsorted(cuts, x, side="right")
    return {
        "x": short(x), "y": short(y), "outcome": outcome.tolist(),
        "pearson": float(stats.pearsonr(x, y)[0]),
        "spearman": float(stats.spearmanr(x, y)[0]),
        "ranks": stats.rankdata(x).tolist(),
        "bins": bins.tolist(),
        "mutualInformation": float(metrics.mutual_info_score(bins, outcome)),
        "mutualInformationOfNumbers": float(metrics.mutual_info_score(bins, y - y.min())),
        "auc": float(metrics.roc_auc_score(outcome, x)),
    }


def make_forests():
    random = np.random.default_rng(5)
    rows = np.round(random.normal(size=(1000, 7)), 3)
    rows[:, 1] = np.round(rows[:, 1])
    signal = 1.6 * rows[:, 0] + 1.1 * rows[:, 1] + 0.7 * rows[:, 2] ** 2 + 0.5 * rows[:, 3]
    answer = (random.random(1000) < 1 / (1 + np.exp(-(signal - 1)))).astype(int)
    number = np.round(signal + random.normal(size=1000), 3)
    options = {"n_estimators": 200, "min_samples_leaf": 5, "oob_score": True, "random_state": 1, "n_jobs": 1}
    aucs, accuracies, r2s = [], [], []
    for seed in range(5):
        model = RandomForestClassifier(**{**options, "random_state": seed}, max_features=3).fit(rows, answer)
        share = model.oob_decision_function_[:, 1]
        aucs.append(metrics.roc_auc_score(answer, share))
        accuracies.append(metrics.accuracy_score(answer, share > 0.5))
        r2s.append(RandomForestRegressor(**{**options, "random_state": seed}, max_features=3).fit(rows, number).oob_score_)
    order = {}
    for name, model, target, scoring in (
        ("answer", RandomForestClassifier(**options, max_features=3), answer, "roc_auc"),
        ("number", RandomForestRegressor(**options, max_features=3), number, "r2"),
    ):
        model.fit(rows[:500], target[:500])
        found = permutation_importance(model, rows[500:], target[500:], scoring=scoring, n_repeats=10, random_state=1)
        order[name] = np.argsort(-found.importances_mean).tolist()
    return {
        "columns": [short(rows[:, c]) for c in range(7)], "answer": answer.tolist(), "number": short(number),
        "auc": [min(aucs), max(aucs)], "accuracy": [min(accuracies), max(accuracies)], "r2": [min(r2s), max(r2s)],
        "order": order,
    }


(HERE / "drivers.json").write_text(json.dumps({"pairs": make_pairs(), "forests": make_forests()}) + "\n")
