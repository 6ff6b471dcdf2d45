/**
 * A trained network elsewhere: as ONNX for onnxruntime and others, and as a
 * `state_dict` for PyTorch.
 *
 * @module
 */
export { exportOnnx, type OnnxOptions } from "./onnx/export_onnx.ts";
export { exportPyTorch, type PyTorchFiles } from "./pytorch/export_pytorch.ts";
