/**
 * FaceNet on MNIST: the network NN2, triplets and their mining, training on
 * TensorFlow.js's WASM backend, and evaluation by nearest class centroid.
 *
 * Each room can be imported by itself, such as `@facenet/mnist/triplets`, which
 * loads neither WebAssembly nor what draws figures.
 *
 * @module
 */
export * from "./numeric/mod.ts";
export * from "./files/mod.ts";
export * from "./backends/mod.ts";
export * from "./digits/mod.ts";
export * from "./nn2/mod.ts";
export * from "./triplets/mod.ts";
export * from "./training/mod.ts";
export * from "./evaluation/mod.ts";
export * from "./experiment/mod.ts";
export * from "./export/mod.ts";
export * from "./plots/mod.ts";
