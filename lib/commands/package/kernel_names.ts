import * as tf from "@tensorflow/tfjs";
import { stockNames } from "./stock_names.ts";
// After the names above are taken.
import "../../backends/wasm/mod.ts";

/** The kernels that the library adds to those of tfjs's wasm backend, in order. */
export interface AddedKernels {
  /** Those that tfjs has on its cpu backend. */
  lacking: readonly string[];
  /** Those of the library alone. */
  own: readonly string[];
}

/** Finds them in what is registered. */
export function addedKernels(): AddedKernels {
  const namesOf = (backend: string) =>
    tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName);
  const added = namesOf("wasm").filter((name) => !stockNames.includes(name))
    .sort();
  const known = new Set(namesOf("cpu"));
  return {
    lacking: added.filter((name) => known.has(name)),
    own: added.filter((name) => !known.has(name)),
  };
}
