import * as tf from "@tensorflow/tfjs";
import { guarded } from "./check_device.ts";
import type { DeviceBackend } from "./device_backend.ts";
import { watchDevice } from "./device_errors.ts";

/**
 * Lets a backend say what its device reports: every awaited read throws it as a
 * {@linkcode DeviceError}, and gives the values that the tensor had at the call. A
 * read that does not await is refused where it cannot work. A second time changes
 * nothing.
 */
export function watchBackend(backend: DeviceBackend): void {
  if (Object.hasOwn(backend, "read")) return;
  watchDevice(backend.device);
  const read = backend.read.bind(backend);
  const readSync = backend.readSync.bind(backend);
  backend.read = (dataId) =>
    guarded(
      backend,
      "read values",
      () => keeping(backend, dataId, () => read(dataId)),
    );
  backend.readSync = (dataId) => {
    const { values, resource } = backend.tensorMap.get(dataId) ?? {};
    if (!values && resource && !hasCanvas()) {
      throw new TypeError(
        "Cannot read values of a tensor on the GPU at once: expected them to be " +
          "awaited before, as in `await tensor.data()`, got dataSync or the like",
      );
    }
    return readSync(dataId);
  };
}

/**
 * Does some work for which a tensor's values stay, even if the tensor is disposed
 * meanwhile or an optimizer takes its memory over.
 */
async function keeping<T>(
  backend: DeviceBackend,
  dataId: object,
  work: () => Promise<T>,
): Promise<T> {
  if (!backend.tensorMap.has(dataId)) return await work();
  backend.incRef(dataId);
  try {
    return await work();
  } finally {
    // tfjs has left the data to this last user of it.
    if (backend.disposeData(dataId)) tf.engine().removeDataId(dataId, backend);
  }
}

/** Whether pixels can be read at once, which tfjs does for values: not in Deno. */
const hasCanvas = (): boolean =>
  typeof OffscreenCanvas !== "undefined" &&
  new OffscreenCanvas(1, 1).getContext("2d") !== null;
