import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { adamKernel } from "../../../../lib/backends/wasm/tensors/adam.ts";
import { batchNormalizationInferenceKernel } from "../../../../lib/backends/wasm/norm/inference.ts";
import { convolutionKernels } from "../../../../lib/backends/wasm/conv/kernels.ts";
import { depthwiseKernels } from "../../../../lib/backends/wasm/depthwise/gradients.ts";
import { depthwiseForwardKernels } from "../../../../lib/backends/wasm/depthwise/forward.ts";
import { dilationKernels } from "../../../../lib/backends/wasm/stock/dilation.ts";
import { joiningKernels } from "../../../../lib/backends/wasm/tensors/joining.ts";
import { matmulKernels } from "../../../../lib/backends/wasm/matmul/kernels.ts";
import { maxPoolWithArgmaxKernel } from "../../../../lib/backends/wasm/pool/argmax.ts";
import { normalizedConvolutionKernels } from "../../../../lib/backends/wasm/conv/normalized.ts";
import { pointwiseKernels } from "../../../../lib/backends/wasm/pointwise/kernels.ts";
import { poolingKernels } from "../../../../lib/backends/wasm/pool/kernels.ts";
import { segmentSumKernel } from "../../../../lib/backends/wasm/tensors/segment_sum.ts";
import { identityKernel } from "../../../../lib/backends/wasm/tensors/sharing.ts";
import { sparseSegmentKernels } from "../../../../lib/backends/wasm/tensors/sparse_segments.ts";
import { assert, assertEquals } from "../../../assert.ts";
import type { KernelCase } from "./kernel_case.ts";
import { otherCases } from "./other_cases.ts";
import { windowCases } from "../windows/window_cases.ts";

/** A tensor on its way to a kernel: a real one, or one that claims to be. */
type Inputs = Record<string, tf.TensorInfo>;

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Numbers from 0 to 2, that serve as indices and as variances too. */
function make(shape: number[], dtype: tf.DataType): tf.Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => i % 3);
  return tf.tensor(dtype === "int32" ? values.sort() : values, shape, dtype);
}

/** Every wrong way to give an input, and what it is. */
function wrongInputs(
  { inputs, free = {}, optional = [], anyRank = [], types = {} }: KernelCase,
): { what: string; name: string; make: () => tf.TensorInfo | undefined }[] {
  return Object.entries(inputs).flatMap(([name, shape]) => {
    const type = types[name] ?? "float32";
    const dtype = type === "any" ? "float32" : type;
    const shapes = [
      ...(anyRank.includes(name)
        ? []
        : [shape.slice(1), [...shape, 1], [1, ...shape], []]),
      ...shape.flatMap((side, axis) =>
        free[name]?.includes(axis)
          ? []
          : [side + 1, side - 1, 50 * side].filter((other) =>
            // A side of 1 is stretched where that is usual.
            other > 1 || other === 1 && !anyRank.includes(name)
          ).map((other) => shape.with(axis, other))
      ),
    ].filter((other) => other.join() !== shape.join());
    return [
      ...shapes.map((other) => ({
        what: `${name} of [${other}]`,
        name,
        make: () => make(other, dtype),
      })),
      ...(type === "any" ? [] : ["int32", "float32", "bool"] as const)
        .filter((other) => other !== type).map((other) => ({
          what: `${name} of ${other}`,
          name,
          make: () => make(shape, other),
        })),
      {
        what: `${name} with less memory than its shape says`,
        name,
        make: () => ({ dataId: make([1], dtype).dataId, shape, dtype }),
      },
      ...(optional.includes(name)
        ? []
        : [{ what: `no ${name}`, name, make: () => undefined }]),
    ];
  });
}

/** Calls a kernel as tfjs's engine does, which looks at nothing. */
function call({ kernel }: KernelCase, inputs: Inputs, attributes: unknown) {
  const { kernelFunc } = tf.getKernel(kernel, "wasm");
  const outputs = kernelFunc({
    inputs: inputs as tf.NamedTensorInfoMap,
    attrs: attributes as tf.NamedAttrMap,
    backend: tf.backend(),
  });
  return [outputs].flat().map((info) =>
    tf.engine().makeTensorFromTensorInfo(info)
  );
}

const read = (tensors: tf.Tensor[]) => tensors.map((each) => each.dataSync());

const kernelCases = [...windowCases, ...otherCases];

for (const each of kernelCases) {
  Deno.test(`${each.kernel} refuses a wrong call and touches nothing`, async () => {
    await useBackend("wasm");
    tf.tidy(() => {
      const shapes = Object.entries(each.inputs);
      const guard = () => tf.fill([64], 777);
      // Its neighbours in memory, before, between and after.
      const guards = [guard(), guard()];
      const fresh = () =>
        Object.fromEntries(shapes.map(([name, shape]) => {
          const type = each.types?.[name] ?? "float32";
          const tensor = make(shape, type === "any" ? "float32" : type);
          guards.push(guard());
          return [name, tensor];
        }));
      const right = () => {
        const inputs = fresh();
        return read(call(each, inputs, each.attributes));
      };
      const expected = right();

      const inputs = fresh();
      const before = read(Object.values(inputs));
      const { numTensors } = tf.memory();
      const assertRefused = (what: string, run: () => void) => {
        const held = tf.backend().numDataIds();
        let thrown: unknown;
        try {
          run();
        } catch (error) {
          thrown = error;
        }
        assert(
          thrown instanceof RangeError && thrown.message.startsWith("Cannot "),
          `${what}: expected a RangeError, got ${thrown}`,
        );
        assertEquals(tf.backend().numDataIds(), held, what);
        assert(
          guards.every((tensor) => tensor.dataSync().every((v) => v === 777)),
          `${what}: a neighbour has changed`,
        );
        assertEquals(read(Object.values(inputs)), before, what);
      };

      for (const { what, name, make } of wrongInputs(each)) {
        tf.tidy(() => {
          const { [name]: _, ...others } = inputs;
          const given = make();
          assertRefused(what, () =>
            call(
              each,
              given ? { ...others, [name]: given } : others,
              each.attributes,
            ));
        });
      }
      for (const wrong of each.wrong) {
        const attributes = { ...each.attributes, ...wrong };
        const what = JSON.stringify(wrong) ?? "";
        assertRefused(what, () => call(each, inputs, attributes));
      }
      assertEquals(tf.memory().numTensors, numTensors);
      assertEquals(right(), expected, "the right call after all that");
    });
  });
}

Deno.test("every kernel of ours is in the table of wrong calls", () => {
  const names = new Set(kernelCases.map(({ kernel }) => kernel));
  const missing = [
    ...[adamKernel, batchNormalizationInferenceKernel, segmentSumKernel],
    ...[maxPoolWithArgmaxKernel, ...convolutionKernels, ...depthwiseKernels],
    ...[...depthwiseForwardKernels, ...dilationKernels, ...matmulKernels],
    ...[...normalizedConvolutionKernels, ...poolingKernels],
    ...[...pointwiseKernels, ...sparseSegmentKernels, ...joiningKernels],
    identityKernel,
  ].map(({ kernelName }) => kernelName).filter((name) => !names.has(name));
  assertEquals(missing, []);
});
