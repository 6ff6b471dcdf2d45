import type { PlotlyObject } from "./figure.ts";

// A figure may hold anything that JSON can; these read what is looked for.

/** The object, or one without attributes. */
export function object(value: unknown): PlotlyObject {
  return typeof value === "object" && value !== null
    ? value as PlotlyObject
    : {};
}

/** The number, if it is finite. */
export function number(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value)
    ? value
    : otherwise;
}

/** The text, if there is some. */
export function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

/** The values of an array or typed array. */
export function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as Float32Array)
    : [];
}

/** What an attribute that is one for all, or one for each, says of the i-th. */
export function each(value: unknown, i: number): unknown {
  return Array.isArray(value) || ArrayBuffer.isView(value)
    ? list(value)[i]
    : value;
}
