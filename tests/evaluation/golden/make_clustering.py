"""Writes tests/fixtures/clustering.json with scikit-learn's results.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tests/evaluation/golden/make_clustering.py

Four overlapping classes of unit embeddings, clustered by average linkage (of
squared distances and of their roots) and by Lloyd's k-means from given centers,
one of which no point is near to.
"""
import json
from pathlib import Path

import numpy as np
from sklearn import metrics
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.metrics.pairwise import euclidean_distances
from sklearn.preprocessing import normalize

rng = np.random.default_rng(20241)
classes = rng.permutation(np.repeat([1, 2, 5, 9], [10, 15, 20, 15]))
means = rng.normal(size=(10, 6))
points = normalize(means[classes] + 0.7 * rng.normal(size=(60, 6))).round(4)


def renumbered(labels):
    """Clusters by number from 0, in the order of their first points."""
    seen = {}
    return [seen.setdefault(label, len(seen)) for label in labels.tolist()]


def measures(labels):
    return {
        "adjustedMutualInformation": metrics.adjusted_mutual_info_score(classes, labels),
        "normalizedMutualInformation": metrics.normalized_mutual_info_score(classes, labels),
        "adjustedRandIndex": metrics.adjusted_rand_score(classes, labels),
        "homogeneity": metrics.homogeneity_score(classes, labels),
        "completeness": metrics.completeness_score(classes, labels),
        "purity": metrics.cluster.contingency_matrix(labels, classes).max(axis=1).sum() / 60,
    }


def linkage(squared):
    distances = euclidean_distances(points, squared=squared)
    options = {"metric": "precomputed", "linkage": "average"}
    whole = AgglomerativeClustering(
        n_clusters=1, compute_distances=True, **options
    ).fit(distances)
    heights = np.sort(whole.distances_)
    cuts = []
    for clusters in [2, 4, 7, 20, 60]:
        # Between the last merge that is made and the first that is not.
        last = 60 - clusters
        before = heights[last - 1] if last else 0
        threshold = (before + heights[last]) / 2
        labels = AgglomerativeClustering(
            n_clusters=None, distance_threshold=threshold, **options
        ).fit_predict(distances)
        cuts.append({
            "threshold": threshold,
            "clusters": clusters,
            "labels": renumbered(labels),
            "measures": measures(labels),
        })
    return {"heights": heights.tolist(), "cuts": cuts}


def k_means(start):
    model = KMeans(
        len(start), init=start, n_init=1, tol=0, algorithm="lloyd"
    ).fit(points)
    return {
        "start": start.tolist(),
        "labels": model.labels_.tolist(),
        "centers": model.cluster_centers_.tolist(),
        "inertia": model.inertia_,
        "measures": measures(model.labels_),
    }


empty = points[[0, 3, 8, 20]].copy()
empty[2] = 9
fixture = {
    "points": points.tolist(),
    "classes": classes.tolist(),
    "squared": linkage(True),
    "euclidean": linkage(False),
    "kMeans": [k_means(points[[0, 1, 2, 3]]), k_means(empty)],
}
path = Path(__file__).parents[2] / "fixtures" / "clustering.json"
path.write_text(json.dumps(fixture) + "\n")
print(path, [cut["measures"] for cut in fixture["squared"]["cuts"]])
print([run["inertia"] for run in fixture["kMeans"]], np.bincount(fixture["kMeans"][1]["labels"]))
