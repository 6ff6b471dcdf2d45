import * as tf from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import type { WasmBackend } from "../runtime/host.ts";
import { override } from "../runtime/override.ts";
import {
  filled,
  runKernel,
  runKernels,
  sizeOf,
  valuesOf,
} from "../arrays/arrays.ts";

const isEmpty = ({ shape }: tf.TensorInfo) => sizeOf(shape) === 0;

/**
 * tfjs's kernels that move and choose values, for tensors without values and for
 * bool. Its own take bool for words of four bytes, and divide by a length of 0.
 */
export const movingKernels: tf.KernelConfig[] = [
  override("Transpose", ({ x }, attrs, backend) => {
    if (!isEmpty(x!)) return undefined;
    const { perm } = attrs as { perm: number[] };
    return backend.makeOutput(perm.map((i) => x!.shape[i]!), x!.dtype);
  }),
  override("Select", ({ condition, t, e }, _attrs, backend) => {
    if (isEmpty(t!)) return backend.makeOutput(t!.shape, t!.dtype);
    const isAligned = condition!.shape.join() === t!.shape.join();
    if (t!.dtype !== "bool" || !isAligned) return undefined;
    const out = backend.makeOutput(t!.shape, t!.dtype);
    const [chosen, yes, no, to] = [condition!, t!, e!, out].map((tensor) =>
      valuesOf(backend, tensor)
    );
    for (let i = 0; i < to!.length; i++) to![i] = (chosen![i] ? yes : no)![i]!;
    return out;
  }),
  override("Reverse", ({ x }, attrs, backend) => {
    if (isEmpty(x!)) return backend.makeOutput(x!.shape, x!.dtype);
    return throughIntegers("Reverse", x!, attrs as object, backend);
  }),
  stridedSliceKernel(),
  override("TopK", ({ x }, attrs, backend) => {
    const { k } = attrs as { k: number };
    const shape = [...x!.shape.slice(0, -1), k];
    if (sizeOf(shape) === 0) {
      return [x!.dtype, "int32" as const].map((type) =>
        backend.makeOutput(shape, type)
      );
    }
    if (x!.dtype !== "bool") return undefined;
    const integers = runKernel(backend, "Cast", { x: x! }, { dtype: "int32" });
    const [values, indices] = runKernels(
      backend,
      "TopK",
      { x: integers },
      attrs as object,
    ) as [tf.TensorInfo, tf.TensorInfo];
    const own = runKernel(backend, "Cast", { x: values }, { dtype: "bool" });
    for (const { dataId } of [integers, values]) backend.disposeData(dataId);
    return [own, indices];
  }),
  ...["ArgMax", "ArgMin"].map((name) =>
    override(name, ({ x }, attrs, backend) => {
      if (!isEmpty(x!)) return undefined;
      const { axis } = attrs as { axis: number };
      const at = tf.util.parseAxisParam(axis, x!.shape)[0]!;
      return filled(backend, x!.shape.toSpliced(at, 1), "int32", 0);
    })
  ),
  override(
    "OneHot",
    ({ indices }, attrs, backend) =>
      oneHot(indices!, attrs as OneHotAttributes, backend),
  ),
  override("Softmax", ({ logits }) => {
    if (logits!.shape.length > 0) return undefined;
    return refuse("apply softmax", "logits with an axis", "a scalar");
  }),
];

/** tfjs's own copies int32, but takes the copy for float32. */
function stridedSliceKernel(): tf.KernelConfig {
  const stock = tf.getKernel("StridedSlice", "wasm");
  return {
    ...stock,
    kernelFunc(call) {
      const backend = call.backend as WasmBackend;
      const x = call.inputs.x!;
      const attrs = call.attrs as object;
      const ofBool = throughIntegers("StridedSlice", x, attrs, backend);
      if (ofBool) return ofBool;
      const result = stock.kernelFunc(call) as tf.TensorInfo;
      backend.dataIdMap.get(result.dataId).dtype = x.dtype;
      return { ...result, dtype: x.dtype };
    },
  };
}

/** Values of bool as int32 and back again. */
function throughIntegers(
  kernelName: string,
  x: tf.TensorInfo,
  attrs: object,
  backend: WasmBackend,
): tf.TensorInfo | undefined {
  if (x.dtype !== "bool") return undefined;
  const cast = (x: tf.TensorInfo, dtype: tf.DataType) =>
    runKernel(backend, "Cast", { x }, { dtype });
  const integers = cast(x, "int32");
  const result = runKernel(backend, kernelName, { x: integers }, attrs);
  backend.disposeData(integers.dataId);
  const own = cast(result, "bool");
  backend.disposeData(result.dataId);
  return own;
}

interface OneHotAttributes {
  depth: number;
  onValue: number;
  offValue: number;
  dtype: tf.DataType;
}

/** tfjs's own writes int32 whatever type is asked for. */
function oneHot(
  indices: tf.TensorInfo,
  { depth, onValue, offValue, dtype }: OneHotAttributes,
  backend: WasmBackend,
): tf.TensorInfo {
  const out = filled(backend, [...indices.shape, depth], dtype, offValue);
  const to = valuesOf(backend, out);
  valuesOf(backend, indices).forEach((id, i) => {
    if (id >= 0 && id < depth) to[i * depth + id] = onValue;
  });
  return out;
}
