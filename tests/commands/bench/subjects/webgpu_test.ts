import {
  findGpu,
  type GpuKernels,
  webGpu,
} from "../../../../lib/commands/bench/subjects/webgpu.ts";
import {
  askOnce,
  startRunner,
} from "../../../../lib/experiment/bench/runner.ts";
import type { Timing } from "../../../../lib/experiment/bench/serve.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";
import { adapter } from "../../../backends/webgpu/device.ts";
import { onDeviceTest } from "../../../backends/webgpu/device/on_device.ts";
import { permittedTest } from "../../../permitted.ts";

const never = new AbortController().signal;

/** Registers a test that starts programs which compute on a GPU. */
const gpuTest = (name: string, test: () => Promise<void>) =>
  onDeviceTest(name, test, ["run"]);

gpuTest("findGpu() names the GPU that is there", async () => {
  const { name, isSoftware } = await findGpu(never);
  assertEquals(name, adapter!.info.description);
  assertEquals(isSoftware, adapter!.info.isFallbackAdapter);
});

gpuTest("ours and tfjs embed on a GPU, by different shaders", async () => {
  const launches: number[] = [];
  for (const kernels of ["ours", "stock"] satisfies GpuKernels[]) {
    const { launch } = webGpu(kernels, "any");
    const runner = startRunner(launch, never);
    try {
      const timing = await runner.ask<Timing>("infer 28 1");
      assert(timing.seconds > 0);
      launches.push(timing.launches!);
    } finally {
      await runner.end();
    }
  }
  const [ours, stock] = launches;
  assert(ours! > 0 && ours! < stock!, `${ours} and ${stock}`);
});

permittedTest("a GPU that is missing is named with a reason", [
  "run",
], async () => {
  const { launch } = webGpu("ours", "any");
  // Where Deno looks for no driver at all, it finds none.
  const env = { ...launch.env, DENO_WEBGPU_BACKEND: "metal" };
  if (Deno.build.os === "darwin") env.DENO_WEBGPU_BACKEND = "vulkan";
  await assertRejects(
    () => askOnce({ ...launch, env }, "device", never),
    Error,
    "webgpu backend",
  );
});
