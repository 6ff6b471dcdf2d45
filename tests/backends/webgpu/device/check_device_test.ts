import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  checkDevice,
  onDevice,
} from "../../../../lib/backends/webgpu/device/check_device.ts";
import { asDeviceBackend } from "../../../../lib/backends/webgpu/device/device_backend.ts";
import { DeviceError } from "../../../../lib/backends/webgpu/device/device_errors.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../../assert.ts";
import { onDeviceTest } from "./on_device.ts";

/** Enough values that tfjs does not compute them on the CPU. */
const many = () => tf.ones([5000]);

/** Starts webgpu and gives its backend. */
async function begin() {
  await useBackend("webgpu");
  return asDeviceBackend(tf.backend());
}

/** As a device reports an error that nobody asked for. */
function report(device: GPUDevice, error: GPUError): void {
  const event = new Event("uncapturederror", { cancelable: true });
  device.dispatchEvent(Object.assign(event, { error }));
  assert(event.defaultPrevented, "it is thrown, so it need not be printed");
}

Deno.test("checkDevice() and onDevice() do nothing on other backends", async () => {
  await useBackend("cpu");
  checkDevice("add");
  assertEquals(await onDevice("add", () => 3), 3);
  await assertRejects(
    () => onDevice("add", () => Promise.reject(new TypeError("other"))),
    TypeError,
    "other",
  );
});

onDeviceTest("checkDevice() throws the first fault once", async () => {
  const { device } = await begin();
  checkDevice("train on 20 images");
  report(device, new GPUOutOfMemoryError("not enough memory left"));
  report(device, new GPUValidationError("a buffer is invalid"));
  const { report: { fault } } = assertThrows(
    () => checkDevice("train on 20 images"),
    DeviceError,
    'Cannot train on 20 images on the GPU: expected room in its memory, got none ("not enough memory left"). Use smaller batches, or the backend "wasm"',
  );
  assertEquals(fault, "memory");
  checkDevice("train on 20 images");
});

onDeviceTest("an awaited read throws what a command did wrong", async () => {
  const { device } = await begin();
  const x = many();
  device.createShaderModule({ code: "nonsense\n(more)" });
  const y = tf.add(x, 1);
  const { report: { fault, reason } } = await assertRejects(
    () => y.data(),
    DeviceError,
    "Cannot read values on the GPU: expected commands that its device takes",
  );
  assertEquals(fault, "command");
  assert(!reason.includes("\n"), reason);
  // The values are good, and so is the device.
  assertEquals((await tf.mul(y, 2).data())[4999], 4);
  tf.dispose([x, y]);
});

onDeviceTest(
  "onDevice() names a batch that is too large, and a smaller one follows",
  async () => {
    const backend = await begin();
    const { bufferManager, device } = backend;
    many().dispose();
    const work = (size: number) =>
      onDevice(`sum ${size} values`, async () => {
        const sums = tf.tidy(() => tf.fill([size], 1).slice(0, 5000));
        try {
          return (await sums.data())[0];
        } finally {
          sums.dispose();
        }
      });
    const tooMany = 1 + Math.floor(device.limits.maxBufferSize / 4);
    const { report: { fault } } = await assertRejects(
      () => work(tooMany),
      DeviceError,
      `Cannot sum ${tooMany} values on the GPU: expected room in its memory`,
    );
    assertEquals(fault, "memory");
    assertEquals(bufferManager.numFreeBuffers, 0);
    assertEquals(await work(6000), 1);
  },
);

onDeviceTest("onDevice() passes other errors on", async () => {
  await begin();
  await assertRejects(
    () => onDevice("add", () => Promise.reject(new RangeError("other"))),
    RangeError,
    "other",
  );
  assertEquals(await onDevice("add", () => 3), 3);
});

onDeviceTest(
  "a lost device is named, and useBackend() begins with a new one",
  async () => {
    const { device } = await begin();
    const y = tf.add(many(), 1);
    device.destroy();
    const { report: { fault } } = await assertRejects(
      () => y.data(),
      DeviceError,
      "Cannot read values on the GPU: expected its device to answer, got a lost device",
    );
    assertEquals(fault, "lost");
    for (let attempt = 0; attempt < 2; attempt++) {
      await assertRejects(
        () => onDevice("train on 20 images", () => tf.add(many(), 1).data()),
        DeviceError,
        'Cannot train on 20 images on the GPU: expected its device to answer, got a lost device ("destroyed: ',
      );
    }
    assertThrows(() => checkDevice("go on"), DeviceError, "a checkpoint");

    assertEquals((await useBackend("wasm")).backend, "wasm");
    assertEquals(tf.add(1, 2).dataSync()[0], 3);
    const { device: next } = await begin();
    assert(next !== device);
    assertEquals((await tf.add(many(), 1).data())[0], 2);
    checkDevice("go on");
  },
);
