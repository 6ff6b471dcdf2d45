import * as tf from "@tensorflow/tfjs";
import type { Kind } from "./kinds.ts";

/** How a function is called, and which values it takes. */
export interface Row {
  call: (...given: unknown[]) => unknown;
  /** Arguments that it takes, made anew. Tensors are made by {@linkcode tensor}. */
  valid: () => unknown[];
  /** By path: "1.margin" is the option `margin` of the second argument. */
  kinds: Record<string, Kind>;
  /** Whether it would take minutes, so that only refusals are tried. */
  slow?: boolean;
  /** What it needs a permission for. */
  needs?: Deno.PermissionName[];
}

/** A function without numbers, choices and switches. */
export const none = "none";

/** The functions of one room by name; `f().g` is a method of what f returns. */
export type Room = Record<string, Row | typeof none>;

/** Declares how a function is called. */
export function row(
  call: (...given: never[]) => unknown,
  valid: () => unknown[],
  kinds: Record<string, Kind>,
  more: Pick<Row, "slow" | "needs"> = {},
): Row {
  return {
    call: (...given) => call(...given as never[]),
    valid,
    kinds,
    ...more,
  };
}

const held: { dispose(): void }[] = [];

/** A tensor that lives until {@linkcode disposeHeld}. */
export function tensor<R extends tf.Rank>(
  values: tf.TensorLike,
  shape?: tf.ShapeMap[R],
): tf.Tensor<R> {
  return hold(tf.tensor(values, shape));
}

/** Has a tensor, a model or a folder disposed with the others. */
export function hold<T extends { dispose(): void }>(made: T): T {
  held.push(made);
  return made;
}

/** Disposes the arguments of the last call. */
export function disposeHeld(): void {
  for (const made of held.splice(0)) made.dispose();
}

/** What stands at a path. */
export function at(given: unknown, path: string): unknown {
  return path.split(".").reduce(
    (value, key) => (value as Record<string, unknown>)[key],
    given,
  );
}

/** A copy with another value at a path. */
export function replaced<T>(given: T, path: string, value: unknown): T {
  const [key, ...rest] = path.split(".") as [string, ...string[]];
  const copy = (Array.isArray(given) ? [...given] : { ...given }) as Record<
    string,
    unknown
  >;
  copy[key] = rest.length > 0
    ? replaced(copy[key], rest.join("."), value)
    : value;
  return copy as T;
}
