"""NN2 of the FaceNet paper (arXiv 1503.03832, table 2) with batch normalization
and FaceNet's loss, to compare speeds. Shapes and work are those of lib/nn2, but
for two things: strided windows lie one pixel off, since PyTorch pads both sides
alike, and the convolutions have no biases, which batch normalization cancels
anyway. The latter is usual in PyTorch, and faster.
"""
import torch
from torch import nn
import torch.nn.functional as F

# 1x1; 3x3 reduce, 3x3; 5x5 reduce, 5x5; pool, projection; stride
MODULES = [
    (64, 96, 128, 16, 32, "max", 32, 1),
    (64, 96, 128, 32, 64, "L2", 64, 1),
    (0, 128, 256, 32, 64, "max", 0, 2),
    (256, 96, 192, 32, 64, "L2", 128, 1),
    (224, 112, 224, 32, 64, "L2", 128, 1),
    (192, 128, 256, 32, 64, "L2", 128, 1),
    (160, 144, 288, 32, 64, "L2", 128, 1),
    (0, 160, 256, 64, 128, "max", 0, 2),
    (384, 192, 384, 48, 128, "L2", 128, 1),
    (384, 192, 384, 48, 128, "max", 128, 1),
]


def convolution(channels, filters, size, stride=1):
    return nn.Sequential(
        nn.Conv2d(channels, filters, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(filters),
        nn.ReLU(inplace=True),
    )


class L2Pool(nn.Module):
    def forward(self, x):
        # The mean counts the padding, so 9 times the mean is the sum.
        return torch.sqrt(9 * F.avg_pool2d(x * x, 3, 1, 1) + 1e-12)


class Inception(nn.Module):
    def __init__(self, channels, c1, r3, c3, r5, c5, kind, projection, stride):
        super().__init__()
        self.branches = nn.ModuleList()
        if c1:
            self.branches.append(convolution(channels, c1, 1))
        for size, reduce, filters in ((3, r3, c3), (5, r5, c5)):
            self.branches.append(nn.Sequential(
                convolution(channels, reduce, 1),
                convolution(reduce, filters, size, stride),
            ))
        pool = L2Pool() if kind == "L2" else nn.MaxPool2d(3, stride, 1)
        self.branches.append(
            nn.Sequential(pool, convolution(channels, projection, 1))
            if projection else pool)
        self.channels = c1 + c3 + c5 + (projection or channels)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class NN2(nn.Sequential):
    """[batch, channels, size, size] to unit embeddings [batch, 128]."""

    def __init__(self, size):
        small = size == 28
        layers = [
            convolution(1 if small else 3, 64, 7, 1 if small else 2),
            nn.MaxPool2d(3, 2, 1),
            convolution(64, 64, 1),
            convolution(64, 192, 3),
            nn.MaxPool2d(3, 2, 1),
        ]
        channels = 192
        for module in MODULES:
            layers.append(Inception(channels, *module))
            channels = layers[-1].channels
        layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 128)]
        super().__init__(*layers)

    def forward(self, x):
        return F.normalize(super().forward(x))


def semi_hard_loss(embeddings, labels, margin=0.2):
    """The mean over all (anchor, positive) pairs, each with the nearest negative
    that is farther than the positive, or the farthest where none is. Sorted
    rows find it in O(n² log n) time and O(n²) memory."""
    distances = (2 - 2 * embeddings @ embeddings.T).clamp(min=0)
    same = labels[:, None] == labels[None]
    with torch.no_grad():
        ascending, order = distances.masked_fill(same, torch.inf).sort(1)
        farther = torch.searchsorted(ascending, distances.detach(), right=True)
        last = (~same).sum(1, keepdim=True) - 1
        nearest = order.gather(1, torch.minimum(farther, last))
        pairs = same.fill_diagonal_(False)
    terms = F.relu(distances - distances.gather(1, nearest) + margin)
    return (terms * pairs).sum() / pairs.sum()
