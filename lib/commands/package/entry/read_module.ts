import { refuse } from "../../../numeric/refuse.ts";

const moduleName =
  "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm";

const action = "use tfjs's WebAssembly";

/** Where a module of WebAssembly is, or its bytes. */
export type ModulePlace = string | URL | Uint8Array | ArrayBuffer;

/**
 * Reads tfjs's module with SIMD. In Node.js and Deno its place is known; a page says it.
 *
 * @param place Its bytes, or their address; in Node.js also the path of a file.
 * @returns Nothing where no place is known.
 * @throws {RangeError} If there is no such module at the place.
 */
export async function readModule(
  place: ModulePlace | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const node = typeof process !== "undefined" && process.getBuiltinModule;
  if (place === undefined) {
    if (!node) return undefined;
    const { createRequire } = node("node:module");
    const path = createRequire(import.meta.url).resolve(moduleName);
    return await readModule(path);
  }
  if (place instanceof ArrayBuffer) place = new Uint8Array(place);
  const bytes = place instanceof Uint8Array
    ? new Uint8Array(place)
    : await bytesAt(place);
  const magic = [0, 0x61, 0x73, 0x6d];
  if (magic.some((byte, at) => bytes[at] !== byte)) {
    const got = place instanceof Uint8Array ? "other bytes" : `${place}`;
    refuse(action, "tfjs-backend-wasm-simd.wasm", got);
  }
  return bytes;
}

async function bytesAt(
  place: string | URL,
): Promise<Uint8Array<ArrayBuffer>> {
  const node = typeof process !== "undefined" && process.getBuiltinModule;
  const isWeb = /^(https?|blob|data):/.test(String(place));
  if (node && !isWeb) {
    const path = String(place).startsWith("file:") ? new URL(place) : place;
    return new Uint8Array(await node("node:fs/promises").readFile(path));
  }
  const response = await fetch(place);
  if (!response.ok) {
    const got = `${response.status} of ${response.url}`;
    refuse(action, "tfjs-backend-wasm-simd.wasm", got);
  }
  return new Uint8Array(await response.arrayBuffer());
}
