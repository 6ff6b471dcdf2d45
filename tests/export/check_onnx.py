"""Checks ONNX files and runs them by onnxruntime. Its arguments are the files, each
with its input beside it as NAME.images; prints the embeddings of each as JSON.
"""
import json
import sys

import numpy as np
import onnx
import onnxruntime


def embed(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    (images,) = session.get_inputs()
    assert images.shape[0] == "batch", images.shape
    values = np.fromfile(path + ".images", np.float32).reshape(-1, *images.shape[1:])
    (embeddings,) = session.run(None, {images.name: values})
    return {
        "embeddings": embeddings.tolist(),
        "opset": model.opset_import[0].version,
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "operations": sorted({node.op_type for node in model.graph.node}),
    }


print(json.dumps([embed(path) for path in sys.argv[1:]]))
