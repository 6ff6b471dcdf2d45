"""Gradients of an export's network in float64, at the activations of another engine.

Its argument is the folder with nn2.py, nn2.safetensors, images.bin and slopes.bin as
check_pytorch.py has them, and for each mode and convolution MODE.LAYER.bin: what
batch normalization and ReLU made there, channels first. Float64 goes on with these
values in each layer, so that a ReLU cuts off, and a maximum is taken, where the other
engine did. Writes the gradients as weights of a network, MODE.safetensors.
Prints for each mode how far a layer's values are from float64's of the same input, at
most and relative to the layer's largest, and how many ReLUs of how many disagree.
"""
import json
import sys

import torch

folder = sys.argv[1]
sys.path.insert(0, folder)
import nn2  # noqa: E402

torch.set_num_threads(1)


def read(name, *shape):
    with open(f"{folder}/{name}", "rb") as file:
        values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
    return values.reshape(shape).double()


def follow(convolution, name, found):
    """Goes on with the other engine's values; slopes are those of float64."""

    def hook(_module, _inputs, z):
        given = read(f"{name}.bin", *z.shape)
        wanted = torch.where(given > 0, given, z.clamp(max=0))
        off = (wanted - z).abs().max() / z.abs().max()
        found["farthest"] = max(found["farthest"], off.item())
        found["differ"] += ((given > 0) != (z > 0)).sum().item()
        found["all"] += z.numel()
        return z + (wanted - z).detach()

    convolution.norm.register_forward_hook(hook)


def check(mode):
    network = nn2.load(f"{folder}/nn2.safetensors").double().train(mode == "training")
    channels, size = (1, 28) if network.settings["inputSize"] == 28 else (3, 224)
    found = {"farthest": 0.0, "differ": 0, "all": 0}
    for name, module in network.named_modules():
        if isinstance(module, nn2.Convolution):
            follow(module, f"{mode}.{name.replace('.', '_')}", found)
    images = read("images.bin", -1, channels, size, size)
    slopes = read("slopes.bin", len(images), -1)
    (network(images) * slopes).sum().backward()
    for parameter in network.parameters():
        parameter.data = parameter.grad
    nn2.save(f"{folder}/{mode}.safetensors", network)
    return found


print(json.dumps({mode: check(mode) for mode in ("evaluation", "training")}))
