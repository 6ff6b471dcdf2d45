"""Trains nn2.py's network on MNIST by PyTorch, on any number of processes and machines.

    torchrun --standalone --nproc-per-node 2 train.py --data MNIST
    torchrun --nnodes 2 --nproc-per-node 8 --rdzv-backend c10d --rdzv-endpoint HOST train.py ...

Beside this file are nn2.py, mnist.py, the weights to begin with (nn2.safetensors), whose
settings are those of the run, and batches.idx: for each step its images, by their places
in MNIST's training file. The processes ("ranks") divide a batch; normalization and mining
see all of it, so a step does the same however many they are. Images are not distorted.
Writes trained.safetensors, which `deno task evaluate`, `train` and `export` read, and
checkpoint.pt, from which the same command goes on.
"""
import argparse
import hashlib
import math
import os

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

import nn2
from mnist import prepare, read_idx, refuse

here = os.path.dirname(os.path.abspath(__file__))


class Gather(torch.autograd.Function):
    """[...] of each rank to [ranks, ...] of all; the gradients of all ranks come back."""

    @staticmethod
    def forward(ctx, own):
        parts = [torch.empty_like(own) for _ in range(dist.get_world_size())]
        dist.all_gather(parts, own.contiguous())
        return torch.stack(parts)

    @staticmethod
    def backward(ctx, slopes):
        slopes = slopes.clone(memory_format=torch.contiguous_format)
        dist.all_reduce(slopes)
        return slopes[dist.get_rank()]


class BatchNorm(nn.BatchNorm2d):
    """Batch normalization by the mean and variance over the images of all ranks."""

    def forward(self, x):
        if not self.training:
            return super().forward(x)
        variance, mean = torch.var_mean(x, (0, 2, 3), correction=0)
        means, variances = Gather.apply(torch.stack([mean, variance])).unbind(1)
        mean = means.mean(0)
        variance = variances.mean(0) + (means - mean).square().mean(0)
        with torch.no_grad():
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(variance, self.momentum)
        scale = self.weight * (variance + self.eps).rsqrt()
        return (x - mean[:, None, None]) * scale[:, None, None] + self.bias[:, None, None]


def normalize_over_ranks(network):
    """Has a network normalize by the images of all ranks."""
    for module in network.modules():
        if isinstance(module, nn2.Convolution) and isinstance(module.norm, nn.BatchNorm2d):
            norm = BatchNorm(module.out_channels, module.norm.eps, module.norm.momentum)
            norm.load_state_dict(module.norm.state_dict())
            module.norm = norm
            # Normalization takes it out again: its gradient would be rounding alone.
            module.bias.requires_grad_(False)


def semi_hard_loss(embeddings, labels, margin):
    """The mean triplet loss: each pair of a class with the nearest negative that is farther.

    Where none is, it is the farthest negative (FaceNet, arXiv 1503.03832, section 3.2).
    """
    points = embeddings - embeddings[0].detach()  # products cancel where points are close
    products = points @ points.T
    norms = products.diagonal()
    distances = (norms[:, None] + norms - 2 * products).clamp(min=0)
    with torch.no_grad():
        same = labels[:, None] == labels
        ordered, images = distances.masked_fill(same, math.inf).sort(dim=1, stable=True)
        beyond = torch.searchsorted(ordered, distances, right=True)
        farthest = distances.masked_fill(same, -math.inf).argmax(1, keepdim=True)
        is_none = ordered.gather(1, beyond).isinf()
        negatives = torch.where(is_none, farthest, images.gather(1, beyond))
        anchors, positives = same.fill_diagonal_(False).nonzero(as_tuple=True)
    to_positives = distances[anchors, positives]
    to_negatives = distances[anchors, negatives[anchors, positives]]
    return (to_positives - to_negatives + margin).relu().mean()


def learning_rate(step, settings):
    """After `step` steps: a linear warm-up, and half a cosine down to 0 or the peak throughout."""
    rate = settings["learningRate"] * min(1, (step + 1) / max(1, settings["warmUpSteps"]))
    if settings["schedule"] == "constant":
        return rate
    return rate * (1 + math.cos(math.pi * step / settings["steps"])) / 2


