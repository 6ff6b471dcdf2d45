#!/usr/bin/env bash
# TSNE.kl_divergence_ of scikit-learn 1.9.1, documented as the Kullback-Leibler
# divergence after optimization, is several percent above that of its own map
# with the default method, "barnes_hut", which sums over near neighbours and
# gathers far points. With method="exact" it is right. Expected: the definition
# (van der Maaten and Hinton 2008, equation 2), from the map and scikit-learn's
# own joint probabilities.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
python3 -m venv venv
venv/bin/pip install --quiet scikit-learn==1.9.1 numpy==2.3.5 scipy==1.16.3
cat > run.py <<'PY'
import numpy as np
import sklearn
from scipy.spatial.distance import pdist
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE, _t_sne
from sklearn.metrics import pairwise_distances

x = load_digits().data[:200].astype(np.float32)
p = _t_sne._joint_probabilities(pairwise_distances(x, metric="sqeuclidean"), 10, 0)


def divergences(method):
    tsne = TSNE(perplexity=10, init="pca", random_state=0, method=method)
    w = 1 / (1 + pdist(tsne.fit_transform(x).astype(float), "sqeuclidean"))
    return tsne.kl_divergence_, 2 * np.sum(p * np.log(p / (w / (2 * w.sum()))))


print("scikit-learn", sklearn.__version__)
seen, expected = divergences("barnes_hut")
print("expected:", round(expected, 4))
print("seen:    ", round(seen, 4))
reported, exact = divergences("exact")
assert abs(reported / exact - 1) < 1e-3
assert seen > 1.03 * expected, "it has changed"
PY
venv/bin/python run.py
