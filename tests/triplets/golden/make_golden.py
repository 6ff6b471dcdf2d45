"""Writes tests/fixtures/triplets.json: mined triplets, losses and gradients of
one batch, by other people's code in double precision, for the tests of
lib/triplets.

    pip install torch tensorflow pytorch-metric-learning
    pip install --no-deps tensorflow_similarity
    python tests/triplets/golden/make_golden.py

Triplets come from pytorch-metric-learning's miners and TensorFlow Similarity's
functions. FaceNet's semi-hard miner follows TensorFlow Addons'
triplet_semihard_loss (its masked n x n x n form), as that package no longer
installs. Losses come from pytorch-metric-learning, and the triplet losses must
agree with their formulas here. Made with torch 2.15.0, tensorflow 2.21.0,
pytorch-metric-learning 2.9.0, tensorflow_similarity 0.17.1.
"""

import json
from importlib.machinery import PathFinder
from pathlib import Path
from sys import modules
from types import ModuleType
from unittest import mock

import tensorflow as tf
import torch
from pytorch_metric_learning import distances, losses, miners, reducers
from pytorch_metric_learning.utils import loss_and_miner_utils as utils

# The package's own __init__ imports all of it, and so much that is not needed.
folders = PathFinder.find_spec("tensorflow_similarity").submodule_search_locations
for part in "", "losses":
    name = "tensorflow_similarity" + ("." + part if part else "")
    modules[name] = ModuleType(name)
    modules[name].__path__ = [str(Path(folder, part)) for folder in folders]
from tensorflow_similarity.algebra import build_masks  # noqa: E402
from tensorflow_similarity.losses import utils as similarity  # noqa: E402

MARGIN = 0.25
SIZES = [7, 6, 5, 4, 1, 1]  # images per class; two classes have no positive

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(6)
labels = torch.repeat_interleave(torch.arange(len(SIZES)), torch.tensor(SIZES))
labels = labels[torch.randperm(len(labels), generator=random)]
n = len(labels)
centres = torch.randn(len(SIZES), 8, generator=random)
points = centres[labels] + 1.5 * torch.randn(n, 8, generator=random)
points = points / points.norm(dim=1, keepdim=True)
points = (points * 4096).round() / 4096  # exact in float32, and short


def squared(x):
    return (x[:, None, :] - x[None, :, :]).square().sum(2)


d = squared(points)
same = labels[:, None] == labels[None, :]
positive = same & ~torch.eye(n, dtype=torch.bool)
assert len(d[~torch.eye(n, dtype=torch.bool)].unique()) == n * (n - 1) // 2  # no ties
peer = distances.LpDistance(normalize_embeddings=False, p=2, power=2)


def addons_semi_hard():
    """[a, p, n] is true where n is a negative beyond p."""
    beyond = ~same[:, None, :] & (d[:, None, :] > d[:, :, None])
    nearest = torch.where(beyond, d[:, None, :], torch.inf).argmin(2)
    farthest = torch.where(same, -torch.inf, d).argmax(1)
    chosen = torch.where(beyond.any(2), nearest, farthest[:, None])
    a, p = positive.nonzero(as_tuple=True)
    return a, p, chosen[a, p]


def similarity_semi_hard():
    query = tf.constant(labels.numpy())[:, None]
    positives, negatives = build_masks(query, query, batch_size=n)
    mat = tf.constant(d.numpy())
    _, p = similarity.positive_distances("hard", mat, positives)
    _, q = similarity.negative_distances("semi-hard", mat, negatives, positives)
    a = positive.any(1).nonzero()[:, 0]
    return a, *(torch.tensor(x.numpy().reshape(-1))[a] for x in (p, q))


def easy_positive(negatives):
    miner = miners.BatchEasyHardMiner("easy", negatives, distance=peer)
    a, p, same_a, q = miner(points, labels)
    assert torch.equal(a, same_a)
    return a, p, q


band = miners.TripletMarginMiner(MARGIN, "semihard", distance=peer)
mined = {
    "batch-all": utils.get_all_triplets_indices(labels),
    "batch-hard": miners.BatchHardMiner(distance=peer)(points, labels),
    "semi-hard": addons_semi_hard(),
    "batch-easy-positive": easy_positive("semihard"),
    "batch-easy-positive-hard-negative": easy_positive("hard"),
    "semi-hard-pytorch-metric-learning": band(points, labels),
    "semi-hard-tensorflow-similarity": similarity_semi_hard(),
}


