import * as tf from "@tensorflow/tfjs";
import type { WasmBackend } from "../../../../lib/backends/wasm/runtime/tfjs_backend.ts";

const margin = 256;

/**
 * Runs something on the 'wasm' backend while each new block of its memory holds
 * junk and lies between two patterns.
 *
 * @returns How many blocks had something written before or behind them.
 */
export function overflows(run: () => void): number {
  const { wasm } = tf.backend() as unknown as WasmBackend;
  const { _malloc, _free } = wasm;
  const sizes = new Map<number, number>();
  const margins = (address: number, bytes: number) => {
    const { buffer } = wasm.asm.memory;
    return [address - margin, address + bytes].map((start) =>
      new Uint8Array(buffer, start, margin)
    );
  };
  const pattern = (address: number) =>
    Uint8Array.from({ length: margin }, (_, i) => i * 37 + address / 8);
  let broken = 0;
  wasm._malloc = (bytes) => {
    const address = _malloc(bytes + 2 * margin) + margin;
    new Uint8Array(wasm.asm.memory.buffer, address, bytes).fill(0x77);
    for (const each of margins(address, bytes)) each.set(pattern(address));
    sizes.set(address, bytes);
    return address;
  };
  wasm._free = (address) => {
    const bytes = sizes.get(address);
    if (bytes === undefined) return _free(address);
    const expected = pattern(address);
    const isWhole = margins(address, bytes).every((found) =>
      found.every((value, i) => value === expected[i])
    );
    if (!isWhole) broken++;
    sizes.delete(address);
    _free(address - margin);
  };
  try {
    tf.tidy(() => {
      run();
    });
  } finally {
    Object.assign(wasm, { _malloc, _free });
  }
  return broken;
}
