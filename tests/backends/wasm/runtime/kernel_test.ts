import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  checkedKernel,
  layerKernels,
  wasmKernel,
} from "../../../../lib/backends/wasm/runtime/kernel.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";

const result = (name: string): TensorInfo => ({
  dataId: { name },
  shape: [],
  dtype: "float32",
});

Deno.test("layerKernels() asks the kernel that is listed last first", async () => {
  await useBackend("wasm");
  const asked: string[] = [];
  const layer = (name: string, knows: (number: unknown) => boolean) =>
    wasmKernel("Test", ({ attributes }) => {
      asked.push(name);
      const { number } = attributes as { number: unknown };
      return knows(number) ? result(name) : undefined;
    });
  const setupFunc = () => asked.push("set up");
  const stock: KernelConfig = {
    kernelName: "Test",
    backendName: "wasm",
    kernelFunc: () => result("stock"),
    setupFunc,
  };
  const call = ({ kernelFunc }: KernelConfig, number: number) => {
    const attrs = { number };
    const { dataId } = kernelFunc({
      inputs: {},
      attrs,
      backend: tf.backend(),
    }) as TensorInfo;
    return (dataId as { name: string }).name;
  };
  const layers = [
    layer("below 10", (number) => Number(number) < 10),
    layer("even", (number) => Number(number) % 2 === 0),
  ];
  const [kernel] = layerKernels([stock, ...layers]);
  assertEquals([4, 5, 12, 13].map((number) => call(kernel!, number)), [
    "even",
    "below 10",
    "even",
    "stock",
  ]);
  assertEquals(asked.slice(0, 3), ["even", "even", "below 10"]);
  assertEquals(kernel!.setupFunc, setupFunc);
  const [alone] = layerKernels(layers);
  assertThrows(
    () => call(alone!, 13),
    RangeError,
    "Cannot run Test on the wasm backend: expected a case that it knows",
  );
});

Deno.test("a kernel gets what the one below it gives", async () => {
  await useBackend("wasm");
  const checked: string[] = [];
  const [kernel] = layerKernels([
    wasmKernel("Test", () => result("lowest")),
    wasmKernel("Test", ({ below }) => ({
      ...below() as TensorInfo,
      dtype: "int32",
    })),
    checkedKernel("Test", ({ name }) => {
      checked.push(name);
    }),
  ]);
  const backend = tf.backend();
  assertEquals(kernel!.kernelFunc({ inputs: {}, attrs: {}, backend }), {
    ...result("lowest"),
    dtype: "int32",
  });
  assertEquals(checked, ["Test"]);
});

Deno.test("a kernel refuses to go without an input", async () => {
  await useBackend("wasm");
  const [kernel] = layerKernels([
    wasmKernel("Test", ({ input }) => input("x")),
  ]);
  const x = result("x");
  const backend = tf.backend();
  const call = (inputs: Record<string, TensorInfo>) =>
    kernel!.kernelFunc({ inputs, attrs: {}, backend });
  assertEquals(call({ x }), x);
  assertThrows(
    () => call({}),
    RangeError,
    "Cannot run Test on the wasm backend: expected x, got nothing",
  );
});
