import { pytorch } from "../contenders.ts";
import { askOnce } from "../contestant.ts";
import { batches } from "../plan.ts";
import type { PyTorch } from "../pytorch_environment.ts";

/** Lets PyTorch write NN2-28 for its batch to a file in ONNX; gives the path. */
export async function exportNetwork(
  torch: PyTorch,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const { launch } = pytorch(torch, 1);
  await askOnce(launch, `export 28 ${batches[28]} ${path}`, signal);
  return path;
}
