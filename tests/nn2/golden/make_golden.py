"""Makes tests/fixtures/nn2_golden.json: NN2 at 28×28×1 in PyTorch, in float64.

    python tests/nn2/golden/make_golden.py      (PyTorch 2.15)

For each normalization: the embeddings of six images, FaceNet's semi-hard
triplets among them, the loss, and of each variable's gradient its norm, its
sum and eight entries. Images and weights come from formulas, which golden.ts
repeats, so that none are stored.

A ReLU or a maximum that float32 decides differently from float64 changes
gradients by up to a hundredth. So each seed is the one of 0 to 249 that keeps
all inputs farthest from such a tie while mining takes both its paths, and the
script prints how far float32 then is from float64.
"""

import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

LABELS = [0, 1, 2, 0, 1, 2]
MARGIN = 0.2
BN_EPSILON = 1e-3
BN_MOMENTUM = 0.9
L2_EPSILON = 1e-12
SEEDS = {"none": 88, "batch": 6, "lrn": 237}
# Local response normalization hardly acts on activations around 1.
BRIGHTNESS = {"none": 1, "batch": 1, "lrn": 100}
# Fewer inputs near the ReLU's edge than with a beta around 0.
BETA = 1.5

# The paper's Table 2, as in lib/nn2/table.ts: 1×1; 3×3; 5×5; pool, projection; stride.
MODULES = {
    "inception_3a": (64, (96, 128), (16, 32), ("max", 32), 1),
    "inception_3b": (64, (96, 128), (32, 64), ("L2", 64), 1),
    "inception_3c": (None, (128, 256), (32, 64), ("max", None), 2),
    "inception_4a": (256, (96, 192), (32, 64), ("L2", 128), 1),
    "inception_4b": (224, (112, 224), (32, 64), ("L2", 128), 1),
    "inception_4c": (192, (128, 256), (32, 64), ("L2", 128), 1),
    "inception_4d": (160, (144, 288), (32, 64), ("L2", 128), 1),
    "inception_4e": (None, (160, 256), (64, 128), ("max", None), 2),
    "inception_5a": (384, (192, 384), (48, 128), ("L2", 128), 1),
    "inception_5b": (384, (192, 384), (48, 128), ("max", 128), 1),
}


def noise(seed, name, count):
    """Numbers in [-0.5, 0.5) that belong to a seed and a name, exact in float32."""
    start = 0x811C9DC5 ^ seed
    for byte in name.encode():  # FNV-1a
        start = ((start ^ byte) * 0x01000193) & 0xFFFFFFFF
    with np.errstate(over="ignore"):
        h = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(start)
        h ^= h >> np.uint32(16)  # MurmurHash3's finalizer
        h *= np.uint32(0x85EBCA6B)
        h ^= h >> np.uint32(13)
        h *= np.uint32(0xC2B2AE35)
        h ^= h >> np.uint32(16)
    return (h >> np.uint32(8)).astype(np.float64) / 2**24 - 0.5


def golden_weight(seed, name, shape):
    """Kernels with the deviation of He and others; the rest near a fixed value."""
    count = math.prod(shape)
    kind = name.split("/")[1]
    if kind == "kernel":
        center, scale = 0, math.sqrt(12 * 2 / (count / shape[-1]))
    else:
        center = {"beta": BETA, "gamma": 1, "moving_variance": 1}.get(kind, 0)
        scale = 0.2
    return (center + scale * noise(seed, name, count)).astype(np.float32).reshape(shape)


def golden_images(seed, brightness):
    """Stripes, their direction by class and their width by image, with noise."""
    images = np.empty((len(LABELS), 28, 28, 1), np.float32)
    for n, label in enumerate(LABELS):
        for i, u in enumerate(noise(seed, f"image {n}", 28 * 28)):
            row, column = divmod(i, 28)
            stripe = (label * row + (2 - label) * column) % 12 < 2 + n
            images[n, row, column, 0] = brightness * (0.75 * stripe + 0.25 * (u + 0.5))
    return images


class NN2:
    def __init__(self, normalization, training=True, dtype=torch.float64):
        self.normalization = normalization
        self.dtype = dtype
        self.training = training
        self.variables = {}
        self.moved = {}

    def variable(self, name, shape):
        value = torch.tensor(golden_weight(SEEDS[self.normalization], name, shape), dtype=self.dtype)
        self.variables[name] = value.requires_grad_("moving" not in name)
        return value

    def conv(self, x, name, filters, size, stride=1):
        kernel = self.variable(f"{name}/kernel", (size, size, x.shape[1], filters))
        bias = self.variable(f"{name}/bias", (filters,))
        y = F.conv2d(same(x, size, stride), kernel.permute(3, 2, 0, 1), bias, stride)
        if self.normalization == "batch":
            y = self.batch_norm(y, f"{name}_norm", filters)
        return F.relu(y)

    def batch_norm(self, x, name, channels):
        gamma, beta, mean, variance = (
            self.variable(f"{name}/{kind}", (channels,))
            for kind in ("gamma", "beta", "moving_mean", "moving_variance")
        )
        if self.training:
            now = {"moving_mean": x.mean((0, 2, 3)), "moving_variance": x.var((0, 2, 3), unbiased=False)}
            for kind, moving in (("moving_mean", mean), ("moving_variance", variance)):
                self.moved[f"{name}/{kind}"] = BN_MOMENTUM * moving + (1 - BN_MOMENTUM) * now[kind].detach()
        return F.batch_norm(x, mean.clone(), variance.clone(), gamma, beta, self.training, 0.1, BN_EPSILON)

    def norm(self, x):
        # PyTorch divides alpha by the window's size; TensorFlow does not.
        return F.local_response_norm(x, 5, 1e-4, 0.75, 1.0) if self.normalization == "lrn" else x

    def inception(self, x, name):
        one, three, five, (kind, projection), stride = MODULES[name]
        branches = []
        if one:
            branches.append(self.conv(x, f"{name}_1x1", one, 1))
        for size, (reduce, filters) in ((3, three), (5, five)):
            y = self.conv(x, f"{name}_{size}x{size}_reduce", reduce, 1)
            branches.append(self.conv(y, f"{name}_{size}x{size}", filters, size, stride))
        y = max_pool(x, stride) if kind == "max" else l2_pool(x)
        branches.append(self.conv(y, f"{name}_pool_projection", projection, 1) if projection else y)
        return torch.cat(branches, 1)

    def embed(self, images):
        x = torch.tensor(images, dtype=self.dtype).permute(0, 3, 1, 2)
        x = self.norm(max_pool(self.conv(x, "conv1", 64, 7), 2))
        x = self.conv(x, "inception_2_3x3_reduce", 64, 1)
        x = max_pool(self.norm(self.conv(x, "inception_2_3x3", 192, 3)), 2)
        for name in MODULES:
            x = self.inception(x, name)
        x = x.mean((2, 3))
        x = x @ self.variable("embedding/kernel", (1024, 128)) + self.variable("embedding/bias", (128,))
        return x / x.square().sum(1, keepdim=True).sqrt()


