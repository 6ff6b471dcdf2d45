import type { TensorInfo } from "@tensorflow/tfjs";
import { elementOf, type LaneCount } from "../runtime/lanes.ts";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";
import type { WebGpuBackend } from "../runtime/tfjs_backend.ts";
import type { ProductPlan } from "./plan_product.ts";
import { type ProductCode, productConstants } from "./product_code.ts";
import {
  type ProductForm,
  productForms,
  type ProductSize,
  tilesOf,
} from "./product_forms.ts";

/** A product's operands and code. */
export interface ProductOptions<
  Input extends string,
  Output extends string,
  Constant extends string,
> extends ProductCode {
  name: string;
  /** Buffers of `Value`. */
  inputs: readonly Input[];
  outputs: readonly Output[];
  /** Besides {@linkcode productConstants}. */
  constants: Readonly<Record<Constant, "u32" | "f32">>;
}

/** A product, for devices of different kinds and sizes of its own. */
export interface Product<
  Input extends string,
  Output extends string,
  Constant extends string,
> extends ProductOptions<Input, Output, Constant> {
  shaderOf(form: ProductForm, lanes: LaneCount): Shader<Input, Output>;
}

/** Makes a product, whose shaders are written when they are first used. */
export function defineProduct<
  Input extends string,
  Output extends string,
  Constant extends string,
>(
  options: ProductOptions<Input, Output, Constant>,
): Product<Input, Output, Constant> {
  const shaders = new Map<string, Shader<Input, Output>>();
  const typesOf = <Name extends string>(
    names: readonly Name[],
    lanes: LaneCount,
  ) =>
    Object.fromEntries(
      names.map((name) => [name, elementOf[lanes]]),
    ) as Shader<Name>["inputs"];
  return {
    ...options,
    shaderOf(form, lanes) {
      const name = `${options.name}, ${form}, ${lanes}`;
      const shader = shaders.get(name) ?? {
        name,
        inputs: typesOf(options.inputs, lanes),
        outputs: typesOf(options.outputs, lanes),
        constants: { ...options.constants, ...productConstants },
        code: productForms[form].codeOf(options, lanes),
      };
      shaders.set(name, shader);
      return shader;
    },
  };
}

/** Workgroups that WebGPU promises in each dimension. */
const mostGroups = 65_535;

/** Records a product, as it was planned. */
export function launchProduct<
  Input extends string,
  Output extends string,
  Constant extends string,
>(
  backend: WebGpuBackend,
  product: Product<Input, Output, Constant>,
  size: ProductSize,
  { form, partDepth, parts }: ProductPlan,
  operands: {
    inputs: Readonly<Record<NoInfer<Input>, TensorInfo>>;
    outputs: Readonly<Record<NoInfer<Output>, TensorInfo>>;
    constants: Readonly<Record<NoInfer<Constant>, number>>;
  },
): void {
  const { rows, columns, depth, lanes = 1, phases = 1 } = size;
  const [down, across] = tilesOf(size, form);
  // What one dimension does not take goes on in the last one, if there are no parts.
  const folds = parts === 1 ? Math.max(1, Math.ceil(down / mostGroups)) : 1;
  launch(backend, product.shaderOf(form, lanes), {
    inputs: operands.inputs,
    outputs: operands.outputs,
    constants: {
      ...operands.constants,
      rows,
      columns,
      depth,
      partDepth,
      phases,
    },
    workgroups: [
      Math.ceil(down / folds),
      across,
      Math.max(parts, folds) * phases,
    ],
  });
}
