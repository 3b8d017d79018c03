"""Ward's tree of scikit-learn over all distances: its heights."""

from sklearn.cluster import ward_tree


def run(rows):
    return {"heights": ward_tree(rows, return_distance=True)[4].tolist()}
