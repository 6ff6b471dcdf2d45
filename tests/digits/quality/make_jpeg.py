"""Makes tests/fixtures/jpeg.json with libjpeg, by way of Pillow.

Needs Pillow and NumPy (made with Pillow 13.0.0, libjpeg-turbo 3.2.0) and
data/t10k-images-idx3-ubyte, which loadMnist() puts there. Run it in the top
folder:

    python tests/digits/quality/make_jpeg.py
"""

import base64
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

FIXTURE = Path("tests/fixtures/jpeg.json")
QUALITIES = [1, 5, 10, 20, 30, 50, 70, 75, 90, 100]


def reopened(image, quality):
    """The gray image after JPEG, and the table of steps in the file."""
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=quality)
    file.seek(0)
    opened = Image.open(file)
    return np.asarray(opened), opened.quantization[0]


def text(array):
    return base64.b64encode(np.ascontiguousarray(array, np.uint8)).decode()


def case(images, quality):
    results = [reopened(image, quality) for image in images]
    return {
        "quality": quality,
        "steps": list(results[0][1]),
        "reopened": text(np.stack([result[0] for result in results])),
    }


def group(name, images):
    return {
        "name": name,
        "shape": list(images.shape),
        "images": text(images),
        "cases": [case(images, quality) for quality in QUALITIES],
    }


def main():
    with open("data/t10k-images-idx3-ubyte", "rb") as file:
        file.seek(16)
        digits = np.frombuffer(file.read(3 * 784), np.uint8).reshape(3, 28, 28)
    random = np.random.default_rng(1)
    noise = random.integers(0, 256, (2, 19, 11), dtype=np.uint8)
    black_and_white = (noise[:1, :9, :8] > 127).astype(np.uint8) * 255
    groups = [
        group("digits", digits),
        group("noise", noise),
        group("black and white", black_and_white),
        group("one pixel", np.full((1, 1, 1), 77, np.uint8)),
    ]
    FIXTURE.write_text(json.dumps(groups, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
