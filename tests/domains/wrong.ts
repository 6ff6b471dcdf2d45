import * as tf from "@tensorflow/tfjs";
import type { Kind } from "./kinds.ts";

/** A value outside of a kind, and what to call it. */
export interface Wrong {
  name: string;
  value: unknown;
}

type Numbers = Extract<Kind, { type: "integer" | "number" }>;
type Words = Extract<Kind, { type: "choice" }>;
type Lists = Extract<Kind, { type: "list" }>;
type Tensors = Extract<Kind, { type: "tensor" }>;

/**
 * The values that a function has to refuse where it takes a kind.
 *
 * @param valid One that it takes.
 */
export function wrongValues(kind: Kind, valid: unknown): Wrong[] {
  const missing = kind.optional ? [] : [wrong(undefined)];
  return [...missing, wrong(null), ...wrongFor(kind, valid)];
}

function wrongFor(kind: Kind, valid: unknown): Wrong[] {
  switch (kind.type) {
    case "boolean":
      return ["true", "", 0, 1, [], {}].map((value) => wrong(value));
    case "choice":
      return wrongWords(kind);
    case "list":
      return wrongLists(kind, valid as ArrayLike<number>);
    case "tensor":
      return wrongTensors(kind, valid as tf.Tensor);
    case "random":
      return [Math.random, {}, 1, "random", { uniform: Math.random }]
        .map((value) => wrong(value));
    default:
      return wrongNumbers(kind).map((value) => wrong(value));
  }
}

function wrongNumbers(kind: Numbers): unknown[] {
  const { type, min, above, max, below, infinite, gaps, size } = kind;
  const step = type === "integer" ? 1 : 1e-6;
  const inside = min ?? (above === undefined ? undefined : above + step) ??
    (max ?? below ?? 1) - step;
  return [
    ...[String(inside), "3", "", [], [inside], {}, true, 3n],
    () => inside,
    ...(gaps ? [] : [NaN]),
    ...(infinite ? [] : [Infinity]),
    ...(infinite && min === undefined ? [] : [-Infinity]),
    ...(min === undefined ? [] : [min - step]),
    ...(above === undefined ? [] : [above]),
    ...(max === undefined ? [] : [max + step]),
    ...(below === undefined ? [] : [below]),
    ...(type === "integer" ? [inside + 0.5, 2 ** 53] : []),
    ...(size ? [1e9, 2 ** 31, 2 ** 40] : []),
  ];
}

function wrongWords({ of }: Words): Wrong[] {
  const [first] = of;
  const near = typeof first === "string"
    ? [`${first}x`, first!.toUpperCase(), [first], 1]
    : [String(first), first! + 0.5, [first]];
  return [...near, "", "constructor", "__proto__", {}, true, NaN]
    .map((value) => wrong(value));
}

function wrongLists(
  { item, fixed, empty }: Lists,
  valid: ArrayLike<number>,
): Wrong[] {
  const middle = valid.length >> 1;
  const withItem = (value: unknown) =>
    wrong((Array.from(valid) as unknown[]).with(middle, value));
  const items: Wrong[] = valid.length === 0 ? [] : [
    ...wrongNumbers(item).map(withItem),
    withItem(undefined),
    withItem(null),
    wrong(new Array(valid.length)),
    {
      name: "a BigInt64Array",
      value: BigInt64Array.from(Array.from(valid, () => 1n)),
    },
  ];
  if (item.type === "integer" && valid.length > 0) {
    const value = Float64Array.from(valid).with(middle, valid[middle]! + 0.5);
    items.push({ name: "a Float64Array with a fraction", value });
  }
  const others = fixed
    ? [Array.from(valid).slice(1), [...Array.from(valid), valid[0]]]
    : [];
  return [
    ...["3", "0101", 3, {}, true, () => valid, { length: -1 }].map(wrong),
    ...(empty ? [] : [wrong([])]),
    ...items,
    ...others.map((value) => ({ name: `a list of ${value.length}`, value })),
  ];
}

function wrongTensors(
  { rank, finite, empty, single }: Tensors,
  valid: tf.Tensor,
): Wrong[] {
  const { shape } = valid;
  const values = Array.from(valid.dataSync());
  const made = (name: string, value: tf.Tensor) => ({ name, value });
  const holding = (value: number) =>
    made(`a tensor with ${value}`, tf.tensor(values.with(-1, value), shape));
  return [
    ...[1, "1", {}, values, { shape }].map((value) => wrong(value)),
    ...(single ? [] : [made("one rank less", tf.zeros(shape.slice(1)))]),
    made("one rank more", tf.tensor(values, [1, ...shape])),
    made("text", tf.tensor(values.map(String), shape, "string")),
    ...(empty ? [] : [made("no value", tf.zeros(new Array(rank).fill(0)))]),
    ...(finite ? [NaN, Infinity].map(holding) : []),
  ];
}

function wrong(value: unknown): Wrong {
  const name = typeof value === "function"
    ? "a function"
    : typeof value === "bigint"
    ? `${value}n`
    : typeof value === "number" || value === undefined
    ? String(value)
    : Array.isArray(value)
    ? `[${value.map((item) => wrong(item).name).join(", ")}]`
    : JSON.stringify(value);
  return { name, value };
}
