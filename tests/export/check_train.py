"""Uses parts of an export's train.py, and trains by it in this process alone.

Its arguments are the folder with nn2.py, train.py and their files, and MNIST's folder.
parts.json there has what to compute: embeddings with labels and a margin, and settings
with steps and with images. Prints losses with their gradients, learning rates, prepared
images, the losses of runs, whether a run that goes on ends with the weights of one that
was not stopped, and what is said to settings that cannot be.
"""
import contextlib
import gzip
import io
import json
import os
import resource
import signal
import sys

import torch

folder, data = sys.argv[1:]
sys.path.insert(0, folder)
import mnist  # noqa: E402
import nn2  # noqa: E402
import train  # noqa: E402

torch.set_num_threads(1)
alone = {"RANK": "0", "WORLD_SIZE": "1", "LOCAL_RANK": "0"}
alone.update({"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "0"})


def run(*args, **environment):
    """What train.py prints, or how it refuses."""
    for name in alone:
        os.environ.pop(name, None)
    os.environ.update(environment)
    sys.argv = ["train.py", *args]
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            train.main()
    except (SystemExit, ValueError) as refusal:
        return str(refusal)
    return printed.getvalue()


def loss_and_gradient(embeddings, labels, margin):
    points = torch.tensor(embeddings, dtype=torch.float32, requires_grad=True)
    loss = train.semi_hard_loss(points, torch.tensor(labels), margin)
    loss.backward()
    return {"loss": loss.item(), "gradient": points.grad.tolist()}


def rates(steps, settings):
    return [train.learning_rate(step, settings) for step in steps]


def prepare(images, settings):
    return mnist.prepare(all_images[images], settings).tolist()


def pack(name):
    """The folder of a copy that gzip has packed."""
    os.makedirs(f"{folder}/packed", exist_ok=True)
    with open(f"{data}/{name}", "rb") as file:
        packed = gzip.compress(file.read(), 1)
    write(f"packed/{name}.gz", packed)
    return f"{folder}/packed"


def weights(out):
    with open(f"{folder}/{out}/trained.safetensors", "rb") as file:
        return file.read()


def write(name, content):
    with open(f"{folder}/{name}", "wb") as file:
        file.write(content)
    return f"{folder}/{name}"


def save_on_full_disk(path):
    """Whether a file stays as it was where there is room for a part of the next one."""
    before = weights("whole")
    network = nn2.load(path)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, resource.RLIM_INFINITY))
    try:
        nn2.save(path, network)
    except OSError:
        return weights("whole") == before
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)


with open(f"{folder}/parts.json") as file:
    parts = json.load(file)
given = ("--data", data)
all_images = mnist.read_idx(f"{data}/train-images-idx3-ubyte")
packed = mnist.read_idx(f"{pack('train-labels-idx1-ubyte')}/train-labels-idx1-ubyte")
found = {
    "losses": [loss_and_gradient(**part) for part in parts["losses"]],
    "rates": [rates(**part) for part in parts["rates"]],
    "prepared": [prepare(**part) for part in parts["prepared"]],
    "packed": torch.equal(packed, mnist.read_idx(f"{data}/train-labels-idx1-ubyte")),
    "whole": run(*given, "--out", f"{folder}/whole", **alone),
    "first": run(*given, "--out", f"{folder}/parted", "--until", "2", **alone),
    "rest": run(*given, "--out", f"{folder}/parted", **alone),
}
found["files"] = sorted(os.listdir(f"{folder}/whole"))
found["isExact"] = weights("whole") == weights("parted")
found["isKept"] = save_on_full_disk(f"{folder}/whole/trained.safetensors")
network = nn2.load(f"{folder}/nn2.safetensors")
with torch.no_grad():
    network.embedding.bias += 1
nn2.save(f"{folder}/others.safetensors", network)
with torch.no_grad():
    network.embedding.bias.fill_(torch.nan)
nn2.save(f"{folder}/diverged.safetensors", network)
beginning = ("--weights", f"{folder}/others.safetensors")
diverged = ("--weights", f"{folder}/diverged.safetensors", "--out", f"{folder}/diverged")
found["refusals"] = [
    run(*given),
    run(*given, **{**alone, "WORLD_SIZE": "5"}),
    run("--data", f"{folder}/none", **alone),
    run(*given, "--batches", write("text.idx", b"text"), **alone),
    run(*given, "--batches", write("cut.idx", b"\0\0\x0c\1\0\0\0\2\0\0\0\1"), **alone),
    run(*given, "--batches", f"{data}/train-labels-idx1-ubyte", **alone),
    run(*given, *beginning, "--out", f"{folder}/parted", **alone),
    run(*given, *diverged, **alone),
    run(*given, "--weights", f"{data}/nn2-4d.safetensors", **alone),
]
print(json.dumps(found))
