import { deviceError } from "../../../lib/backends/webgpu/device/device_errors.ts";
import { CommandError } from "../../../lib/commands/arguments/command.ts";
import { refuseDevice } from "../../../lib/commands/train/device.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

Deno.test("refuseDevice() says how a run goes on whose GPU failed", () => {
  const report = { fault: "lost", reason: "unknown: it hung" } as const;
  const error = deviceError("train on 20 images", report);
  const refused = assertThrows(
    () => refuseDevice(error, "out/checkpoints/step-9.safetensors"),
    CommandError,
    'Cannot train on 20 images on the GPU: expected its device to answer, got a lost device ("unknown: it hung"). ',
  );
  assert(
    refused.message.endsWith(
      "The run is kept in out/checkpoints/step-9.safetensors: go on with --resume, on the CPU with --backend wasm",
    ),
    refused.message,
  );
  assertEquals(refused.cause, error);
});

Deno.test("refuseDevice() passes other errors on, and that of a run without a checkpoint", () => {
  const report = { fault: "memory", reason: "full" } as const;
  for (
    const [error, checkpoint] of [
      [deviceError("train", report), undefined],
      [new RangeError("another error"), "step-9.safetensors"],
    ] as const
  ) {
    const refuse = () => refuseDevice(error, checkpoint);
    assert(assertThrows(refuse, Error) === error);
  }
});