def same(x, size, stride, value=0.0):
    """TensorFlow's "same" padding: an odd cell goes to the end."""
    total = [max((math.ceil(n / stride) - 1) * stride + size - n, 0) for n in x.shape[2:]]
    (top, bottom), (left, right) = ((t // 2, t - t // 2) for t in total)
    return F.pad(x, (left, right, top, bottom), value=value)


def max_pool(x, stride):
    return F.max_pool2d(same(x, 3, stride, -math.inf), 3, stride)


def l2_pool(x):
    # divisor_override: the sum over the window, whatever lies outside.
    return (F.avg_pool2d(same(x * x, 3, 1), 3, 1, divisor_override=1) + L2_EPSILON).sqrt()


def mine_semi_hard(distances):
    """For each (anchor, positive) the nearest negative beyond it, else the farthest."""
    triplets = []
    for a in range(len(LABELS)):
        negatives = [n for n in range(len(LABELS)) if LABELS[n] != LABELS[a]]
        for p in range(len(LABELS)):
            if p == a or LABELS[p] != LABELS[a]:
                continue
            beyond = [n for n in negatives if distances[a][n] > distances[a][p]]
            pick = min(beyond, key=lambda n: distances[a][n]) if beyond else max(
                negatives, key=lambda n: distances[a][n])
            triplets.append([a, p, pick])
    return triplets


def rounded(values):
    return [float(f"{value:.8g}") for value in values]


def digest(tensor):
    flat = tensor.detach().reshape(-1)
    entries = [int((j + 0.5) * len(flat) / 8) for j in range(8)]
    return rounded([flat.norm().item(), flat.sum().item()] + [flat[i].item() for i in entries])


def learn(net, images):
    """One step up to the gradients: embeddings, triplets and loss."""
    embeddings = net.embed(images)
    distances = (embeddings[:, None] - embeddings[None]).square().sum(2)
    triplets = mine_semi_hard(distances.tolist())
    losses = [F.relu(distances[a, p] - distances[a, n] + MARGIN) for a, p, n in triplets]
    loss = torch.stack(losses).mean()
    loss.backward()
    return embeddings, triplets, loss


def gradients(net):
    """Of all variables but biases that batch normalization takes out again: theirs is 0."""
    return {
        name: variable.grad
        for name, variable in net.variables.items()
        if variable.requires_grad and not (net.normalization == "batch" and name[-5:] == "/bias" and "embed" not in name)
    }


def golden(normalization):
    images = golden_images(SEEDS[normalization], BRIGHTNESS[normalization])
    net = NN2(normalization)
    embeddings, triplets, loss = learn(net, images)
    result = {
        "seed": SEEDS[normalization],
        "brightness": BRIGHTNESS[normalization],
        "embeddings": [rounded(row) for row in embeddings.tolist()],
        "triplets": triplets,
        "loss": rounded([loss.item()])[0],
        "gradients": {name: digest(gradient) for name, gradient in gradients(net).items()},
    }
    if normalization == "batch":
        result["moved"] = {name: digest(value) for name, value in net.moved.items()}
        with torch.no_grad():
            inference = NN2(normalization, training=False).embed(images)
        result["inferenceEmbeddings"] = [rounded(row) for row in inference.tolist()]
    report(net, images)
    return result


def report(net, images):
    """Prints the largest relative error of a gradient in float32."""
    single = NN2(net.normalization, dtype=torch.float32)
    learn(single, images)
    rough = gradients(single)
    errors = {name: ((rough[name] - exact).norm() / exact.norm()).item() for name, exact in gradients(net).items()}
    worst = max(errors, key=errors.get)
    print(f"{net.normalization}: float32 is off by {errors[worst]:.1e} at most, in {worst}")


if __name__ == "__main__":
    fixture = {"labels": LABELS, "margin": MARGIN}
    fixture |= {normalization: golden(normalization) for normalization in ("none", "batch", "lrn")}
    path = pathlib.Path(__file__).parent / "../../fixtures/nn2_golden.json"
    text = json.dumps(fixture, separators=(",", ":")).replace('"gradients"', '\n"gradients"').replace('],"', '],\n"')
    path.write_text(text + "\n")
    print(path.resolve(), len(text), "bytes")
