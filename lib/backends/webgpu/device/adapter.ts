import type { DeviceBackend } from "./device_backend.ts";

/** What a WebGPU adapter says about itself. */
export type AdapterDescription =
  & Pick<
    GPUAdapterInfo,
    "vendor" | "architecture" | "description"
  >
  & { isFallbackAdapter?: boolean };

/**
 * The fastest WebGPU adapter here, or nothing where there is none. Deno and
 * browsers do not say why.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const adapter = await findAdapter();
 * assert.ok(adapter === undefined || deviceName(adapter.info).length > 0);
 * ```
 */
export async function findAdapter(): Promise<GPUAdapter | undefined> {
  // Neither Node nor every browser has it, whatever the types say.
  const { gpu } = globalThis.navigator as { gpu?: GPU };
  const options = { powerPreference: "high-performance" } as const;
  return await gpu?.requestAdapter(options) ?? undefined;
}

/** Renderers that compute on the CPU: Mesa's, Google's and Microsoft's. */
const softwareRenderers =
  /llvmpipe|lavapipe|softpipe|swiftshader|\bwarp\b|microsoft basic render/i;

/**
 * Whether a device is a program on the CPU that only acts as a GPU.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const software = { vendor: "google", architecture: "swiftshader", description: "" };
 * assert.ok(isSoftwareDevice(software));
 * const nvidia = { vendor: "4318", architecture: "", description: "NVIDIA H200" };
 * assert.ok(!isSoftwareDevice(nvidia));
 * ```
 */
export function isSoftwareDevice(info: AdapterDescription): boolean {
  const { vendor, architecture, description, isFallbackAdapter } = info;
  return isFallbackAdapter === true ||
    softwareRenderers.test(`${vendor} ${architecture} ${description}`);
}

/** Deno names vendors by their numbers at the PCI consortium or Khronos. */
const vendors: Record<string, string> = {
  "4098": "AMD",
  "4203": "Apple",
  "4318": "NVIDIA",
  "5045": "ARM",
  "5140": "Microsoft",
  "20803": "Qualcomm",
  "32902": "Intel",
  "65541": "Mesa",
};

/**
 * A device's name for people. Browsers often hide the description, so that the
 * vendor and the architecture have to do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const info = { vendor: "nvidia", architecture: "hopper", description: "" };
 * assert.equal(deviceName(info), "nvidia hopper");
 * assert.equal(deviceName({ ...info, description: "NVIDIA H200" }), "NVIDIA H200");
 * ```
 */
export function deviceName(info: AdapterDescription): string {
  const { vendor, architecture, description } = info;
  if (description) return description;
  const known = [vendors[vendor] ?? vendor, architecture].filter(Boolean);
  return known.length > 0
    ? known.join(" ")
    : "a device that does not say its name";
}

/**
 * The same in a sentence: software devices are called so.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const info = { vendor: "65541", architecture: "", description: "llvmpipe" };
 * assert.equal(describeDevice(info), "a software device: llvmpipe");
 * ```
 */
export function describeDevice(info: AdapterDescription): string {
  const name = deviceName(info);
  return isSoftwareDevice(info) ? `a software device: ${name}` : name;
}

/** What a backend's device says about itself; older browsers know less of it. */
export function deviceInfo(
  { device, adapterInfo }: Pick<DeviceBackend, "device" | "adapterInfo">,
): AdapterDescription {
  const known = device as { adapterInfo?: AdapterDescription };
  const { vendor = "", architecture = "" } = adapterInfo;
  return known.adapterInfo ?? { vendor, architecture, description: "" };
}
