import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { whyAlone } from "../threads/most_threads.ts";
import { shareMemory } from "../threads/share_memory.ts";

/**
 * Hands tfjs the bytes of its own module, before its backend starts.
 *
 * @param mayShare Whether its memory can be shared by threads, where these can start at
 * all.
 */
export function handModule(
  bytes: Uint8Array<ArrayBuffer>,
  mayShare = true,
): void {
  // Where threads can start, the module gets a memory that they can share.
  const module = mayShare && whyAlone() === undefined && shareMemory(bytes);
  const url = URL.createObjectURL(
    new Blob([module || bytes], { type: "application/wasm" }),
  );
  const usePlatformFetch = true;
  setWasmPaths({
    "tfjs-backend-wasm.wasm": url,
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": url,
  }, usePlatformFetch);
}
