import { pytorch } from "./subject.ts";
import { askOnce } from "../../../experiment/bench/runner.ts";
import type { PyTorch } from "./pytorch_environment.ts";

/** Lets PyTorch write NN2-28 for a batch to a file in ONNX; gives the path. */
export async function exportNetwork(
  torch: PyTorch,
  path: string,
  batch: number,
  signal: AbortSignal,
): Promise<string> {
  const { launch } = pytorch(torch, 1);
  await askOnce(launch, `export 28 ${batch} ${path}`, signal);
  return path;
}
