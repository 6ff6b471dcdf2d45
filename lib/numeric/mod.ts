/**
 * Seeded random numbers and points as plain numbers. Whatever draws in this library takes a generator as an
 * argument, so that a seed repeats a result to the last bit, and a saved state
 * goes on where it stopped.
 *
 * @module
 */
export { createRandom, type Random, restoreRandom, shuffle } from "./random.ts";
export {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "./embeddings.ts";
