import {
  cureFor,
  type Platform,
  platform,
} from "../../../../lib/backends/webgpu/device/no_device.ts";
import { assert, assertEquals } from "../../../assert.ts";

Deno.test("cureFor() names what is to be installed or set on each system", () => {
  const words: Record<Platform, string[]> = {
    linux: [
      "libvulkan1",
      "mesa-vulkan-drivers",
      "NVIDIA_DRIVER_CAPABILITIES",
      "/dev/dri",
      "DENO_WEBGPU_BACKEND is set, it has to be vulkan or gl",
    ],
    darwin: ["Metal", "DENO_WEBGPU_BACKEND is set, it has to be metal"],
    windows: ["DirectX 12", "DENO_WEBGPU_BACKEND is set, it has to be dx12"],
    browser: ["https or localhost"],
    node: ["use Deno or a browser"],
  };
  for (const [where, needed] of Object.entries(words)) {
    const cure = cureFor(where as Platform);
    for (const word of needed) assert(cure.includes(word), cure);
  }
});

Deno.test("platform() knows Deno's system", () => {
  const { os } = Deno.build;
  assertEquals(platform(), os === "darwin" || os === "windows" ? os : "linux");
});
