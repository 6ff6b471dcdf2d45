import type { DataType, KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import type { WasmBackend } from "../runtime/host.ts";
import { override } from "../runtime/override.ts";
import { runKernel, valuesOf } from "../arrays/arrays.ts";

type NumberFunction = (x: number) => number;

/**
 * Where tfjs's own functions are wrong near 0: log1p(1e-8) is 0 there, sin(1e-8)
 * is 1.7e-7, and the sign of 1e-8 is 0.
 */
const exact: Record<string, NumberFunction> = {
  Cos: Math.cos,
  Log1p: Math.log1p,
  Sign: Math.sign,
  Sin: Math.sin,
};

/** Functions that tfjs has for float32 alone; it passes the bits of others. */
const ofFloats = "Acos Acosh Asin Asinh Atanh Cos IsFinite IsInf IsNan Log1p " +
  "Reciprocal Sign Sin";
/** Functions that tfjs has for float32 and int32, but is asked for bool too. */
const ofNumbers = "Abs Atan Atan2 Exp Expm1 FloorDiv LeakyRelu Mod Neg Relu " +
  "Relu6 Round Selu Sinh Softplus Square Step";
/** Functions whose result has a type of its own. */
const withOwnType = "Exp Expm1 IsFinite IsInf IsNan LeakyRelu".split(" ");

/**
 * tfjs's functions of one or two numbers for types that its own do not know. They
 * would leave a result as the memory was, or take its bits for floats and write
 * beyond it. A result gets the type that it has in tfjs.
 */
export const elementwiseKernels: KernelConfig[] = [
  ...ofFloats.split(" ").map((name) => throughFloats(name, ["int32", "bool"])),
  ...ofNumbers.split(" ").map((name) => throughFloats(name, ["bool"])),
  override("ClipByValue", ({ x }, attrs, backend) => {
    if (x!.dtype === "float32") return undefined;
    const { clipValueMin, clipValueMax } = attrs as Record<string, number>;
    const clip = (value: number) =>
      Math.min(Math.max(value, clipValueMin!), clipValueMax!);
    return apply(clip, x!, backend);
  }),
];

/** A function that is calculated for float32, for inputs of some other types. */
function throughFloats(kernelName: string, others: DataType[]): KernelConfig {
  const ofFloat = exact[kernelName];
  return override(kernelName, (inputs, attrs, backend) => {
    const [first] = Object.values(inputs) as [TensorInfo];
    if (!others.includes(first.dtype)) {
      return ofFloat && first.dtype === "float32"
        ? apply(ofFloat, first, backend)
        : undefined;
    }
    const cast = (x: TensorInfo, dtype: DataType) =>
      runKernel(backend, "Cast", { x }, { dtype });
    const floats = Object.entries(inputs).map(([name, input]) =>
      [name, cast(input!, "float32")] as const
    );
    const result = runKernel(
      backend,
      kernelName,
      Object.fromEntries(floats),
      attrs as object,
    );
    for (const [, { dataId }] of floats) backend.disposeData(dataId);
    if (withOwnType.includes(kernelName)) return result;
    const own = cast(result, first.dtype);
    backend.disposeData(result.dataId);
    return own;
  });
}

function apply(
  of: NumberFunction,
  x: TensorInfo,
  backend: WasmBackend,
): TensorInfo {
  const out = backend.makeOutput(x.shape, x.dtype);
  const [from, to] = [valuesOf(backend, x), valuesOf(backend, out)];
  for (let i = 0; i < to.length; i++) to[i] = of(from[i]!);
  return out;
}
