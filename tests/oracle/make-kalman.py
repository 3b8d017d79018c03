"""Writes kalman.json beside this file: the local level model by the recursions of Durbin and Koopman (2012), chapter 2.

    python3 tests/oracle/make-kalman.py

Each series is filtered value by value with given variances, from a level whose variance is 1e9 times theirs, and variances are
searched for with SciPy (1.10) on the scale of their logarithms. The first series is the yearly flow of the Nile, 1871 to 1970
(Cobb 1978), for which the book prints 15099 and 1469.1.
"""

import json
from pathlib import Path

import numpy as np
from scipy import optimize

HERE = Path(__file__).parent
NILE = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
    1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
    831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759,
    781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
    744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
]


def run(values, noise, step):
    """Levels, their variances, and the log-likelihood of all values after the first."""
    a, p = 0.0, 1e9 * (noise + step)
    levels, variances, total, known = [], [], 0.0, 0
    for y in values:
        if y is not None:
            f = p + noise
            v = y - a
            if known > 0:
                total -= (np.log(2 * np.pi) + np.log(f) + v * v / f) / 2
            k = p / f
            a, p = a + k * v, p * (1 - k)
            if known == 0:
                a, p = y, noise
            known += 1
        levels.append(a if known else None)
        variances.append(p if known else None)
        p = p + step
    return levels, variances, total


def search(values):
    size = np.nanvar([y for y in values if y is not None])
    cost = lambda logs: -run(values, *np.exp(logs))[2]
    found = min(
        (
            optimize.minimize(cost, np.log([size * a, size * b]), method="Nelder-Mead",
                              options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20000, "maxfev": 20000})
            for a, b in ((0.5, 0.5), (0.9, 0.1), (0.1, 0.9))
        ),
        key=lambda result: result.fun,
    )
    return np.exp(found.x)


def series(name, values):
    noise, step = search(values)
    levels, variances, total = run(values, noise, step)
    return {
        "name": name, "values": values, "noiseVariance": noise, "stepVariance": step, "logLikelihood": total,
        "levels": levels, "errors": [None if v is None else float(np.sqrt(v)) for v in variances],
    }


random = np.random.default_rng(7)
wander = np.round(200 + np.cumsum(random.normal(0, 4, 24)) + random.normal(0, 5, 24), 2).tolist()
gaps = [None if at in (0, 5, 6, 15) else y for at, y in enumerate(wander)]
found = [series("nile", NILE), series("wander", wander), series("gaps", gaps)]
(HERE / "kalman.json").write_text(json.dumps(found) + "\n")
