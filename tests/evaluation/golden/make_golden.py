"""Writes tests/fixtures/centroids.json with scikit-learn's results.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tests/evaluation/golden/make_golden.py && deno fmt tests/fixtures

Four overlapping classes of unit embeddings, the first half to make centroids of,
the second half to classify.
"""
import json
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.metrics.pairwise import euclidean_distances
from sklearn.neighbors import NearestCentroid
from sklearn.preprocessing import normalize

rng = np.random.default_rng(20240)
classes = np.array([1, 2, 5, 9])
labels = rng.permutation(np.repeat(classes, 20))
centers = rng.normal(size=(10, 6))
points = normalize(centers[labels] + rng.normal(size=(80, 6)))
points = points.round(4)  # a small file; still of unit length within 1e-4

model = NearestCentroid().fit(points[:40], labels[:40])
model.centroids_ = normalize(model.centroids_)
predicted = model.predict(points[40:])
distances = euclidean_distances(points[40:], model.centroids_, squared=True)
nearest, second = np.sort(distances, axis=1)[:, :2].T

fixture = {
    "embeddings": points.tolist(),
    "labels": labels.tolist(),
    "centroids": model.centroids_.tolist(),
    "predicted": predicted.tolist(),
    "distances": nearest.tolist(),
    "margins": (second - nearest).tolist(),
    "confusion": confusion_matrix(labels[40:], predicted, labels=classes).tolist(),
    "accuracy": accuracy_score(labels[40:], predicted),
}
path = Path(__file__).parents[2] / "fixtures" / "centroids.json"
path.write_text(json.dumps(fixture) + "\n")
print(path, fixture["accuracy"], fixture["confusion"], min(fixture["margins"]))
