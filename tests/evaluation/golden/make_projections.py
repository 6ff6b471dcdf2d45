"""Writes tests/fixtures/projections.json with scikit-learn's results.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tests/evaluation/golden/make_projections.py

PCA and exact t-SNE of four overlapping classes of unit embeddings. The first
steps of t-SNE come from the functions inside scikit-learn that its TSNE calls,
for TSNE itself takes 250 at least. They overshoot and magnify rounding, so that
starts 1e-6 apart end in divergences up to 4 % apart in scikit-learn itself. So
ten starts count: the given one with its rows moved on by 0, 10, ... 90.
"""
import json
from pathlib import Path

import numpy as np
from scipy.spatial.distance import squareform
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.manifold import _t_sne
from sklearn.metrics.pairwise import euclidean_distances
from sklearn.preprocessing import normalize

COUNT, PERPLEXITY, STEPS = 100, 10, 5


def rounded(values, digits):
    """Few digits for a small file, then what a tensor makes of them."""
    return values.round(digits).astype(np.float32).astype(np.float64)


rng = np.random.default_rng(20242)
classes = np.arange(COUNT) % 4
means = rng.normal(size=(4, 6))
points = rounded(normalize(means[classes] + 0.6 * rng.normal(size=(COUNT, 6))), 4)
start = rounded(1e-4 * rng.normal(size=(COUNT, 2)), 8)

pca = PCA(n_components=3, svd_solver="full")
projected = pca.fit_transform(points)

distances = euclidean_distances(points, squared=True)
joint = _t_sne._joint_probabilities(distances, PERPLEXITY, verbose=0)
args = [joint, 1, COUNT, 2]
divergence, gradient = _t_sne._kl_divergence(start.ravel(), *args)
early, _, _ = _t_sne._gradient_descent(
    _t_sne._kl_divergence,
    start.ravel(),
    it=0,
    max_iter=STEPS,
    momentum=0.5,
    learning_rate=50,
    args=[12 * joint, *args[1:]],
)
spread = 1e4 * start
spread_divergence, spread_gradient = _t_sne._kl_divergence(spread.ravel(), *args)
divergences = [
    TSNE(
        perplexity=PERPLEXITY,
        init=np.roll(start, shift, axis=0),
        method="exact",
        max_iter=1000,
        n_iter_without_progress=1000,
        min_grad_norm=0,
    ).fit(points).kl_divergence_
    for shift in range(0, COUNT, 10)
]


def shaped(values):
    return values.reshape(COUNT, 2).tolist()


fixture = {
    "points": points.round(4).tolist(),
    "pca": {
        "points": projected.round(9).tolist(),
        "components": pca.components_.tolist(),
        "explainedVariance": pca.explained_variance_.tolist(),
        "explainedVarianceRatio": pca.explained_variance_ratio_.tolist(),
    },
    "tSne": {
        "perplexity": PERPLEXITY,
        # Each point's neighbours ten and fifty places on.
        "joint": {
            "10": [squareform(joint)[i, (i + 10) % COUNT] for i in range(COUNT)],
            "50": [squareform(joint)[i, (i + 50) % COUNT] for i in range(COUNT)],
        },
        "start": start.round(8).tolist(),
        "startDivergence": divergence,
        "spreadDivergence": spread_divergence,
        "spreadGradient": shaped(spread_gradient),
        "steps": STEPS,
        "stepped": shaped(early),
        "divergences": divergences,
    },
}
path = Path(__file__).parents[2] / "fixtures" / "projections.json"
path.write_text(json.dumps(fixture) + "\n")
print(path, divergences)
