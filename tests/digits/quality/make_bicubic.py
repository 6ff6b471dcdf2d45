"""Makes tests/fixtures/bicubic.json with TensorFlow's own bicubic resize.

Needs TensorFlow 2 (made with 2.21.0) and data/t10k-images-idx3-ubyte, which
loadMnist() puts there. Run it in the top folder:

    python tests/digits/quality/make_bicubic.py
"""

import json
from pathlib import Path

import numpy as np
import tensorflow as tf

FIXTURE = Path("tests/fixtures/bicubic.json")


def resize(images, size):
    """[count, height, width] -> [count, *size]"""
    resized = tf.compat.v1.image.resize_bicubic(
        images[..., None], size, align_corners=True
    )
    return resized.numpy()[..., 0]


def numbers(array):
    """Enough digits that the float32 comes back exactly."""
    return [float(f"{value:.9g}") for value in np.asarray(array).ravel()]


def random_case(random, shape, size):
    images = random.random(shape, dtype=np.float32)
    return {
        "shape": shape,
        "size": size,
        "images": numbers(images),
        "resized": numbers(resize(images, size)),
    }


def digit_case():
    """The first test digit, a seven, at the size of FaceNet's input."""
    with open("data/t10k-images-idx3-ubyte", "rb") as file:
        file.seek(16)
        pixels = np.frombuffer(file.read(784), np.uint8).reshape(28, 28)
    rows = list(range(3, 224, 15))
    resized = resize(pixels[None].astype(np.float32) / 255, (224, 224))[0]
    return {
        "pixels": pixels.ravel().tolist(),
        "rows": rows,
        "resized": numbers(resized[rows]),
        "ones": int((resized > 0.5).sum()),
    }


def main():
    random = np.random.default_rng(1)
    shapes = [
        ([2, 5, 7], [13, 9]),
        ([1, 9, 11], [4, 6]),
        ([1, 6, 6], [6, 6]),
        ([2, 1, 4], [3, 1]),
        ([1, 2, 1], [1, 5]),
        ([1, 16, 16], [33, 57]),
        # Single precision decides an entry of the kernel's table here,
        ([1, 1, 260], [1, 32]),
        # and rounding halves to even here.
        ([1, 1, 902], [1, 8]),
    ]
    cases = [random_case(random, shape, size) for shape, size in shapes]
    fixture = {"cases": cases, "digit": digit_case()}
    FIXTURE.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
