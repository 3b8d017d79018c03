"""What an analyst would write: read, RFM, KMeans for k = 2..10 with ten starts, silhouette on 5,000. Prints JSON."""
import json
import sys
import time

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

start = time.perf_counter()
lines = pd.read_csv(sys.argv[1], dtype={"customer_id": str, "order_id": str}, parse_dates=["order_date"])
read = time.perf_counter()

lines["amount"] = lines.quantity * lines.unit_price
lines = lines[lines.customer_id.notna() & (lines.quantity > 0) & (lines.unit_price > 0)]
as_of = lines.order_date.max().normalize() + pd.Timedelta(days=1)
rfm = lines.groupby("customer_id").agg(
    last=("order_date", "max"), frequency=("order_id", "nunique"), monetary=("amount", "sum")
)
rfm["recency"] = (as_of - rfm["last"].dt.normalize()).dt.days
for column, reverse in (("recency", True), ("frequency", False), ("monetary", False)):
    cuts = rfm[column].quantile([0.2, 0.4, 0.6, 0.8]).to_numpy()
    score = 1 + (rfm[column].to_numpy()[:, None] > cuts).sum(axis=1)
    rfm[column[0] + "_score"] = 6 - score if reverse else score
done = time.perf_counter()

x = np.log1p(rfm[["recency", "frequency", "monetary"]].to_numpy())
x = (x - x.mean(axis=0)) / x.std(axis=0)
inertias = {}
for k in range(2, 11):
    fit = KMeans(k, n_init=10, random_state=1).fit(x)
    silhouette_score(x, fit.labels_, sample_size=min(5000, len(x)), random_state=1)
    inertias[k] = fit.inertia_
end = time.perf_counter()

print(json.dumps({
    "read": read - start, "rfm": done - read, "sweep": end - done, "total": end - start,
    "customers": len(rfm), "inertias": inertias,
    "versions": {"pandas": pd.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
}))
