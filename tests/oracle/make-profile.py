"""Statistics of a made table with pandas and SciPy, for tests/oracle/profile.test.ts.

Run: python3 tests/oracle/make-profile.py (pandas 1.5, SciPy 1.10). Writes profile.csv and profile.json beside it.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

HERE = Path(__file__).parent
ROWS = 2000
QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]


def made() -> pd.DataFrame:
    random = np.random.default_rng(15)
    age = random.integers(18, 90, ROWS).astype(float)
    income = np.round(np.exp(10 + 0.6 * random.standard_normal(ROWS)), 2)
    spend = np.round(income * 0.02 + random.gamma(2.0, 40.0, ROWS), 2)
    visits = random.poisson(4, ROWS).astype(float)
    score = np.round(random.normal(0, 1, ROWS), 4)
    age[random.random(ROWS) < 0.03] = np.nan
    income[random.random(ROWS) < 0.05] = np.nan
    city = random.choice(["Vienna", "Graz", "Linz", ""], ROWS, p=[0.5, 0.3, 0.15, 0.05])
    return pd.DataFrame(
        {"age": age, "income": income, "spend": spend, "visits": visits, "score": score, "city": city}
    )


def moments(column: pd.Series) -> dict:
    values = column.dropna()
    low, high = values.quantile([0.25, 0.75])
    reach = high - low
    median = values.median()
    mad = (values - median).abs().median()
    return {
        "missing": int(column.isna().sum()),
        "distinct": int(values.nunique()),
        "min": values.min(),
        "max": values.max(),
        "mean": values.mean(),
        "sd": values.std(ddof=1),
        "skew": values.skew(),
        "quantiles": [float(np.quantile(values, q, method="linear")) for q in QUANTILES],
        "beyond": int(((values < low - 1.5 * reach) | (values > high + 1.5 * reach)).sum()),
        "far": int(((values < low - 3 * reach) | (values > high + 3 * reach)).sum()),
        "robust": int((0.6745 * (values - median).abs() / mad > 3.5).sum()),
    }


def pairs(table: pd.DataFrame) -> list:
    names = list(table.columns)
    found = []
    for i, x in enumerate(names):
        for y in names[i + 1 :]:
            both = table[[x, y]].dropna()
            found.append(
                {
                    "x": x,
                    "y": y,
                    "rows": len(both),
                    "pearson": float(stats.pearsonr(both[x], both[y])[0]),
                    "spearman": float(stats.spearmanr(both[x], both[y])[0]),
                }
            )
    return found


def main() -> None:
    table = made()
    table.to_csv(HERE / "profile.csv", index=False, lineterminator="\n")
    # As the file says it: what the CSV rounds is what both sides read.
    table = pd.read_csv(HERE / "profile.csv", keep_default_na=False, na_values={c: [""] for c in table.columns})
    numbers = table.drop(columns="city")
    result = {
        "columns": {name: moments(numbers[name]) for name in numbers.columns},
        "city": {
            "missing": int(table["city"].isna().sum()),
            "top": [[name, int(count)] for name, count in table["city"].value_counts().items()],
        },
        "pairs": pairs(numbers),
    }
    (HERE / "profile.json").write_text(json.dumps(result, indent="\t") + "\n")


if __name__ == "__main__":
    main()
