/**
 * Files that hold what was trained: safetensors, which PyTorch, NumPy and others
 * read as well, and paths from the root of the project, wherever a program or a
 * notebook was started.
 *
 * @module
 */
export { projectPath } from "./paths.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredTensor,
} from "./safetensors.ts";
