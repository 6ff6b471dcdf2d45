import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import { mapped } from "../arrays/arrays.ts";
import { runAs } from "../arrays/run_kernel.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";

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
export const elementwiseKernels: WasmKernel[] = [
  ...ofFloats.split(" ").map((name) => throughFloats(name, ["int32", "bool"])),
  ...ofNumbers.split(" ").map((name) => throughFloats(name, ["bool"])),
  wasmKernel("ClipByValue", ({ backend, input, attributes }) => {
    const x = input("x");
    if (x.dtype === "float32") return undefined;
    const { clipValueMin, clipValueMax } = attributes as {
      clipValueMin: number;
      clipValueMax: number;
    };
    return mapped(
      backend,
      x,
      x.dtype,
      (value) => Math.min(Math.max(value, clipValueMin), clipValueMax),
    );
  }),
];

/** A function that is calculated for float32, for inputs of some other types. */
function throughFloats(kernelName: string, others: DataType[]): WasmKernel {
  const ofFloat = exact[kernelName];
  return wasmKernel(kernelName, ({ name, backend, inputs, attributes }) => {
    const [first] = Object.values(inputs) as [TensorInfo];
    const { dtype } = first;
    if (others.includes(dtype)) {
      const resultType = withOwnType.includes(name) ? undefined : dtype;
      return runAs(backend, "float32", [name, inputs, attributes], resultType);
    }
    return ofFloat && dtype === "float32"
      ? mapped(backend, first, dtype, ofFloat)
      : undefined;
  });
}
