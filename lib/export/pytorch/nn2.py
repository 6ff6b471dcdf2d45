"""FaceNet's NN2 (arXiv 1503.03832, table 2) in PyTorch, with the weights beside it.

    import torch, nn2
    network = nn2.load("nn2.safetensors")            # as in evaluation
    embeddings = network(torch.rand(2, 1, 28, 28))   # values in [0, 1]; rows of length 1
    nn2.save("trained.safetensors", network)

What `save` writes, `deno task evaluate --weights trained.safetensors` reads.
"""
import json
import math
import os

import torch
import torch.nn.functional as F
from torch import nn

# The inception modules: filters of the 1×1 convolution; of the 3×3 reduction and convolution;
# of the 5×5 ones; the pool and filters of its projection; the stride. 0 or None: it has none.
INCEPTION = {
    "2":  [  0,  64, 192,  0,   0,  None,   0, 1],
    "3a": [ 64,  96, 128, 16,  32, "max",  32, 1],
    "3b": [ 64,  96, 128, 32,  64,  "L2",  64, 1],
    "3c": [  0, 128, 256, 32,  64, "max",   0, 2],
    "4a": [256,  96, 192, 32,  64,  "L2", 128, 1],
    "4b": [224, 112, 224, 32,  64,  "L2", 128, 1],
    "4c": [192, 128, 256, 32,  64,  "L2", 128, 1],
    "4d": [160, 144, 288, 32,  64,  "L2", 128, 1],
    "4e": [  0, 160, 256, 64, 128, "max",   0, 2],
    "5a": [384, 192, 384, 48, 128,  "L2", 128, 1],
    "5b": [384, 192, 384, 48, 128, "max", 128, 1],
}


def same(x, size, stride, value=0.0):
    """TensorFlow's "same" padding: an odd cell goes to the end, where PyTorch has none."""
    total = [max((math.ceil(n / stride) - 1) * stride + size - n, 0) for n in x.shape[2:]]
    (top, bottom), (left, right) = ((t // 2, t - t // 2) for t in total)
    return F.pad(x, (left, right, top, bottom), value=value)


class Convolution(nn.Conv2d):
    """A convolution, batch normalization where that is wanted, and a ReLU."""

    def __init__(self, channels, filters, size, stride, normalization):
        super().__init__(channels, filters, size, stride)
        nn.init.kaiming_normal_(self.weight, nonlinearity="relu")
        nn.init.zeros_(self.bias)
        # Training moves towards the unbiased variance, a 500th at most from TensorFlow.js's
        # biased one for 120 images of 28×28.
        batch = normalization == "batch"
        self.norm = nn.BatchNorm2d(filters, eps=1e-3, momentum=0.1) if batch else nn.Identity()

    def forward(self, x):
        return F.relu(self.norm(super().forward(same(x, self.kernel_size[0], self.stride[0]))))


class Pool(nn.Module):
    """Of 3×3 pixels the maximum, or the root of the sum of squares ("L2")."""

    def __init__(self, kind, stride):
        super().__init__()
        self.kind, self.stride = kind, stride

    def forward(self, x):
        if self.kind == "max":
            return F.max_pool2d(same(x, 3, self.stride, -math.inf), 3, self.stride)
        squares = same(x * x, 3, self.stride)
        return (F.avg_pool2d(squares, 3, self.stride, divisor_override=1) + 1e-12).sqrt()


class Inception(nn.ModuleDict):
    """Branches that see the same input, joined along their channels."""

    def __init__(self, channels, row, normalization):
        super().__init__()
        ones, reduce3, threes, reduce5, fives, pool, projection, stride = row

        def add(name, channels, filters, size=1, stride=1):
            if filters:
                self[name] = Convolution(channels, filters, size, stride, normalization)

        add("1x1", channels, ones)
        add("3x3_reduce", channels, reduce3)
        add("3x3", reduce3, threes, 3, stride)
        add("5x5_reduce", channels, reduce5)
        add("5x5", reduce5, fives, 5, stride)
        if pool:
            self["pool"] = Pool(pool, stride)
        add("pool_projection", channels, projection)
        self.channels = ones + threes + fives + (projection or (channels if pool else 0))

    def forward(self, x):
        branches = []
        for name, layer in self.items():
            if name in ("3x3", "5x5", "pool_projection"):  # goes on with the branch
                branches[-1] = layer(branches[-1])
            else:
                branches.append(layer(x))
        return torch.cat(branches, 1)


class NN2(nn.Sequential):
    """[batch, channels, size, size] to embeddings of length 1, [batch, embeddingSize]."""

    def __init__(self, settings):
        super().__init__()
        self.settings = settings
        small, normalization = settings["inputSize"] == 28, settings["normalization"]
        lrn = nn.LocalResponseNorm(5, 1e-4, 0.75, 1.0) if normalization == "lrn" else nn.Identity()
        self.conv1 = Convolution(1 if small else 3, 64, 7, 1 if small else 2, normalization)
        self.pool1 = Pool("max", 2)
        self.norm1, channels = lrn, 64
        for name, row in INCEPTION.items():
            module = Inception(channels, row, normalization)
            self.add_module(f"inception_{name}", module)
            channels = module.channels
            if name == "2":
                self.norm2, self.pool2 = lrn, Pool("max", 2)
        self.pool6 = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.embedding = nn.Linear(channels, settings["embeddingSize"])

    def forward(self, images):
        x = super().forward(images)
        return x / x.square().sum(1, keepdim=True).clamp(min=1e-12).sqrt()


def load(path):
    """The network of a file, in evaluation mode; its settings are `network.settings`."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        values = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    if metadata.get("layout") != "nn2.py":
        raise ValueError(f"Cannot load {path}: expected what deno task export wrote, got others")
    network = NN2(json.loads(metadata["settings"]))
    types, weights = {"F32": torch.float32, "F16": torch.float16}, {}
    for name, entry in header.items():
        part = values[slice(*entry["data_offsets"])]
        weights[name] = torch.frombuffer(part, dtype=types[entry["dtype"]]).reshape(entry["shape"])
    network.load_state_dict(weights)
    return network.eval()


def save(path, network):
    """Writes the weights as float32, and the settings; a file is replaced when all is written."""
    metadata = {"format": "pt", "layout": "nn2.py", "settings": json.dumps(network.settings)}
    header, values = {"__metadata__": metadata}, bytearray()
    for name, value in network.state_dict().items():
        if not name.endswith(".num_batches_tracked"):  # moments move by a fixed share
            part = bytearray(4 * value.numel())
            torch.frombuffer(part, dtype=torch.float32).copy_(value.detach().flatten())
            offsets = [len(values), len(values) + len(part)]
            header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": offsets}
            values += part
    text = json.dumps(header).encode()
    with open(f"{path}.part", "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + values)
    os.replace(f"{path}.part", path)
