"""Uses an export's nn2.py: embeds images, writes gradients, trains for a step.

Its argument is the folder with nn2.py and nn2.safetensors, images.bin (channels first)
and slopes.bin, the loss's slope in each number of the embeddings. There it writes the
gradients as weights of a network, in evaluation and in training, and trained.safetensors.
Prints the embeddings of the given weights and of the trained ones as JSON.
"""
import copy
import json
import sys

import torch

folder = sys.argv[1]
sys.path.insert(0, folder)
import nn2  # noqa: E402

torch.set_num_threads(1)


def read(name, *shape):
    with open(f"{folder}/{name}", "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(shape)


def embed(network):
    with torch.no_grad():
        return network.eval()(images).tolist()


def learn(network):
    network.zero_grad()
    (network(images) * slopes).sum().backward()
    return network


def save_gradients(name, network):
    for parameter in learn(network).parameters():
        parameter.data = parameter.grad
    nn2.save(f"{folder}/{name}", network)


network = nn2.load(f"{folder}/nn2.safetensors")
channels, size = (1, 28) if network.settings["inputSize"] == 28 else (3, 224)
images = read("images.bin", -1, channels, size, size)
slopes = read("slopes.bin", len(images), -1)
save_gradients("evaluation.safetensors", copy.deepcopy(network).eval())
save_gradients("training.safetensors", copy.deepcopy(network).train())
given = embed(network)
optimizer = torch.optim.SGD(network.parameters(), 0.01)
learn(network.train())
optimizer.step()
nn2.save(f"{folder}/trained.safetensors", network)
print(json.dumps({"given": given, "trained": embed(network)}))
