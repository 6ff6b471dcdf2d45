"""Writes tests/fixtures/measures.json with other libraries' results.

    python3 -m venv venv
    venv/bin/pip install scikit-learn==1.9.1 pytorch-metric-learning==2.9.0 torch==2.15.0
    venv/bin/python tests/evaluation/golden/make_measures_golden.py

Overlapping classes of unit embeddings: a gallery, and queries with one of a class
that the gallery lacks. scikit-learn (with SciPy) makes the values for neighbours,
the class report, verification and the open set, pytorch-metric-learning those for
retrieval.
"""
import json
from pathlib import Path

import numpy as np
import torch
from pytorch_metric_learning.distances import LpDistance
from pytorch_metric_learning.utils.accuracy_calculator import (
    AccuracyCalculator,
    precision_at_k,
)
from pytorch_metric_learning.utils.inference import CustomKNN
from scipy.interpolate import interp1d
from scipy.optimize import brentq
from scipy.stats import binomtest, sem
from sklearn.metrics import classification_report, roc_auc_score, roc_curve
from sklearn.metrics.pairwise import euclidean_distances
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid, NearestNeighbors
from sklearn.preprocessing import normalize

GALLERY = 48
rng = np.random.default_rng(20253)
labels = np.append(rng.permutation(np.repeat([1, 2, 5, 9], 20)), 7)
centers = rng.normal(size=(10, 6))
points = normalize(centers[labels] + rng.normal(size=(81, 6))).round(4)
gallery, gallery_labels = points[:GALLERY], labels[:GALLERY]
queries, query_labels = points[GALLERY:], labels[GALLERY:]

# Else rounding to float32 may order two distances differently.
every = np.sort(euclidean_distances(points, squared=True)[np.triu_indices(81, 1)])
assert np.diff(every).min() > 4e-7, np.diff(every).min()


def neighbours(k, search, **where):
    distances, indices = search.kneighbors(n_neighbors=k, **where)
    return {"indices": indices.tolist(), "squared": (distances**2).tolist()}


def votes(k):
    # A hair more for the nearer, so that of equal votes the nearest class wins.
    ranks = np.arange(1, k + 1)
    model = KNeighborsClassifier(k, weights=lambda d: 1 + 1e-3**ranks + 0 * d)
    return model.fit(gallery, gallery_labels).predict(queries).tolist()


def roc(same, distances):
    far, val, thresholds = roc_curve(same, -distances, drop_intermediate=False)
    return {
        "thresholds": (-thresholds[1:]).tolist(),
        "validationRates": val.tolist(),
        "falseAcceptRates": far.tolist(),
        "auc": roc_auc_score(same, -distances),
        "eer": brentq(lambda x: 1 - x - interp1d(far, val)(x), 0, 1, xtol=1e-12),
        "validationAtFar": [[p, val[far <= p].max()] for p in [0.02, 0.1, 0.5, 1]],
    }


def retrieval(*gallery_and_labels):
    distance = LpDistance(normalize_embeddings=False)
    knn = CustomKNN(distance)
    calculator = AccuracyCalculator(
        exclude=("NMI", "AMI", "mean_average_precision"),
        knn_func=knn,
        device=torch.device("cpu"),
    )
    as_torch = [torch.tensor(array) for array in gallery_and_labels]
    found = calculator.get_accuracy(
        torch.tensor(queries), torch.tensor(query_labels), *as_torch
    )
    if as_torch:
        _, indices = knn(torch.tensor(queries), 5, as_torch[0], False)
        answers = gallery_labels[indices]
    else:
        _, indices = knn(torch.tensor(queries), 5, torch.tensor(queries), True)
        answers = query_labels[indices]
    there = query_labels != 7
    right = answers[there] == query_labels[there][:, None]
    found["precision_at_5"] = precision_at_k(
        torch.tensor(answers[there]), torch.tensor(query_labels[there])[:, None],
        5, False, False, torch.eq,
    )
    found["recall_at_5"] = right.any(1).mean()
    return found


pairs = np.triu_indices(24, 1)
same = (query_labels[:24, None] == query_labels[:24])[pairs]
squared = euclidean_distances(queries[:24], squared=True)[pairs]
rounded = (squared * 8).round() / 8  # many ties, exact in float32

known_classes = gallery_labels != 9
model = NearestCentroid().fit(gallery[known_classes], gallery_labels[known_classes])
model.centroids_ = normalize(model.centroids_)
probed = np.isin(query_labels, [1, 2, 5])
known, strangers = queries[probed], points[labels == 9]
identified = model.predict(known) == query_labels[probed]
to_known = euclidean_distances(known, model.centroids_, squared=True).min(1)
to_strangers = euclidean_distances(strangers, model.centroids_, squared=True).min(1)
NEVER = -1e9
far, dir_, thresholds = roc_curve(
    [1] * len(known) + [0] * len(strangers),
    np.append(np.where(identified, -to_known, NEVER), -to_strangers),
    drop_intermediate=False,
)
real = (thresholds < np.inf) & (thresholds > NEVER)

predicted = votes(5)
truth = np.where(query_labels == 7, 1, query_labels)  # a class that is known
scores = classification_report(
    truth, predicted, labels=[1, 2, 5, 9], output_dict=True, zero_division=0
)
accuracy = scores.pop("accuracy")
repeated = [0.93, 0.95, 0.91, 0.96]
fixture = {
    "gallery": {"embeddings": gallery.tolist(), "labels": gallery_labels.tolist()},
    "queries": {"embeddings": queries.tolist(), "labels": query_labels.tolist()},
    "neighbours": {
        "inGallery": neighbours(4, NearestNeighbors().fit(gallery), X=queries),
        "leaveOneOut": neighbours(4, NearestNeighbors().fit(queries)),
        "votes": {k: votes(k) for k in [1, 2, 4, 5, 7]},
    },
    "report": {
        "predicted": predicted,
        "actual": truth.tolist(),
        "accuracy": accuracy,
        # Four classes, macro average, weighted average.
        "scores": [list(row.values()) for row in scores.values()],
    },
    "tiedPairs": {
        "positive": rounded[same].tolist(),
        "negative": rounded[~same].tolist(),
        **roc(same, rounded),
    },
    "allPairs": {"images": 24, **roc(same, squared)},
    "retrieval": {
        "inGallery": retrieval(gallery, gallery_labels),
        "leaveOneOut": retrieval(),
    },
    "openSet": {
        "knownClasses": [1, 2, 5],
        "strangers": strangers.tolist(),
        "thresholds": (-thresholds[real]).tolist(),
        "identificationRates": dir_[real].tolist(),
        "falseAcceptRates": far[real].tolist(),
    },
    "wilson": [
        [k, n, *binomtest(k, n).proportion_ci(method="wilson")]
        for k, n in [(0, 10), (1, 10), (10, 10), (997, 1000), (5, 4_996_996)]
    ],
    "spread": {"values": repeated, "mean": np.mean(repeated), "sem": sem(repeated)},
}
path = Path(__file__).parents[2] / "fixtures" / "measures.json"
path.write_text(json.dumps(fixture) + "\n")
print(path, path.stat().st_size, fixture["retrieval"])
