import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  type Host,
  hostOf,
} from "../../../../lib/backends/wasm/runtime/host.ts";
import type { WasmBackend } from "../../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import {
  type ScratchSlot,
  scratchSlot,
} from "../../../../lib/backends/wasm/linking/scratch.ts";
import { assert } from "../../../assert.ts";

/** The kernels of the wasm backend, ready. */
export async function wasmHost(): Promise<Host> {
  await useBackend("wasm");
  return hostOf(tf.backend() as unknown as WasmBackend);
}

/** The length of a vector. */
export const norm = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
/** The distance of two vectors, relative to the second one's length. */
export function relativeError(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  size = norm(expected),
): number {
  const error = norm(Array.from(expected, (value, i) => actual[i]! - value));
  return error === 0 ? 0 : error / size;
}

const slots = new Map<string, ScratchSlot>();

/** Numbers in working memory between two that must survive. */
export function place(host: Host, name: string, values: ArrayLike<number>) {
  const slot = slots.get(name) ?? scratchSlot(`test ${name}`);
  slots.set(name, slot);
  const address = host.scratch(slot, 4 * values.length + 128) + 64;
  const guarded = () =>
    host.floats().subarray(address / 4 - 16, address / 4 + values.length + 16);
  guarded().fill(777);
  host.floats().set(values, address / 4);
  const read = () => {
    const all = guarded().slice();
    const guards = [...all.subarray(0, 16), ...all.subarray(-16)];
    assert(guards.every((x) => x === 777), `${name} was left`);
    return all.subarray(16, -16);
  };
  return { address, read };
}
