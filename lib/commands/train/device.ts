import { DeviceError } from "../../backends/webgpu/device/device_errors.ts";
import { CommandError } from "../arguments/command.ts";

/**
 * Says how a run goes on whose GPU failed; passes other errors on.
 *
 * @param checkpoint The path of the last checkpoint, if there is one.
 * @throws {CommandError} If the error is one of a GPU, and there is a checkpoint.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const error = new TypeError("another error");
 * assert.throws(() => refuseDevice(error, "step-9.safetensors"), error);
 * ```
 */
export function refuseDevice(
  error: unknown,
  checkpoint: string | undefined,
): never {
  if (!(error instanceof DeviceError) || checkpoint === undefined) throw error;
  throw new CommandError(
    `${error.message}. The run is kept in ${checkpoint}: go on with --resume, on the CPU with --backend wasm`,
    { cause: error },
  );
}
