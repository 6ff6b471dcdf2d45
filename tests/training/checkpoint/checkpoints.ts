import { crc32 } from "node:zlib";
import type { Checkpoint } from "../../../lib/training/checkpoint/checkpoint.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../../lib/files/safetensors.ts";
import { resolveSettings } from "../../../lib/training/settings/settings.ts";

/** With numbers that text or a careless copy would change. */
const odd = Float32Array.of(-0, 1e-45, 1 / 3, 3.4e38, -1e-38, 0.1);

/** A checkpoint after some steps of 150. */
export function checkpointOf(step: number): Checkpoint {
  const report = {
    collapsed: false,
    progress: step / 150,
    loss: Math.fround(0.2),
    spread: Math.fround(0.7),
    learningRate: 1e-3 / 3,
    imagesSeen: 120 * step,
    seconds: 0.1 * step,
  };
  return {
    weights: {
      "a/kernel": { shape: [2, 3], data: odd },
      "a/moving": { shape: [], data: Float32Array.of(step) },
    },
    adam: {
      steps: step,
      means: {
        "a/kernel": { gradient: odd.map((x) => -x), square: odd.map(Math.abs) },
      },
    },
    sampler: { seed: 4294967295, batches: step },
    draws: [-1, 2147483647, -2147483648, 7],
    steps: Array.from({ length: step }, (_, i) => ({ ...report, step: i + 1 })),
    settings: resolveSettings("quick", { margin: 0.3 }),
    images: 123,
    validations: [{ step, accuracy: 1 / 3, seconds: 2 / 3 }],
  };
}

/** The same file with other metadata and the checksum that belongs to it. */
export function relabelled(
  bytes: Uint8Array,
  metadata: Record<string, string>,
): Uint8Array {
  const file = decodeSafetensors(bytes);
  const changed = encodeSafetensors({
    ...file,
    metadata: { ...file.metadata, ...metadata },
  });
  new DataView(changed.buffer).setUint32(
    changed.length - 4,
    crc32(changed.subarray(0, -4)),
    true,
  );
  return changed;
}
