import * as tf from "@tensorflow/tfjs";
import { stepProfile } from "../../../lib/commands/bench/suites/operations.ts";
import { profileKernels } from "../../../lib/backends/engine/profile.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("profileKernels() counts kernels and leaves them as they were", async () => {
  await tf.setBackend("cpu");
  const relu = tf.getKernel("Relu", "cpu");
  const a = tf.ones([3, 4]);
  const { seconds, kernels } = await profileKernels(() =>
    tf.tidy(() => void tf.relu(tf.relu(tf.matMul(a, a, false, true))))
  );
  a.dispose();
  assert(tf.getKernel("Relu", "cpu") === relu);
  const find = (name: string) => kernels.find((one) => one.name === name);
  assertEquals(find("Relu")?.calls, 2);
  const products = kernels.find(({ name }) => name.includes("MatMul"));
  assertEquals(products?.flop, 2 * 3 * 4 * 3);
  assert(kernels.reduce((sum, one) => sum + one.seconds, 0) <= seconds);
});

Deno.test("profileKernels() does not charge a kernel with another that it calls", async () => {
  await tf.setBackend("cpu");
  const wait = (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  };
  const scalar = tf.scalar(1);
  const register = (kernelName: string, kernelFunc: () => tf.TensorInfo) =>
    tf.registerKernel({ kernelName, backendName: "cpu", kernelFunc });
  const run = (name: string) => tf.engine().runKernel(name, {}) as tf.Tensor;
  register("Inner", () => (wait(4), scalar));
  register("Outer", () => (run("Inner"), scalar));
  const { seconds, kernels } = await profileKernels(() => void run("Outer"));
  for (const name of ["Inner", "Outer"]) tf.unregisterKernel(name, "cpu");
  scalar.dispose();
  assertEquals(kernels.map(({ name }) => name), ["Inner", "Outer"]);
  assert(kernels.reduce((sum, one) => sum + one.seconds, 0) <= seconds);
});

Deno.test("stepProfile() accounts for the whole step, the dearest first", () => {
  const step = stepProfile({
    seconds: 1,
    kernels: [
      { name: "Relu", calls: 3, seconds: 0.2, flop: 0 },
      { name: "Conv2D 3×3", calls: 2, seconds: 0.5, flop: 40e9 },
    ],
  });
  assertEquals(step.milliseconds, 1000);
  assertEquals(step.gflops, 40);
  assertEquals(
    step.operations.map(({ name, gflops }) => [name, gflops]),
    [["Conv2D 3×3", 80], ["Relu", 0], ["outside kernels", 0]],
  );
  const shares = step.operations.reduce((sum, { share }) => sum + share, 0);
  assertAlmostEquals(shares, 1, 1e-12);
});
