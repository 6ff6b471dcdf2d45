import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { asDeviceBackend } from "../../../lib/backends/webgpu/device/device_backend.ts";
import { DeviceError } from "../../../lib/backends/webgpu/device/device_errors.ts";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { onDeviceTest } from "../../backends/webgpu/device/on_device.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { bitsOf } from "../bits.ts";
import { lastIn, runCell, settings, test } from "./cells.ts";

test("goes on where the loop was left, to the last bit", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  assertEquals(await runCell({ folder: whole }), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals(await runCell({ folder, breakAfter: 2 }), [1, 2]);
  const stop = new AbortController();
  const resumed: unknown[] = [];
  const second = await runCell({
    folder,
    signal: stop.signal,
    onStep: (step) => step === 6 && stop.abort(),
    on: { resume: (steps, path) => resumed.push(steps.length, path) },
  });
  assertEquals(second, [3, 4, 5, 6]);
  assertEquals(resumed, [2, join(folder, "step-2.safetensors")]);
  assertEquals(await runCell({ folder }), [7, 8, 9]);
  assertEquals(namesIn(folder), ["step-6.safetensors", "step-9.safetensors"]);
  assertEquals(bitsOf(await lastIn(folder)), bitsOf(await lastIn(whole)));
  // What is finished stays as it is.
  assertEquals(await runCell({ folder }), []);
});

test("makes one long run of short ones where the rate is constant", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  const constant = { ...settings, schedule: "constant" } as const;
  await runCell({ folder: whole, settings: { ...constant, steps: 5 } });
  await runCell({ folder, settings: { ...constant, steps: 2 } });
  const steps = await runCell({ folder, settings: { ...constant, steps: 5 } });
  assertEquals(steps, [3, 4, 5]);
  const [a, b] = [await lastIn(whole), await lastIn(folder)];
  assertEquals(bitsOf(b).weights, bitsOf(a).weights);
});

test("refuses a budget that is spent, by the images of the digits not left out", async (folder) => {
  // 30 of 44 images are left: an epoch has 4 steps of 8 images, not 6.
  const leaving = { ...settings, leaveOut: [2] };
  await runCell({ folder, settings: leaving, breakAfter: 4 });
  const budget = { ...leaving, steps: undefined };
  await assertRejects(
    () => runCell({ folder, settings: { ...budget, epochs: 1 } }),
    RangeError,
    "with this budget: expected more than the 4 steps in ",
  );
  const more = await runCell({ folder, settings: { ...budget, epochs: 1.3 } });
  assertEquals(more, [5]);
});

test("names a damaged checkpoint and goes on from the one before", async (folder) => {
  await runCell({ folder, everySteps: 1, breakAfter: 3 });
  const path = join(folder, "step-3.safetensors");
  await Deno.writeFile(path, (await Deno.readFile(path)).subarray(0, 999));
  const warnings: string[] = [];
  const on = { warning: (message: string) => void warnings.push(message) };
  assertEquals(await runCell({ folder, breakAfter: 4, on }), [3, 4]);
  assertEquals(warnings.length, 1);
  assert(warnings[0]!.startsWith(`Cannot read ${path}: expected the CRC-32`));
  assertEquals(namesIn(folder), ["step-2.safetensors", "step-4.safetensors"]);
});

test("gives the same weights with any number of threads, however often it is left", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  const onThreads = (threads: number) => ({
    settings: { ...settings, threads },
  });
  await runCell({ ...onThreads(2), folder: whole });
  await runCell({ ...onThreads(1), folder, breakAfter: 4 });
  assertEquals((await lastIn(folder)).settings.threads, 1);
  await runCell({ ...onThreads(3), folder });
  assertEquals(bitsOf(await lastIn(folder)), bitsOf(await lastIn(whole)));
});

test("goes on with another backend than the run began with", async (folder) => {
  const on = (backend: "cpu" | "wasm") => ({
    ...{ folder, backend, settings: { ...settings, backend } },
  });
  await runCell({ ...on("cpu"), breakAfter: 4 });
  assertEquals((await lastIn(folder)).settings.backend, "cpu");
  assertEquals(await runCell(on("wasm")), [5, 6, 7, 8, 9]);
  assertEquals((await lastIn(folder)).settings.backend, "wasm");
});

test("goes on from a checkpoint that has its threads by their other name", async (parent) => {
  const [whole, folder] = [join(parent, "whole"), join(parent, "parts")];
  await runCell({ folder: whole });
  await runCell({ folder, breakAfter: 4 });
  const { checkpoint, paths } = await readCheckpoint(folder);
  const old = { ...checkpoint, settings: { ...settings, workers: 2 } };
  await writeCheckpoint(folder, old, paths);
  assertEquals(await runCell({ folder, breakAfter: 6 }), [5, 6]);
  const named = { ...settings, workers: 1 };
  assertEquals(await runCell({ folder, settings: named }), [7, 8, 9]);
  assertEquals(bitsOf(await lastIn(folder)), bitsOf(await lastIn(whole)));
});

test("takes options by their former names", async (folder) => {
  const told: unknown[] = [];
  await runCell({
    folder,
    breakAfter: 2,
    checkpointSteps: 2,
    onCheckpoint: (_, step) => told.push(step),
  });
  await runCell({
    folder,
    breakAfter: 3,
    onResume: (steps) => told.push(steps.length),
  });
  assertEquals(told, [2, 2]);
});

onDeviceTest(
  "resumableSteps() goes on with wasm after the GPU was lost",
  () =>
    inFolder(async (folder) => {
      const on = (backend: "webgpu" | "wasm") => ({
        ...{ folder, backend, settings: { ...settings, backend } },
      });
      const lose = (step: number) => {
        if (step === 3) asDeviceBackend(tf.backend()).device.destroy();
      };
      await assertRejects(
        () => runCell({ ...on("webgpu"), everySteps: 1, onStep: lose }),
        DeviceError,
        "got a lost device",
      );
      assertEquals((await lastIn(folder)).settings.backend, "webgpu");
      // The third step had no checkpoint yet.
      assertEquals(await runCell(on("wasm")), [3, 4, 5, 6, 7, 8, 9]);
    }),
  ["read", "write"],
);
