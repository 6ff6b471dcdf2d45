/** Where a program runs, as far as the cure depends on it. */
export type Platform = "linux" | "darwin" | "windows" | "browser" | "node";

/** Where this program runs. */
export function platform(): Platform {
  if (typeof Deno === "undefined") {
    return "process" in globalThis ? "node" : "browser";
  }
  const { os } = Deno.build;
  return os === "darwin" || os === "windows" ? os : "linux";
}

/**
 * What helps where WebGPU has no adapter. Deno reads DENO_WEBGPU_BACKEND once, when a
 * program first asks for an adapter.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.match(cureFor("linux"), /libvulkan1/);
 * assert.match(cureFor("darwin"), /Metal/);
 * ```
 */
export function cureFor(where: Platform): string {
  return cures[where];
}

const unset = (backends: string) =>
  `If DENO_WEBGPU_BACKEND is set, it has to be ${backends}`;

const cures: Record<Platform, string> = {
  linux:
    "Deno does not say why. On Linux it needs Vulkan: the loader (Debian and Ubuntu: " +
    "`apt install libvulkan1`) and a driver (NVIDIA: its own; AMD and Intel: " +
    "`apt install mesa-vulkan-drivers`). `vulkaninfo --summary` of vulkan-tools says " +
    "what Vulkan finds. A container sees a GPU only if it is handed in (Docker: " +
    "`--gpus all -e NVIDIA_DRIVER_CAPABILITIES=all`, or `--device /dev/dri`). " +
    unset("vulkan or gl"),
  darwin:
    "Deno does not say why. On macOS it needs Metal, which comes with the system; a " +
    `virtual machine may lack it. ${unset("metal")}`,
  windows:
    "Deno does not say why. On Windows it needs DirectX 12 or Vulkan: install the " +
    `driver of the GPU's maker. ${unset("dx12 or vulkan")}`,
  browser:
    "Use a browser that has WebGPU, and a page from https or localhost; " +
    "chrome://gpu says whether Chrome uses the GPU",
  node: "Node.js has no WebGPU: use Deno or a browser",
};
