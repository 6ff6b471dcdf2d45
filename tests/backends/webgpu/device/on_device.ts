import { permittedTest } from "../../../permitted.ts";

/** The adapter that WebGPU has here, if any. Asking needs no permission. */
const adapter = await globalThis.navigator?.gpu?.requestAdapter() ?? undefined;

/**
 * Registers a test that needs a WebGPU device and may need permissions. Where they are
 * missing it is ignored, and its name says what it would need.
 */
export function onDeviceTest(
  name: string,
  test: (context: Deno.TestContext) => void | Promise<void>,
  permissions: Deno.PermissionName[] = [],
): void {
  if (adapter) return permittedTest(name, permissions, test);
  Deno.test.ignore(`${name} [needs a WebGPU device]`, test);
}
