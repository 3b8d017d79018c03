"""RFM by three levels, by the mean of frequency and money, and by natural breaks, for rfm-schemes.test.ts.

An implementation of its own, by pandas alone: from the scores' definitions and the published lists of groups.
Run: python3 tests/oracle/make-rfm-schemes.py (pandas 1.5, NumPy 1.24). Writes rfm-schemes.json beside it.
"""

import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent

THREE_LEVEL = {
    "champion": "333 332 323",
    "loyal": "321 322 331 232 233",
    "recent": "312 313 311 222 223",
    "need_attention": "213 221 123 132 133",
    "at_risk": "231 212 122 131 211",
    "inactive": "111 112 113 121",
}


def averaged_group(r: int, fm: float) -> str:
    """The published ranges, on the mean before it is rounded."""
    if r == 5:
        return "champion" if fm > 3 else "active" if fm > 1 else "new"
    if r == 4:
        return "loyal" if fm > 3 else "active" if fm > 1 else "promising"
    if r == 3:
        return "loyal" if fm > 3 else "need_attention" if fm > 2 else "almost_lost"
    return "previously_loyal" if fm > 4 else "at_risk" if fm > 2 else "dormant"


def shares(values: pd.Series, levels: int) -> tuple[pd.Series, list[float]]:
    """1 + the number of type-7 quantiles strictly below the value."""
    lines = [float(np.quantile(values, i / levels)) for i in range(1, levels)]
    return 1 + sum((values > line).astype(int) for line in lines), lines


def three_level(customers: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    r = pd.Series(np.select([customers.recency <= 180, customers.recency <= 365], [3, 2], 1), customers.index)
    f, f_lines = shares(customers.frequency, 3)
    m, m_lines = shares(customers.monetary, 3)
    group_of = {cell: group for group, cells in THREE_LEVEL.items() for cell in cells.split()}
    group = [group_of[f"{a}{b}{c}"] for a, b, c in zip(r, f, m)]
    return pd.DataFrame({"r": r, "f": f, "m": m, "group": group}), {"f": f_lines, "m": m_lines}


def averaged_fm(customers: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    reversed_r, r_lines = shares(customers.recency, 5)
    f, f_lines = shares(customers.frequency, 5)
    m, m_lines = shares(customers.monetary, 5)
    r = 6 - reversed_r
    group = [averaged_group(a, (b + c) / 2) for a, b, c in zip(r, f, m)]
    return pd.DataFrame({"r": r, "f": f, "m": m, "group": group}), {"r": r_lines, "f": f_lines, "m": m_lines}


def summary(name: str, customers: pd.DataFrame, scored: tuple[pd.DataFrame, dict]) -> dict:
    rows, lines = scored
    text = "".join(
        f"{customer},{row.r}{row.f}{row.m},{row.group}\n"
        for customer, row in zip(customers.customer_id, rows.itertuples())
    )
    return {
        "scheme": name,
        "lines": lines,
        "groups": {group: int(count) for group, count in sorted(rows.group.value_counts().items())},
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def natural_breaks(values: list[float], weights: list[int], classes: int) -> list[float]:
    """Fisher's classes by the plain dynamic programme over all starts, in quadratic time."""
    n = len(values)
    x, w = np.array(values, float), np.array(weights, float)

    def cost(i: int, j: int) -> float:
        mean = np.average(x[i : j + 1], weights=w[i : j + 1])
        return float(np.sum(w[i : j + 1] * (x[i : j + 1] - mean) ** 2))

    best = [cost(0, j) for j in range(n)]
    starts = []
    for k in range(1, min(classes, n)):
        row, start = [np.inf] * n, [0] * n
        for j in range(k, n):
            for i in range(k, j + 1):
                total = best[i - 1] + cost(i, j)
                if total < row[j] - 1e-9:
                    row[j], start[j] = total, i
        best = row
        starts.append(start)
    breaks, last = [], n - 1
    for start in reversed(starts):
        last = start[last] - 1
        breaks.insert(0, float(x[last]))
    return breaks


def breaks_case(values: pd.Series, classes: int) -> dict:
    counts = values.value_counts().sort_index()
    distinct, weights = [float(v) for v in counts.index], [int(c) for c in counts]
    return {
        "values": distinct,
        "weights": weights,
        "classes": classes,
        "breaks": natural_breaks(distinct, weights, classes),
    }


def main() -> None:
    with gzip.open(HERE / "rfm-online-retail.csv.gz", "rt") as file:
        customers = pd.read_csv(file)
    random = np.random.default_rng(6)
    made = pd.Series(np.round(np.exp(random.normal(3, 1, 120)), 1))
    answer = {
        "software": f"pandas {pd.__version__}, NumPy {np.__version__}",
        "schemes": [
            summary("three_level", customers, three_level(customers)),
            summary("averaged_fm", customers, averaged_fm(customers)),
        ],
        "naturalBreaks": [
            breaks_case(customers.frequency, 5),
            breaks_case(customers.frequency, 3),
            breaks_case(customers.recency, 5),
            breaks_case(made, 4),
        ],
    }
    (HERE / "rfm-schemes.json").write_text(json.dumps(answer, indent="\t") + "\n")


main()
