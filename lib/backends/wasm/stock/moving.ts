import * as tf from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import { filled, valuesOf } from "../arrays/arrays.ts";
import { runAs, runKernels, tidy } from "../arrays/run_kernel.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";

const isEmpty = ({ shape }: tf.TensorInfo) => sizeOf(shape) === 0;

/**
 * tfjs's kernels that move and choose values, for tensors without values and for
 * bool. Its own take bool for words of four bytes, and divide by a length of 0.
 */
export const movingKernels: WasmKernel[] = [
  wasmKernel("Transpose", ({ backend, input, attributes }) => {
    const x = input("x");
    if (!isEmpty(x)) return undefined;
    const { perm } = attributes as { perm: number[] };
    return backend.makeOutput(perm.map((i) => x.shape[i]!), x.dtype);
  }),
  wasmKernel("Select", ({ backend, input }) => {
    const [condition, t, e] = [input("condition"), input("t"), input("e")];
    if (isEmpty(t)) return backend.makeOutput(t.shape, t.dtype);
    const isAligned = condition.shape.join() === t.shape.join();
    if (t.dtype !== "bool" || !isAligned) return undefined;
    const out = backend.makeOutput(t.shape, t.dtype);
    const [yes, no] = [valuesOf(backend, t), valuesOf(backend, e)];
    const to = valuesOf(backend, out);
    valuesOf(backend, condition).forEach((chosen, i) => {
      to[i] = (chosen ? yes : no)[i]!;
    });
    return out;
  }),
  wasmKernel("Reverse", (call) => {
    const x = call.input("x");
    return isEmpty(x)
      ? call.backend.makeOutput(x.shape, x.dtype)
      : throughIntegers(call, x);
  }),
  wasmKernel("StridedSlice", (call) => {
    const x = call.input("x");
    const ofBool = throughIntegers(call, x);
    if (ofBool) return ofBool;
    // tfjs's own copies int32, but takes the copy for float32.
    const result = call.below() as tf.TensorInfo;
    call.backend.dataIdMap.get(result.dataId).dtype = x.dtype;
    return { ...result, dtype: x.dtype };
  }),
  wasmKernel("TopK", ({ name, backend, input, attributes }) => {
    const x = input("x");
    const { k } = attributes as { k: number };
    const shape = [...x.shape.slice(0, -1), k];
    if (sizeOf(shape) === 0) {
      return [x.dtype, "int32" as const].map((type) =>
        backend.makeOutput(shape, type)
      );
    }
    if (x.dtype !== "bool") return undefined;
    return tidy(backend, (run, track) => {
      const integers = run("Cast", { x }, { dtype: "int32" });
      const [values, indices] = track(
        runKernels(backend, [name, { x: integers }, attributes]),
      ) as [tf.TensorInfo, tf.TensorInfo];
      return [run("Cast", { x: values }, { dtype: "bool" }), indices];
    });
  }),
  ...["ArgMax", "ArgMin"].map((name) =>
    wasmKernel(name, ({ backend, input, attributes }) => {
      const x = input("x");
      if (!isEmpty(x)) return undefined;
      const { axis } = attributes as { axis: number };
      const at = tf.util.parseAxisParam(axis, x.shape)[0]!;
      return filled(backend, x.shape.toSpliced(at, 1), "int32", 0);
    })
  ),
  wasmKernel("OneHot", oneHot),
  wasmKernel("Softmax", ({ input }) => {
    if (input("logits").shape.length > 0) return undefined;
    return refuse("apply softmax", "logits with an axis", "a scalar");
  }),
];

/** Values of bool as int32 and back again. */
function throughIntegers(
  { name, backend, attributes }: Call,
  x: tf.TensorInfo,
): tf.TensorInfo | undefined {
  return x.dtype === "bool"
    ? runAs(backend, "int32", [name, { x }, attributes], "bool")
    : undefined;
}

interface OneHotAttributes {
  depth: number;
  onValue: number;
  offValue: number;
  dtype: tf.DataType;
}

/** tfjs's own writes int32 whatever type is asked for. */
function oneHot({ backend, input, attributes }: Call): tf.TensorInfo {
  const indices = input("indices");
  const { depth, onValue, offValue, dtype } = attributes as OneHotAttributes;
  const out = filled(backend, [...indices.shape, depth], dtype, offValue);
  const to = valuesOf(backend, out);
  valuesOf(backend, indices).forEach((id, i) => {
    if (id >= 0 && id < depth) to[i * depth + id] = onValue;
  });
  return out;
}
