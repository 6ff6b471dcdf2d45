import * as tf from "@tensorflow/tfjs";
import { networkEmbed } from "../nn2/embed.ts";
import { createRandom } from "../random.ts";
import { createAdam, restoreAdam } from "./adam.ts";
import { embeddingSpread } from "./collapse.ts";
import type { Engine, EngineOptions, StepOutcome } from "./engine.ts";
import { nameMeans, unnameMeans } from "./run_state.ts";
import { trainableVariables, trainStep } from "./step.ts";

/** Makes an engine that computes in this thread, on the present backend. */
export function createLocalEngine(
  { model, adam, ...how }: EngineOptions,
): Engine {
  const variables = trainableVariables(model);
  const optimizer = adam
    ? restoreAdam(variables, unnameMeans(adam, model))
    : createAdam(variables);

  const step: Engine["step"] = async ({ images, labels, seed }, rate) => {
    const random = createRandom(seed);
    const held: tf.Tensor[] = [];
    const watch = (embeddings: tf.Tensor2D) =>
      void held.push(tf.keep(embeddingSpread(embeddings)));
    const training = { model, optimizer, random, watch, ...how };
    let outcome: StepOutcome;
    try {
      const loss = trainStep(training, images, labels, rate);
      outcome = { loss, spread: held[0]!.dataSync()[0]! };
    } finally {
      tf.dispose(held);
    }
    // Lets timers, messages and the display have their turn.
    await new Promise((resolve) => setTimeout(resolve));
    return outcome;
  };

  return {
    embedBy: networkEmbed,
    step,
    sync() {},
    adam: () => Promise.resolve(nameMeans(optimizer.state(), model)),
    dispose: () => optimizer.dispose(),
  };
}
