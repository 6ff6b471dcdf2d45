import * as tf from "@tensorflow/tfjs";

/** What a read of a GPU's values that does not await throws here. */
const message = "this read does not await the GPU";

/**
 * Runs with a backend that refuses to give values at once, except those that are on
 * the CPU, and counts those that were awaited.
 */
export async function withoutSyncReads(
  run: (awaited: () => number) => Promise<void>,
): Promise<void> {
  const backend = tf.backend() as unknown as {
    read(dataId: object): Promise<unknown>;
    readSync(dataId: object): unknown;
    tensorMap: { get(dataId: object): { values?: unknown } };
  };
  const { read, readSync } = backend;
  let reads = 0;
  backend.readSync = (dataId) => {
    const { values } = backend.tensorMap.get(dataId);
    if (!values) throw new Error(message);
    return values;
  };
  backend.read = (dataId) => {
    if (!backend.tensorMap.get(dataId).values) reads++;
    return read.call(backend, dataId);
  };
  try {
    await run(() => reads);
  } finally {
    Object.assign(backend, { read, readSync });
  }
}
