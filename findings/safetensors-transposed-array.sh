#!/usr/bin/env bash
# safetensors 0.8.0 (Python) writes a transposed numpy array in the order in
# which it lies in memory, under its transposed shape: other numbers come back.
# Expected: load(save({"a": a})) is a. The values are those of a itself, as
# numpy.save keeps them, too.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
python3 -m venv venv
venv/bin/pip install --quiet safetensors==0.8.0 numpy==2.3.5
cat > run.py <<'PY'
import io

import numpy as np
import safetensors
from safetensors.numpy import load, save

a = np.arange(6, dtype=np.float32).reshape(2, 3).T
file = io.BytesIO()
np.save(file, a)
file.seek(0)
assert (np.load(file) == a).all()
seen = load(save({"a": a}))["a"]
print("safetensors", safetensors.__version__, "numpy", np.__version__)
print("expected:", a.tolist())
print("seen:    ", seen.tolist())
assert seen.shape == a.shape
assert seen.tolist() == [[0, 1], [2, 3], [4, 5]], "it has changed"
PY
venv/bin/python run.py
