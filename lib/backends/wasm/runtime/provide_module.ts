import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import simdModule from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm" with {
  type: "bytes",
};
import { whyAlone } from "../threads/most_threads.ts";
import { shareMemory } from "../threads/share_memory.ts";

let provided = false;

/**
 * Hands tfjs the bytes of its own module. Otherwise it would read them from a
 * file, and without the permission for that fall back to cpu without a word.
 */
export function provideModule(): void {
  if (provided) return;
  provided = true;
  // Where threads can start, the module gets a memory that they can share.
  const module = whyAlone() === undefined && shareMemory(simdModule);
  const url = URL.createObjectURL(
    new Blob([module || simdModule as BlobPart], { type: "application/wasm" }),
  );
  const usePlatformFetch = true;
  setWasmPaths({
    "tfjs-backend-wasm.wasm": url,
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": url,
  }, usePlatformFetch);
}