def spaced(tensor):
    """Numbers as one string: the formatter would give each its own line."""
    return " ".join(map(str, tensor.flatten().tolist()))


def differentiate(loss_of, at=points):
    x = at.clone().requires_grad_()
    loss = loss_of(x)
    loss.backward()
    return loss.detach(), x.grad


def with_gradient(loss_of, at=points):
    """A loss and its gradient to nine digits."""
    loss, gradient = differentiate(loss_of, at)
    return {"loss": loss.item(), "gradient": spaced((gradient * 1e9).round() / 1e9)}


def triplet_loss(triplets, reducer=reducers.MeanReducer(), distance=peer, **options):
    criterion = losses.TripletMarginLoss(
        margin=MARGIN, distance=distance, reducer=reducer, **options
    )
    return lambda x: criterion(x, labels, indices_tuple=triplets)


def formula(triplets):
    a, p, q = triplets

    def loss(x):
        e = squared(x)
        return (e[a, p] - e[a, q] + MARGIN).clamp(min=0).mean()

    return loss


miners = {}
for name, triplets in mined.items():
    a, p, q = triplets
    order = torch.argsort((a * n + p) * n + q)
    triplets = a, p, q = a[order], p[order], q[order]
    hinge = triplet_loss(triplets)
    ours = differentiate(formula(triplets))
    assert all(map(torch.allclose, differentiate(hinge), ours))
    miners[name] = {
        "anchors": spaced(a),
        "positives": spaced(p),
        "negatives": spaced(q),
        **with_gradient(hinge),
        "active": triplet_loss(triplets, reducers.AvgNonZeroReducer())(points).item(),
        "softMargin": triplet_loss(triplets, smooth_loss=True)(points).item(),
    }


def contrastive(x):
    """Hadsell et al.'s equation 4; pytorch-metric-learning's has no squares."""
    i, j = torch.triu_indices(n, n, 1)
    e = squared(x)[i, j]
    lacking = (1.5 - e.sqrt()).clamp(min=0)
    return torch.where(same[i, j], e, lacking.square()).mean() / 2


def lifted(x):
    euclidean = distances.LpDistance(normalize_embeddings=False, p=2, power=1)
    criterion = losses.LiftedStructureLoss(
        neg_margin=1.5, distance=euclidean, reducer=reducers.MeanReducer()
    )
    return criterion(x, labels)


def distance_weights():
    """What the miner would draw by: [n, n], each row sums to 1."""
    with mock.patch.object(utils, "get_random_triplet_indices") as drawn:
        miners.DistanceWeightedMiner().mine(points, labels, points, labels)
    return drawn.call_args.kwargs["weights"]


scaled = points * (1 + torch.arange(n)[:, None] % 4)
gap = d[mined["batch-all"][0], mined["batch-all"][2]] - d[mined["batch-all"][:2]]
golden = {
    "margin": MARGIN,
    "labels": spaced(labels),
    "embeddings": spaced(points),
    "counts": {
        "hard": int((gap <= 0).sum()),
        "semiHard": int(((gap > 0) & (gap <= MARGIN)).sum()),
        "easy": int((gap > MARGIN).sum()),
    },
    "miners": miners,
    "cosine": {
        "embeddings": spaced(scaled),
        **with_gradient(
            triplet_loss(mined["batch-all"], distance=distances.CosineSimilarity()),
            scaled,
        ),
    },
    "contrastive": {"margin": 1.5, **with_gradient(contrastive)},
    "lifted": {"margin": 1.5, **with_gradient(lifted)},
    "distanceWeights": [spaced(row) for row in distance_weights()[:4]],
}
path = Path(__file__).parents[2] / "fixtures" / "triplets.json"
path.write_text(json.dumps(golden, indent=2) + "\n")
print(f"{path.name}: {path.stat().st_size} bytes, counts {golden['counts']}")
print({name: miner["loss"] for name, miner in miners.items()})
print({name: len(miner["anchors"].split()) for name, miner in miners.items()})
