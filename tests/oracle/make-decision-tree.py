"""Writes decision-tree.json beside this file: the answers of scikit-learn (1.2) to classification trees.

    python3 tests/oracle/make-decision-tree.py

Values are halves and whole numbers, which single precision holds exactly. Each case has limits, the nodes of the tree by depth
(rows of each class, impurity, threshold) and the class of each row.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.tree import DecisionTreeClassifier

HERE = Path(__file__).parent


def make_table():
    random = np.random.default_rng(23)
    x = np.round(np.exp(random.normal(3, 0.8, size=(240, 3))) * 2) / 2
    score = np.log(x[:, 0]) + 0.6 * np.log(x[:, 1]) + 0.4 * random.normal(size=240)
    labels = np.digitize(score, np.quantile(score, [0.25, 0.6, 0.85]))
    return x, labels


def nodes_of(tree):
    rows = []
    for node in range(tree.node_count):
        is_leaf = tree.children_left[node] < 0
        rows.append({
            "counts": [int(round(count)) for count in tree.value[node, 0]],
            "impurity": float(tree.impurity[node]),
            "column": -1 if is_leaf else int(tree.feature[node]),
            "threshold": 0 if is_leaf else float(tree.threshold[node]),
        })
    return rows


def main():
    x, labels = make_table()
    cases = []
    for limits in [
        {"max_depth": 2},
        {"max_depth": 4, "min_samples_leaf": 5},
        {"max_leaf_nodes": 7, "min_samples_leaf": 3},
        {"max_leaf_nodes": 12, "max_depth": 5},
        {"min_samples_leaf": 4, "ccp_alpha": 0.01},
        {"max_leaf_nodes": 15, "min_samples_leaf": 2, "ccp_alpha": 0.02},
    ]:
        model = DecisionTreeClassifier(random_state=0, **limits).fit(x, labels)
        cases.append({
            "limits": {
                "maxDepth": limits.get("max_depth", 100), "maxLeaves": limits.get("max_leaf_nodes", 1000),
                "minLeaf": limits.get("min_samples_leaf", 1), "pruning": limits.get("ccp_alpha", 0),
            },
            "nodes": nodes_of(model.tree_),
            "classes": "".join(str(label) for label in model.predict(x)),
        })
    document = {"columns": x.T.tolist(), "labels": "".join(str(label) for label in labels), "cases": cases}
    (HERE / "decision-tree.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


main()
