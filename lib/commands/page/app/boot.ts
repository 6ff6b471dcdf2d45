import type { inflateParts } from "./inflate_parts.ts";

/** What {@linkcode boot} works with. */
export interface BootParts {
  inflateParts: typeof inflateParts;
  /** A WebAssembly module that only a browser with SIMD takes. */
  vectors: readonly number[];
}

/** A WebAssembly module that only a browser with SIMD takes. */
export const simdProbe: readonly number[] = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
];

/**
 * Starts a page's program where the browser has all that it needs; else it says what is missing.
 * This runs in the page, not here: its source is what the page holds, so it uses
 * nothing from outside of it.
 */
export async function boot(
  { inflateParts, vectors }: BootParts,
): Promise<void> {
  const say = (text: string) => {
    const line = document.getElementById("loading")!;
    line.hidden = false;
    line.querySelector("[data-part=loaded]")!.textContent = text;
    line.querySelector("progress")?.remove();
    line.classList.add("wrong");
  };
  addEventListener("facenet-failed", (event) => {
    say(String((event as CustomEvent).detail));
  });
  try {
    const needed = {
      WebAssembly: typeof WebAssembly === "object",
      "WebAssembly SIMD": typeof WebAssembly === "object" &&
        WebAssembly.validate(Uint8Array.from(vectors)),
      DecompressionStream: typeof DecompressionStream === "function",
      Float16Array: "Float16Array" in globalThis,
    };
    const missing = Object.entries(needed).find(([, there]) => !there);
    if (missing) {
      return say(
        `This browser lacks ${
          missing[0]
        }, which the network needs. A browser of 2025 or later has it.`,
      );
    }
    const bytes = await inflateParts("program", () => {});
    const program = document.createElement("script");
    program.type = "module";
    program.textContent = new TextDecoder().decode(bytes);
    document.body.append(program);
  } catch (error) {
    say((error as Error).message);
  }
}