def positive(text):
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--data", default="data", help="the folder with MNIST's training files (default data)")
    add("--weights", default=f"{here}/nn2.safetensors", help="the weights to begin with")
    add("--batches", default=f"{here}/batches.idx", help="the images of each step")
    add("--out", default=here, help="the folder to write to (default that of this file)")
    add("--checkpoint-steps", type=positive, default=50, help="steps between two checkpoints")
    add("--until", type=positive, help="the step to stop after; a later call goes on")
    return parser.parse_args()


def fingerprint(*paths):
    """What tells a run from those of other weights, settings or batches."""
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def write_checkpoint(out, step, network, optimizer, run):
    """Two files, each whole or as it was before; the second alone has all to go on."""
    nn2.save(f"{out}/trained.safetensors", network)
    state = {"step": step, "run": run, "network": network.state_dict()}
    torch.save({**state, "optimizer": optimizer.state_dict()}, f"{out}/checkpoint.pt.part")
    os.replace(f"{out}/checkpoint.pt.part", f"{out}/checkpoint.pt")


def train(options, network, batches, images, labels, device):
    settings, path = network.settings, f"{options.out}/checkpoint.pt"
    run = fingerprint(options.weights, options.batches)
    rank, ranks, start = dist.get_rank(), dist.get_world_size(), 0
    normalize_over_ranks(network)
    network.to(device).train()
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    betas = settings["beta1"], settings["beta2"]
    optimizer = torch.optim.Adam(trained, betas=betas, eps=settings["epsilon"])
    found = [None]
    if rank == 0 and os.path.exists(path):  # other machines may not have it
        found = [torch.load(path, "cpu", weights_only=True)]
    dist.broadcast_object_list(found)
    (state,) = found
    if state:
        if state["run"] != run:
            expected = "a run with these weights, settings and batches"
            refuse(f"go on from {path}", expected, "another: choose another --out")
        start = state["step"]
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
    model = DistributedDataParallel(network)
    end = min(settings["steps"], options.until or settings["steps"])
    for step in range(start, end):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, settings)
        own = batches[step].chunk(ranks)[rank]
        embeddings = Gather.apply(model(prepare(images[own], settings).to(device))).flatten(0, 1)
        if not embeddings.isfinite().all():
            others = "others. The weights have diverged: try a lower learning rate"
            refuse(f"go on after step {step}", "finite embeddings", others)
        loss = semi_hard_loss(embeddings, labels[batches[step]].to(device), settings["margin"])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if rank == 0:
            print(f"step {step + 1} of {settings['steps']}  loss {loss.item():.6f}", flush=True)
            if (step + 1) % options.checkpoint_steps == 0 or step + 1 == end:
                write_checkpoint(options.out, step + 1, network, optimizer, run)
    if rank == 0:
        print(f"{options.out}/trained.safetensors has the weights after step {max(start, end)}")


def main():
    options = read_options()
    if "RANK" not in os.environ:
        refuse("train", "to be started by torchrun", "by python alone")
    network = nn2.load(options.weights)
    settings, ranks = network.settings, int(os.environ["WORLD_SIZE"])
    size = settings["classesPerBatch"] * settings["imagesPerClass"]
    if size % ranks:
        refuse(f"divide batches of {size} images", "a number of processes that divides it", ranks)
    images = read_idx(f"{options.data}/train-images-idx3-ubyte")
    labels = read_idx(f"{options.data}/train-labels-idx1-ubyte")
    batches = read_idx(options.batches)
    if list(batches.shape) != [settings["steps"], size]:
        refuse(f"use {options.batches}", [settings["steps"], size], list(batches.shape))
    if len(images) != len(labels):
        refuse(f"use {options.data}", f"labels of {len(images)} images", f"those of {len(labels)}")
    if batches.min() < 0 or batches.max() >= len(images):
        got = f"{batches.min().item()} to {batches.max().item()}"
        refuse(f"use {options.batches}", f"images from 0 to {len(images) - 1}", got)
    device = torch.device("cpu")
    if torch.cuda.is_available():
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    os.makedirs(options.out, exist_ok=True)
    dist.init_process_group("gloo" if device.type == "cpu" else "nccl")
    try:
        train(options, network, batches, images, labels, device)
    finally:
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
