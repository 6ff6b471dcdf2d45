/**
 * A trained network elsewhere: as ONNX for onnxruntime and others, as a
 * `state_dict` for PyTorch, which can train it further on many machines, and as files
 * for plain TensorFlow.js.
 *
 * @module
 */
export { exportOnnx, type OnnxOptions } from "./onnx/export_onnx.ts";
export { exportPyTorch, type PyTorchFiles } from "./pytorch/export_pytorch.ts";
export {
  exportTfjs,
  type TfjsFile,
  type TfjsOptions,
} from "./tfjs/export_tfjs.ts";
export {
  exportTorchrun,
  type TorchrunFiles,
  type TorchrunOptions,
} from "./pytorch/export_torchrun.ts";
