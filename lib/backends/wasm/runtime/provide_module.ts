import simdModule from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm" with {
  type: "bytes",
};
import { handModule } from "./hand_module.ts";

let provided = false;

/**
 * Hands tfjs the bytes of its own module. Otherwise it would read them from a
 * file, and without the permission for that fall back to cpu without a word.
 *
 * @param mayShare Whether its memory can be shared by threads, where these can start at
 * all.
 */
export function provideModule(mayShare = true): void {
  if (provided) return;
  provided = true;
  handModule(simdModule, mayShare);
}
