"""MNIST's files, and images as nn2.py's network takes them."""
import gzip
import math
import os
import sys

import torch


def refuse(action, expected, got):
    """Ends the process with what it could not do, and why."""
    sys.exit(f"Cannot {action}: expected {expected}, got {got}")


def read_idx(path):
    """The tensor of an IDX file of bytes or of whole numbers, which may be packed by gzip."""
    if not os.path.exists(path) and not os.path.exists(f"{path}.gz"):
        refuse("read an IDX file", f"one at {path} or {path}.gz", "none")
    with open(path, "rb") if os.path.exists(path) else gzip.open(f"{path}.gz") as file:
        data = bytearray(file.read())
    widths, axes = {b"\0\0\x08": 1, b"\0\0\x0c": 4}, data[3] if len(data) > 3 else 0
    width, start = widths.get(bytes(data[:3])), 4 + 4 * axes
    if width is None:
        refuse(f"read {path}", "the IDX format with bytes or whole numbers", bytes(data[:4]))
    shape = [int.from_bytes(data[i : i + 4], "big") for i in range(4, start, 4)]
    if len(data) != start + width * math.prod(shape):
        refuse(f"read {path}", f"{start + width * math.prod(shape)} bytes for {shape}", len(data))
    values = torch.frombuffer(data, dtype=torch.uint8, offset=start)
    if width == 4:  # the highest byte is first
        values = values.reshape(-1, 4).flip(1).flatten().view(torch.int32)
    return values.reshape(shape)


def resize_matrix(size, wanted):
    """TensorFlow's bicubic resize with aligned corners as a product, [wanted, size]."""
    rows = torch.arange(wanted)
    position = rows * torch.tensor((size - 1) / (wanted - 1))
    offset = (position.frac() * 1024).round() / 1024  # it has a table of 1024 places
    matrix = torch.zeros(wanted, size)
    for tap in (-1, 0, 1, 2):
        x = (offset - tap).abs()
        near, far = (1.25 * x - 2.25) * x * x + 1, ((3.75 - 0.75 * x) * x - 6) * x + 3
        columns = (position.long() + tap).clamp(0, size - 1)
        matrix[rows, columns] += torch.where(x <= 1, near, far)
    return matrix


def prepare(images, settings):
    """[n, 28, 28] bytes to what the network takes, values from 0 to 1."""
    x = images[:, None].float() / 255
    if settings["inputSize"] != 28:
        matrix = resize_matrix(28, settings["inputSize"])
        x = matrix @ x @ matrix.T
    if settings["binarize"]:
        x = (x > 0.5).float()
    return x if settings["inputSize"] == 28 else x.expand(-1, 3, -1, -1)
