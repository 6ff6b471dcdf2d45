/** The type of a buffer's elements in WGSL. */
export type ElementType = "f32" | "vec4<f32>" | "u32" | "i32";

/**
 * A compute shader with its operands by name. What a launch hands it are buffers for
 * all of `inputs` and `outputs`, and numbers for all of `constants`.
 */
export interface Shader<
  Input extends string = string,
  Output extends string = string,
  Constant extends string = string,
> {
  /** What it does, for errors and tables. */
  readonly name: string;
  /** Buffers that are read, as `array<type>`. */
  readonly inputs: Readonly<Record<Input, ElementType>>;
  /** Buffers that are written; they may be read too. */
  readonly outputs: Readonly<Record<Output, ElementType>>;
  /** Whole numbers ("u32") and others ("f32") that differ between launches: `constants.name` in the code. */
  readonly constants: Readonly<Record<Constant, "u32" | "f32">>;
  /** WGSL with the entry point `main`, without the declarations of the operands. */
  readonly code: string;
}

/**
 * The whole WGSL of a shader: the declarations of its operands, in the order inputs,
 * outputs, constants, and its code.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const source = wgslOf({
 *   name: "double",
 *   inputs: { x: "f32" },
 *   outputs: { y: "f32" },
 *   constants: { size: "u32" },
 *   code: "@compute @workgroup_size(1) fn main() {}",
 * });
 * assert.match(source, /@binding\(1\) var<storage, read_write> y: array<f32>;/);
 * ```
 */
export function wgslOf({ inputs, outputs, constants, code }: Shader): string {
  const buffers = [
    ...Object.entries(inputs).map(([name, type]) => ["read", name, type]),
    ...Object.entries(outputs).map((
      [name, type],
    ) => ["read_write", name, type]),
  ];
  const fields = Object.entries(constants).map(([name, type]) =>
    `${name}: ${type},`
  );
  return [
    ...buffers.map(([access, name, type], i) =>
      `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${type}>;`
    ),
    ...fields.length > 0
      ? [
        `struct Constants { ${fields.join(" ")} }`,
        `@group(0) @binding(${buffers.length}) var<uniform> constants: Constants;`,
      ]
      : [],
    code,
  ].join("\n");
}
