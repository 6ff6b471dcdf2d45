"""The subject that runs PyTorch. Its arguments are the number of threads and,
to compute on the first GPU instead of the CPU, "float32" or "tf32". It reads
tasks from standard input, one a line, and answers each with a line of JSON.
"""
import contextlib
import functools
import json
import sys
import time

import torch
import torch.nn.functional as F

from pytorch_convnet import convnet
from pytorch_nn2 import NN2, semi_hard_loss

# Both as in serve.ts.
LEAST_SECONDS = 0.7
LONG_SECONDS = 5
PRECISION = sys.argv[2] if len(sys.argv) > 2 else None
DEVICE = "cuda" if PRECISION else "cpu"
LAYOUTS = {
    "contiguous": torch.contiguous_format,
    "channels_last": torch.channels_last,
}


def setting(kind, batch, layout):
    torch.manual_seed(1)
    size = 28 if kind == "convnet" else int(kind)
    memory_format = LAYOUTS[layout]
    network = convnet() if kind == "convnet" else NN2(size)
    images = torch.rand(int(batch), 1 if size == 28 else 3, size, size)
    return (network.to(DEVICE, memory_format=memory_format),
            images.to(DEVICE, memory_format=memory_format))


def training(kind, batch, layout):
    network, images = setting(kind, batch, layout)
    labels = torch.arange(len(images), device=DEVICE) % 10
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    loss_of = F.cross_entropy if kind == "convnet" else semi_hard_loss

    def step():
        optimizer.zero_grad()
        loss = loss_of(network(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def inference(kind, batch, layout):
    network, images = setting(kind, batch, layout)
    network.eval()

    def run():
        with torch.inference_mode():
            return network(images).cpu()

    return run


def mining(count):
    torch.manual_seed(1)
    embeddings = F.normalize(torch.randn(int(count), 128)).requires_grad_()
    labels = torch.arange(int(count)) % 10

    def run():
        return torch.autograd.grad(semi_hard_loss(embeddings, labels), embeddings)

    return run


def timed(prepare):
    prepare = functools.cache(prepare)

    def answer(*args):
        run = prepare(*args)
        first = time_runs(run, 0)
        seconds = time_runs(run, LEAST_SECONDS) if first < LONG_SECONDS else first
        return {"seconds": seconds}

    return answer


def time_runs(run, least_seconds):
    start, runs = time.perf_counter(), 0
    while True:
        run()
        runs += 1
        if time.perf_counter() - start >= least_seconds:
            break
    if DEVICE == "cuda":
        torch.cuda.synchronize()
    return (time.perf_counter() - start) / runs


def peak():
    """GFLOP/s of a product of matrices."""
    n = 1024
    a, b, c = torch.rand(n, n), torch.rand(n, n), torch.empty(n, n)
    best = float("inf")
    for _ in range(12):
        start = time.perf_counter()
        torch.mm(a, b, out=c)
        best = min(best, time.perf_counter() - start)
    return {"gflops": 2 * n**3 / best / 1e9}


def memory(size, batch, layout):
    """The greatest number of resident bytes so far, after a few steps."""
    import resource  # not on Windows

    step = training(size, batch, layout)
    for _ in range(3):
        step()
    unit = 1 if sys.platform == "darwin" else 1024
    return {"bytes": unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def export(size, batch, *path):
    """Writes the network that embeds a batch as an ONNX file."""
    network, images = setting(size, batch, "contiguous")
    with contextlib.redirect_stdout(sys.stderr):
        torch.onnx.export(network.eval(), (images,), " ".join(path),
                          external_data=False, verbose=False)
    return {}


TASKS = {
    "train": timed(training),
    "infer": timed(inference),
    "mine": timed(mining),
    "peak": peak,
    "memory": memory,
    "export": export,
}

if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[1]))
    if DEVICE == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = PRECISION == "tf32"
        torch.backends.cudnn.allow_tf32 = PRECISION == "tf32"
        # The fastest algorithm of each convolution, measured in the first run.
        torch.backends.cudnn.benchmark = True
    for line in sys.stdin:
        task, *args = line.split()
        print(json.dumps(TASKS[task](*args)), flush=True)
