"""FaceNet's NN2 (arXiv 1503.03832, table 2) in PyTorch, with the weights beside it.

    import torch, nn2
    network = nn2.load("nn2.safetensors")            # as in evaluation
    embeddings = network(torch.rand(2, 1, 28, 28))   # values in [0, 1]; rows of length 1
    nn2.save("trained.safetensors", network)

What `save` writes, `deno task evaluate --weights trained.safetensors` reads.
"""
import json
import math

import torch
import torch.nn.functional as F
from torch import nn

# 224×224; at 28×28 the first convolution has stride 1. "3x3" and "5x5" are the filters
# of the 1×1 reduction and of the convolution after it, "pool" its kind and projection.
ROWS = [
  {"type": "convolution", "name": "conv1", "size": 7, "stride": 2, "filters": 64},
  {"type": "max pool", "name": "pool1", "size": 3, "stride": 2},
  {"type": "norm", "name": "norm1"},
  {"type": "inception", "name": "inception_2", "3x3": [64, 192]},
  {"type": "norm", "name": "norm2"},
  {"type": "max pool", "name": "pool2", "size": 3, "stride": 2},
  {"type": "inception", "name": "inception_3a", "1x1": 64, "3x3": [96, 128], "5x5": [16, 32], "pool": ["max", 32]},
  {"type": "inception", "name": "inception_3b", "1x1": 64, "3x3": [96, 128], "5x5": [32, 64], "pool": ["L2", 64]},
  {"type": "inception", "name": "inception_3c", "3x3": [128, 256], "5x5": [32, 64], "pool": ["max"], "stride": 2},
  {"type": "inception", "name": "inception_4a", "1x1": 256, "3x3": [96, 192], "5x5": [32, 64], "pool": ["L2", 128]},
  {"type": "inception", "name": "inception_4b", "1x1": 224, "3x3": [112, 224], "5x5": [32, 64], "pool": ["L2", 128]},
  {"type": "inception", "name": "inception_4c", "1x1": 192, "3x3": [128, 256], "5x5": [32, 64], "pool": ["L2", 128]},
  {"type": "inception", "name": "inception_4d", "1x1": 160, "3x3": [144, 288], "5x5": [32, 64], "pool": ["L2", 128]},
  {"type": "inception", "name": "inception_4e", "3x3": [160, 256], "5x5": [64, 128], "pool": ["max"], "stride": 2},
  {"type": "inception", "name": "inception_5a", "1x1": 384, "3x3": [192, 384], "5x5": [48, 128], "pool": ["L2", 128]},
  {"type": "inception", "name": "inception_5b", "1x1": 384, "3x3": [192, 384], "5x5": [48, 128], "pool": ["max", 128]},
  {"type": "average pool", "name": "pool6"},
  {"type": "dense", "name": "embedding"}
]


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
        # In training PyTorch moves towards the unbiased variance, TensorFlow.js towards
        # the biased one: for 120 images of 28×28 they differ by a 500th at most.
        batch = normalization == "batch"
        self.norm = nn.BatchNorm2d(filters, eps=1e-3, momentum=0.1) if batch else nn.Identity()

    def forward(self, x):
        return F.relu(self.norm(super().forward(same(x, self.kernel_size[0], self.stride[0]))))


class Pool(nn.Module):
    """The maximum, or the root of the sum of squares ("L2")."""

    def __init__(self, kind, stride, size=3):
        super().__init__()
        self.kind, self.stride, self.size = kind, stride, size

    def forward(self, x):
        size, stride = self.size, self.stride
        if self.kind == "max":
            return F.max_pool2d(same(x, size, stride, -math.inf), size, stride)
        squares = same(x * x, size, stride)
        return (F.avg_pool2d(squares, size, stride, divisor_override=1) + 1e-12).sqrt()


class Inception(nn.ModuleDict):
    """Branches that see the same input, joined along their channels."""

    def __init__(self, channels, row, normalization):
        super().__init__()
        stride = row.get("stride", 1)
        self.channels = 0
        if "1x1" in row:
            self["1x1"] = Convolution(channels, row["1x1"], 1, 1, normalization)
            self.channels += row["1x1"]
        for size in (3, 5):
            if f"{size}x{size}" in row:
                reduce, filters = row[f"{size}x{size}"]
                self[f"{size}x{size}_reduce"] = Convolution(channels, reduce, 1, 1, normalization)
                self[f"{size}x{size}"] = Convolution(reduce, filters, size, stride, normalization)
                self.channels += filters
        if "pool" in row:
            kind, *projection = row["pool"]
            self["pool"] = Pool(kind, stride)
            if projection:
                self["pool_projection"] = Convolution(channels, *projection, 1, 1, normalization)
            self.channels += projection[0] if projection else channels

    def forward(self, x):
        paths = (("1x1",), ("3x3_reduce", "3x3"), ("5x5_reduce", "5x5"), ("pool", "pool_projection"))
        branches = []
        for path in paths:
            y = x
            for name in path:
                y = self[name](y) if name in self else y
            if path[0] in self:
                branches.append(y)
        return torch.cat(branches, 1)


class NN2(nn.Sequential):
    """[batch, channels, size, size] to embeddings of length 1, [batch, embeddingSize]."""

    def __init__(self, settings):
        super().__init__()
        self.settings = settings
        small, normalization = settings["inputSize"] == 28, settings["normalization"]
        channels = 1 if small else 3
        for row in ROWS:
            kind, name, module = row["type"], row["name"], None
            if kind == "convolution":
                stride = 1 if small else row["stride"]
                module = Convolution(channels, row["filters"], row["size"], stride, normalization)
                channels = row["filters"]
            elif kind == "max pool":
                module = Pool("max", row["stride"], row["size"])
            elif kind == "norm" and normalization == "lrn":
                module = nn.LocalResponseNorm(5, alpha=1e-4, beta=0.75, k=1.0)
            elif kind == "inception":
                module = Inception(channels, row, normalization)
                channels = module.channels
            elif kind == "average pool":
                module = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
            elif kind == "dense":
                module = nn.Linear(channels, settings["embeddingSize"])
            if module is not None:
                self.add_module(name, module)

    def forward(self, images):
        x = super().forward(images)
        return x / x.square().sum(1, keepdim=True).clamp(min=1e-12).sqrt()


TYPES = {"F32": torch.float32, "F16": torch.float16}


def load(path):
    """The network of a file, in evaluation mode; its settings are `network.settings`."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        values = bytearray(file.read())
    metadata = header.pop("__metadata__")
    weights = {
        name: torch.frombuffer(values[slice(*entry["data_offsets"])], dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }
    network = NN2(json.loads(metadata["settings"]))
    network.load_state_dict(weights)
    return network.eval()


def save(path, network):
    """Writes the weights as float32 with the network's settings."""
    metadata = {"format": "pt", "layout": "nn2.py", "settings": json.dumps(network.settings)}
    header, parts, end = {"__metadata__": metadata}, [], 0
    for name, value in network.state_dict().items():
        if not name.endswith(".num_batches_tracked"):  # moments move by a fixed share
            part = value.detach().float().cpu().contiguous().numpy().tobytes()
            entry = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [end, end + len(part)]}
            header[name], end = entry, end + len(part)
            parts.append(part)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(parts))
