import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";

/** Registers a test once for each backend that the tests can start. */
export function testOnBackends(name: string, test: () => void): void {
  for (const backend of ["cpu", "wasm"] as const) {
    Deno.test(`${name} on ${backend}`, async () => {
      await useBackend(backend);
      tf.tidy(test);
    });
  }
}
