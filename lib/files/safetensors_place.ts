import { refuseFile, shown } from "../numeric/refuse.ts";
import { bytesPerValue, type StoredType } from "./precision.ts";

/** Where a tensor's values are in a safetensors file. */
export interface TensorPlace {
  name: string;
  type: StoredType;
  shape: number[];
  /** Of the first byte, counted from the end of the header. */
  from: number;
  /** Behind the last byte. */
  to: number;
}

/** What the format calls the types of values that float32 holds exactly. */
export const dtypes: Readonly<Record<StoredType, string>> = {
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
};

/**
 * Reads what a header says of one tensor.
 *
 * @param action The opening of an error's message.
 * @throws {SyntaxError} If its type, shape and bytes are not said, or do not fit each
 * other.
 */
export function placeOf(
  name: string,
  entry: unknown,
  action: string,
): TensorPlace {
  if (!isRecord(entry)) {
    refuseFile(
      action,
      `a header that describes tensors, ${shown(name)} too`,
      shown(entry),
    );
  }
  const { dtype, shape, data_offsets: offsets } = entry;
  const types = Object.keys(dtypes) as StoredType[];
  const type = types.find((type) => dtypes[type] === dtype);
  if (!type) {
    refuseFile(
      action,
      `values of type ${Object.values(dtypes).join(", ")} for ${shown(name)}`,
      typeof dtype === "string" ? dtype : shown(dtype),
    );
  }
  if (!isCounts(shape)) {
    refuseFile(
      action,
      `whole numbers, written without a point, as the shape of ${shown(name)}`,
      shown(shape),
    );
  }
  if (!isCounts(offsets) || offsets.length !== 2) {
    refuseFile(
      action,
      `two whole numbers, written without a point, as data_offsets of ${
        shown(name)
      }`,
      shown(offsets),
    );
  }
  const [from, to] = offsets as [number, number];
  const size = sizeOf(shape) * bytesPerValue(type);
  if (to - from !== size) {
    refuseFile(
      action,
      `${size} bytes for ${shown(name)} of shape ${shown(shape)}`,
      `${to - from}`,
    );
  }
  return { name, type, shape, from, to };
}

/** Infinity if a product on the way is, though a 0 follows: as in Rust. */
function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const side of shape) {
    size *= side;
    if (size >= 2 ** 64) return Infinity;
  }
  return size;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) &&
    value.every((side) => Number.isSafeInteger(side) && side >= 0);
}

/** Whether a value of JSON is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
