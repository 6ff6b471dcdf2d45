#!/usr/bin/env bash
# onnxruntime 1.32.0 (CPU) computes LpPool with p = 2 tens of times as slowly as
# squares, AveragePool and a root, which give the same numbers within rounding.
# Expected: an operator of its own is about as fast as the four that stand for it.
# Seen: 50 to 80 times the time for 3×3 windows of 8×64×14×14 numbers, one thread.
# So a network that pools by L2 (FaceNet's NN2) is better exported without LpPool.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
python3 -m venv venv
venv/bin/pip install --quiet onnxruntime==1.32.0 onnx==1.23.2 numpy==2.3.5
cat > run.py <<'PY'
import time

import numpy as np
import onnxruntime
from onnx import TensorProto, helper

SHAPE = [8, 64, 14, 14]
WINDOW = dict(kernel_shape=[3, 3], strides=[1, 1], pads=[1, 1, 1, 1])


def session(nodes, constants=()):
    values = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, SHAPE),
        helper.make_tensor_value_info("y", TensorProto.FLOAT, SHAPE),
    ]
    graph = helper.make_graph(nodes, "pool", values[:1], values[1:], list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


lp_pool = session([helper.make_node("LpPool", ["x"], ["y"], p=2, **WINDOW)])
in_parts = session(
    [
        helper.make_node("Mul", ["x", "x"], ["squares"]),
        helper.make_node("AveragePool", ["squares"], ["mean"], count_include_pad=1, **WINDOW),
        helper.make_node("Mul", ["mean", "nine"], ["sum"]),
        helper.make_node("Sqrt", ["sum"], ["y"]),
    ],
    [helper.make_tensor("nine", TensorProto.FLOAT, [], [9.0])],
)
x = np.random.default_rng(1).standard_normal(SHAPE).astype(np.float32)
results = [each.run(None, {"x": x})[0] for each in (lp_pool, in_parts)]
assert np.abs(results[0] - results[1]).max() < 1e-5

least = [float("inf")] * 2
for _ in range(30):  # in turns, so that a busy moment meets both
    for which, each in enumerate((lp_pool, in_parts)):
        begun = time.perf_counter()
        each.run(None, {"x": x})
        least[which] = min(least[which], time.perf_counter() - begun)
ratio = least[0] / least[1]
print("onnxruntime", onnxruntime.__version__)
print(f"LpPool {1e3 * least[0]:.2f} ms, in four parts {1e3 * least[1]:.2f} ms")
print(f"ratio {ratio:.0f}, expected about 1")
assert ratio > 8, "it has changed"
PY
venv/bin/python run.py
