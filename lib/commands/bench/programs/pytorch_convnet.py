"""The small network of convnet.ts in PyTorch, to compare speeds."""
from torch import nn


def convnet():
    """[batch, 1, 28, 28] to the logits of ten classes."""
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10),
    )
