/**
 * The kernels of tfjs's own backends: to be imported before any module that
 * registers others.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

/** The names of a backend's kernels as they are now. */
export const namesOf = (backend: string) =>
  new Set(
    tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName),
  );

/** The names of the kernels that tfjs's WASM backend comes with. */
export const stockNames = namesOf("wasm");
