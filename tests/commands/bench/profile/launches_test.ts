import * as tf from "@tensorflow/tfjs";
import { countLaunches } from "../../../../lib/commands/bench/profile/launches.ts";
import { profileLaunches } from "../../../../lib/commands/bench/profile/launch_profile.ts";
import { timeLaunches } from "../../../../lib/commands/bench/profile/timestamps.ts";
import {
  callKernel,
  runKernel,
} from "../../../../lib/backends/engine/kernels.ts";
import { deviceTest, useWebGpu } from "../../../backends/webgpu/device.ts";
import { assert, assertEquals } from "../../../assert.ts";

/** A device whose clock can be read, or nothing. */
async function timedDevice(): Promise<GPUDevice | undefined> {
  const { device } = await useWebGpu();
  return device.features.has("timestamp-query") ? device : undefined;
}

deviceTest("countLaunches() counts what any program launches", async () => {
  const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
  await useWebGpu();
  const launches = countLaunches();
  try {
    const x = tf.tensor1d([1, -2]);
    const before = launches();
    const y = tf.relu(tf.relu(x));
    assertEquals([...await y.data()], [1, 0]);
    assertEquals(launches() - before, 2);
    tf.dispose([x, y]);
  } finally {
    GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatchWorkgroups;
  }
});

deviceTest(
  "timeLaunches() times each shader and changes no result",
  async () => {
    const device = await timedDevice();
    if (!device) return;
    const { beginComputePass } = GPUCommandEncoder.prototype;
    const a = tf.randomUniform([512, 512], 0, 1, "float32", 1);
    const work = async () => {
      const y = tf.tidy(() => tf.relu(tf.matMul(a, a)));
      const values = await y.data();
      y.dispose();
      return values;
    };
    const expected = await work();
    let values: typeof expected;
    let count = 0;
    const launches = await timeLaunches(
      device,
      () => count++,
      async () => void (values = await work()),
    );
    a.dispose();
    assertEquals(values!, expected);
    assertEquals(launches.map(({ label }) => label), [0, 1]);
    const [product, relu] = launches.map(({ seconds }) => seconds);
    assert(relu! > 0 && product! > relu!, `${product} and ${relu}`);
    assertEquals(
      GPUCommandEncoder.prototype.beginComputePass,
      beginComputePass,
    );
  },
);

deviceTest(
  "timeLaunches() has room for more than one set of timestamps",
  async () => {
    const device = await timedDevice();
    if (!device) return;
    const x = tf.tensor1d([1]);
    const launches = await timeLaunches(device, () => 0, async () => {
      for (let i = 0; i < 2100; i++) tf.relu(x).dispose();
      const last = tf.relu(x);
      await last.data();
      last.dispose();
    });
    x.dispose();
    assertEquals(launches.length, 2101);
    assert(launches.every(({ seconds }) => seconds >= 0 && seconds < 1));
  },
);

deviceTest(
  "profileLaunches() gives launches to the kernels that made them",
  async () => {
    const device = await timedDevice();
    if (!device) return;
    const x = tf.ones<tf.Rank.R4>([2, 7, 7, 3]);
    const filter = tf.ones<tf.Rank.R4>([3, 3, 3, 4]);
    const { seconds, kernels, shaders } = await profileLaunches(
      device,
      async () => {
        const y = tf.tidy(() => tf.relu(tf.conv2d(x, filter, 1, "same")));
        await y.data();
        y.dispose();
      },
    );
    tf.dispose([x, filter]);
    const find = (name: string) => kernels.find((one) => one.name === name);
    assertEquals(find("Conv2D 3×3")?.flop, 2 * (3 * 3 * 3 * 4) * (2 * 7 * 7));
    assertEquals(find("Relu")?.launches, 1);
    assertEquals(find("Relu")?.calls, 1);
    const sum = (all: { seconds: number; launches: number }[]) =>
      all.reduce((sum, { launches }) => sum + launches, 0);
    assertEquals(sum(kernels), sum(shaders));
    const busy = kernels.reduce((sum, { seconds }) => sum + seconds, 0);
    assert(busy > 0 && busy < seconds, `${busy} of ${seconds}`);
  },
);

deviceTest(
  "profileLaunches() charges the kernel that launches, not its caller",
  async () => {
    const device = await timedDevice();
    if (!device) return;
    tf.registerKernel({
      kernelName: "Outer",
      backendName: "webgpu",
      kernelFunc: ({ inputs }) => callKernel("Relu", { x: inputs.x! })[0]!,
    });
    const x = tf.tensor1d([1, -2]);
    try {
      const { kernels } = await profileLaunches(device, async () => {
        const [y] = runKernel("Outer", { x });
        await y!.data();
        y!.dispose();
      });
      assertEquals(kernels.map(({ name, launches }) => [name, launches]), [
        ["Outer", 0],
        ["Relu", 1],
      ]);
    } finally {
      tf.unregisterKernel("Outer", "webgpu");
      x.dispose();
    }
  },
);
