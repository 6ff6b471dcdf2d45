import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { type Host, hostOf } from "../../../lib/backends/wasm/runtime/host.ts";
import type { WasmBackend } from "../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import type { ScratchSlot } from "../../../lib/backends/wasm/linking/scratch.ts";
import { tasks } from "../../../lib/backends/wasm/tasks.ts";
import { assert, assertEquals } from "../../assert.ts";
import { kernelCalls } from "./threads/bits/kernel_calls.ts";

/** What in operands does not arrive as it was when it travels as JSON. */
function lost(operands: unknown, path: string): string[] {
  if (typeof operands === "number") {
    const isKept = Number.isFinite(operands) && !Object.is(operands, -0);
    return isKept ? [] : [`${path} is ${operands}`];
  }
  if (["boolean", "string", "undefined"].includes(typeof operands)) return [];
  const isPlain = typeof operands === "object" && operands !== null &&
    (Array.isArray(operands) ||
      Object.getPrototypeOf(operands) === Object.prototype);
  if (!isPlain) return [`${path} is no plain data`];
  return Object.entries(operands).flatMap(([name, value]) =>
    lost(value, `${path}.${name}`)
  );
}

/** Calls `before` with the name of each kernel that others are not part of. */
function watchKernels(before: (kernel: string) => void): () => void {
  let isInside = false;
  const kernels = tf.getKernelsForBackend("wasm");
  const replace = (kernel: tf.KernelConfig) => {
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  };
  for (const kernel of kernels) {
    const kernelFunc: tf.KernelFunc = (call) => {
      if (isInside) return kernel.kernelFunc(call);
      isInside = true;
      before(kernel.kernelName);
      try {
        return kernel.kernelFunc(call);
      } finally {
        isInside = false;
      }
    };
    replace({ ...kernel, kernelFunc });
  }
  return () => kernels.forEach(replace);
}

/** Runs all kernels, their tasks in the way that `parallel` says. */
async function runAll(
  parallel: (host: Host) => Host["parallel"],
  before: (kernel: string) => void = () => {},
): Promise<void> {
  await useBackend("wasm");
  const host = hostOf(tf.backend() as unknown as WasmBackend);
  const held = { parallel: host.parallel, scratch: host.scratch };
  const restore = watchKernels(before);
  host.parallel = parallel(host);
  try {
    for (const [, call] of kernelCalls) tf.dispose(tf.tidy(call));
  } finally {
    Object.assign(host, held);
    restore();
  }
}

Deno.test("all operands of tasks travel as JSON, and all tasks are known", async () => {
  const wrong = new Set<string>();
  await runAll((host) => (task, operands, pieces) => {
    lost(operands, task.name).forEach((each) => wrong.add(each));
    // What another thread would run: tasks of functions are made for each call.
    const known = String(tasks.get(task.name)?.run);
    if (known !== String(task.run)) wrong.add(`${task.name} is not known`);
    for (let piece = 0; piece < pieces; piece++) {
      task.run(host, operands, piece);
    }
  });
  assertEquals([...wrong], []);
});

Deno.test("no piece takes working memory that its kernel holds for all", async () => {
  const wrong = new Set<string>();
  const held = new Set<ScratchSlot>();
  const used = new Set<ScratchSlot>();
  let [kernel, task] = ["", ""];
  await runAll((host) => {
    const { scratch } = host;
    host.scratch = (slot, bytes, number) => {
      (task ? used : held).add(slot);
      if (task && held.has(slot)) {
        wrong.add(`${kernel}, ${task}: ${slot.name}`);
      }
      return scratch(slot, bytes, number);
    };
    return ({ name, run }, operands, pieces) => {
      task = name;
      for (let piece = 0; piece < pieces; piece++) run(host, operands, piece);
      task = "";
    };
  }, (name) => {
    kernel = name;
    held.clear();
  });
  assertEquals([...wrong], []);
  assert(used.size > 0);
});
