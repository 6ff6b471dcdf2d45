"""Writes tests/fixtures/triplets.json: mined triplets, losses and gradients of
one batch, by PyTorch in double precision, for the tests of lib/triplets.

    pip install torch pytorch-metric-learning
    python tests/triplets/make_golden.py

Batch-hard and batch-all come from pytorch-metric-learning as well, and the
script stops where it disagrees. The semi-hard loss follows TensorFlow Addons'
triplet_semihard_loss (its masked n x n x n form), and the triplets are those
that its masks pick. Made with torch 2.15.0, pytorch-metric-learning 2.9.0.
"""

import json
from pathlib import Path

import torch
from pytorch_metric_learning import distances, losses, miners, reducers
from pytorch_metric_learning.utils import loss_and_miner_utils as utils

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

# TensorFlow Addons: [a, p, n] is true where n is a negative beyond p.
beyond = ~same[:, None, :] & (d[:, None, :] > d[:, :, None])
nearest = torch.where(beyond, d[:, None, :], torch.inf).argmin(2)
farthest = torch.where(same, -torch.inf, d).argmax(1)
chosen = torch.where(beyond.any(2), nearest, farthest[:, None])
a, p = positive.nonzero(as_tuple=True)
semi_hard = (a, p, chosen[a, p])

a, p, q = (positive[:, :, None] & ~same[:, None, :]).nonzero(as_tuple=True)
batch_all = (a, p, q)

a = positive.any(1).nonzero()[:, 0]
batch_hard = (
    a,
    torch.where(positive, d, -torch.inf).argmax(1)[a],
    torch.where(same, torch.inf, d).argmin(1)[a],
)


def spaced(tensor):
    """Numbers as one string: the formatter would give each its own line."""
    return " ".join(map(str, tensor.flatten().tolist()))


def as_set(triplets):
    return set(zip(*(t.tolist() for t in triplets)))


peer = distances.LpDistance(normalize_embeddings=False, p=2, power=2)
assert as_set(utils.get_all_triplets_indices(labels)) == as_set(batch_all)
assert as_set(miners.BatchHardMiner(distance=peer)(points, labels)) == as_set(batch_hard)

rules = {}
for name, (a, p, q) in {
    "batch-all": batch_all,
    "batch-hard": batch_hard,
    "semi-hard": semi_hard,
}.items():
    x = points.clone().requires_grad_()
    e = squared(x)
    loss = (e[a, p] - e[a, q] + MARGIN).clamp(min=0).mean()
    loss.backward()

    y = points.clone().requires_grad_()
    criterion = losses.TripletMarginLoss(
        margin=MARGIN, distance=peer, reducer=reducers.MeanReducer()
    )
    other = criterion(y, labels, indices_tuple=(a, p, q))
    other.backward()
    assert torch.allclose(loss, other) and torch.allclose(x.grad, y.grad)

    rules[name] = {
        "anchors": spaced(a),
        "positives": spaced(p),
        "negatives": spaced(q),
        "loss": loss.item(),
        "gradient": spaced((x.grad * 1e9).round() / 1e9),
    }

a, p, q = batch_all
gap = d[a, q] - d[a, p]
golden = {
    "margin": MARGIN,
    "labels": spaced(labels),
    "embeddings": spaced(points),
    "census": {
        "hard": int((gap <= 0).sum()),
        "semiHard": int(((gap > 0) & (gap <= MARGIN)).sum()),
        "easy": int((gap > MARGIN).sum()),
    },
    "rules": rules,
}
path = Path(__file__).parent.parent / "fixtures" / "triplets.json"
path.write_text(json.dumps(golden, indent=2) + "\n")
print(f"{path.name}: {path.stat().st_size} bytes, census {golden['census']}")
print({name: rule["loss"] for name, rule in rules.items()})
