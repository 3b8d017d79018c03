"""Writes student-t.json from SciPy (1.10), beside this file: quantiles, shares and an interval of a mean.

    python3 tests/oracle/make-student.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats

FREEDOMS = [1, 2, 3, 4.5, 10, 29, 100, 1000, 92823, 1e6]
VALUES = [0, 0, 12.5, 40, 7.25]

low, high = stats.t.interval(0.95, len(VALUES) - 1, np.mean(VALUES), stats.sem(VALUES))
content = {
    "distributions": [
        {
            "freedom": freedom,
            "quantiles": [[p, stats.t.ppf(p, freedom)] for p in (0.001, 0.4, 0.6, 0.975, 0.9999)],
            "shares": [[t, stats.t.cdf(t, freedom)] for t in (-6, -0.3, 0, 0.3, 2.5, 30)],
        }
        for freedom in FREEDOMS
    ],
    "mean": {"values": VALUES, "low": low, "high": high},
}
path = Path(__file__).with_name("student-t.json")
path.write_text(json.dumps(content, indent="\t") + "\n")
