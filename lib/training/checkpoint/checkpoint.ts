import { crc32 } from "node:zlib";
import { refuse, refuseFile } from "../../numeric/refuse.ts";
import type { AdamState } from "../optimizer/adam_state.ts";
import type { RunState } from "./run_state.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../../files/safetensors.ts";
import { findUnsound, isVariance } from "../weights/sound_weights.ts";
import { readStoredRun, type StoredRun } from "./stored_run.ts";

/** A run as a file holds it: all that it needs to go on. */
export type Checkpoint = RunState & Omit<StoredRun, "adamSteps">;

const kind = "facenet-mnist checkpoint";
const version = 2;

/**
 * Writes a checkpoint as a safetensors file. Its last tensor, `crc32`, is the
 * CRC-32 of all bytes before it, so that no damage goes unnoticed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveSettings } from "../settings/settings.ts";
 *
 * const one = Float32Array.of(1);
 * const checkpoint = {
 *   weights: { w: { shape: [1], data: one } },
 *   adam: { steps: 1, means: { w: { gradient: one, square: one } } },
 *   sampler: { seed: 7, batches: 1 },
 *   draws: [1, 2, 3, 4],
 *   steps: [],
 *   settings: resolveSettings("quick"),
 *   images: 0,
 *   validations: [],
 * };
 * const bytes = encodeCheckpoint(checkpoint);
 * assert.deepEqual(decodeCheckpoint(bytes), checkpoint);
 * bytes[200]! ^= 1;
 * assert.throws(() => decodeCheckpoint(bytes, "step-1"), {
 *   message: /^Cannot read step-1: expected the CRC-32 that it ends with/,
 * });
 * ```
 */
export function encodeCheckpoint(
  { weights, adam, ...rest }: Checkpoint,
): Uint8Array<ArrayBuffer> {
  const stored = (key: "gradient" | "square") =>
    Object.fromEntries(
      Object.entries(adam.means).map(([name, mean]) => [name, {
        shape: weights[name]!.shape,
        data: mean[key],
      }]),
    );
  const bytes = encodeSafetensors({
    tensors: {
      ...prefixed("weights/", weights),
      ...prefixed("gradient/", stored("gradient")),
      ...prefixed("square/", stored("square")),
      crc32: { shape: [1], data: new Float32Array(1) },
    },
    metadata: {
      kind,
      version: String(version),
      run: JSON.stringify({ ...rest, adamSteps: adam.steps }),
    },
  });
  lastNumber(bytes).setUint32(0, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

/**
 * Reads what {@linkcode encodeCheckpoint} wrote.
 *
 * @param name What messages call the file.
 * @throws {SyntaxError} If the file is damaged or no checkpoint, or holds
 * numbers that no run has: NaN, infinity, a variance or a square below 0.
 * @throws {RangeError} If a newer or an older version of this library wrote it, or
 * something in it is none of a run: a setting that is unknown, say.
 */
export function decodeCheckpoint(
  bytes: Uint8Array,
  name = "checkpoint",
): Checkpoint {
  checkSum(bytes, name);
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  if (metadata.kind !== kind) {
    refuseFile(
      `read ${name}`,
      `a ${kind}`,
      metadata.kind ?? "another file",
    );
  }
  if (Number(metadata.version) !== version) {
    const age = Number(metadata.version) < version ? "an older" : "a newer";
    refuse(
      `read ${name}`,
      `a checkpoint of format ${version}`,
      `format ${metadata.version}, which ${age} version of this program wrote`,
    );
  }
  checkSound(tensors, name);
  const { adamSteps, ...rest } = readStoredRun(metadata.run, name);
  const gradients = unprefixed("gradient/", tensors);
  const squares = unprefixed("square/", tensors);
  const means: AdamState["means"] = {};
  for (const [key, { data }] of Object.entries(gradients)) {
    const square = squares[key];
    if (!square) refuse(`read ${name}`, `square/${key}`, "none");
    means[key] = { gradient: data, square: square.data };
  }
  return {
    ...rest,
    weights: unprefixed("weights/", tensors),
    adam: { steps: adamSteps, means },
  };
}

function checkSum(bytes: Uint8Array, name: string): void {
  const hex = (sum: number) => sum.toString(16).padStart(8, "0");
  const expected = bytes.length < 4
    ? "nothing"
    : hex(lastNumber(bytes).getUint32(0, true));
  const got = hex(crc32(bytes.subarray(0, -4)));
  if (expected !== got) {
    refuseFile(
      `read ${name}`,
      `the CRC-32 that it ends with, ${expected}`,
      `${got}: the file is damaged or no checkpoint`,
    );
  }
}

function checkSound(
  { crc32: _, ...tensors }: Record<string, StoredTensor>,
  name: string,
): void {
  const unsound = findUnsound(
    tensors,
    (each) => isVariance(each) || each.startsWith("square/"),
  );
  if (unsound) refuseFile(`read ${name}`, unsound.expected, unsound.got);
}

function lastNumber({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset + length - 4, 4);
}

function prefixed(
  prefix: string,
  tensors: Record<string, StoredTensor>,
): Record<string, StoredTensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]),
  );
}

function unprefixed(
  prefix: string,
  tensors: Record<string, StoredTensor>,
): Record<string, StoredTensor> {
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}
