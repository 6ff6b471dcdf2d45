import { startThread, type Thread } from "../../backends/threads/thread.ts";
import { createEmbedBy } from "../../nn2/threads/embed_by.ts";
import type { Embedder } from "../../nn2/threads/embedder.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkBatch } from "../check_batch.ts";
import type { Engine, EngineOptions } from "../engine.ts";
import { trainableVariables } from "../step.ts";
import { checkTrainedWeights } from "../trained_weights.ts";
import { breakBarrier } from "./barrier.ts";
import type { Member } from "./member.ts";
import { type Assignment, receiveAdam, sendAdam } from "./messages.ts";
import { divideBatch } from "./parts.ts";
import {
  measureWeights,
  placeWeights,
  putWeight,
  takeWeight,
} from "./placed_weights.ts";
import { allocateShared, viewShared } from "./shared.ts";

/** What each thread does. */
type Services = Member & Embedder;

/**
 * Makes an engine that divides each batch among threads of its own, each with a
 * copy of the network on the wasm backend. This thread only waits, so that it
 * stays responsive.
 *
 * The gradient is that of the whole batch, batch normalization and mining
 * included, and the same bits every time for one number of threads.
 *
 * @param program What each thread runs; tests have some that fail.
 * @throws {RangeError} If the network has no weights to train; from `step`, as
 * `trainStep`, or if the batch has fewer images than there are threads; the threads
 * go on.
 * @throws {Error} If a thread cannot be started or dies; the others end too.
 */
export async function createTeamEngine(
  { model, adam, ...how }: EngineOptions,
  size: number,
  program = new URL("./worker.ts", import.meta.url),
): Promise<Engine> {
  const placed = placeWeights(model, size);
  const trained = placed.filter(({ gradientStart }) =>
    gradientStart !== undefined
  );
  const variableNames = trained.map(({ variable }) => variable.name);
  const checkTrained = () => {
    const present = Object.keys(trainableVariables(model));
    checkTrainedWeights("train on this batch", variableNames, present);
  };
  checkTrained();
  const memory = allocateShared({ size, ...measureWeights(placed) });
  const { counts, weights } = viewShared(memory);
  for (const weight of placed) putWeight(weights, weight);
  const topology = model.toJSON(null, false) as object;

  let failure: unknown;
  // Those who wait for the one that failed fail later, and have nothing to say.
  const fail = (error: unknown) => {
    failure ??= error;
    breakBarrier(counts);
  };
  const threads: Thread<Services>[] = [];
  const end = () => threads.forEach((thread) => thread.end());
  const start = (rank: number) => {
    const names = trained.filter(({ owner }) => owner === rank)
      .map(({ name }) => name);
    const assignment: Assignment = {
      rank,
      memory,
      topology,
      trained: trained.map(({ name }) => name),
      ...how,
    };
    if (adam) assignment.adam = sendAdam(adam, names);
    threads.push(startThread<Services>({
      program,
      assignment,
      doing: "training",
      name: `thread ${rank + 1} of ${size}`,
      onDeath: fail,
    }));
  };
  const throwIfFailed = () => {
    if (failure === undefined) return;
    end();
    throw failure;
  };

  /** What all threads answer; if one fails, all end with its error. */
  const all = async <T>(
    answer: (thread: Thread<Services>, rank: number) => Promise<T>,
  ): Promise<T[]> => {
    throwIfFailed();
    const answers = threads.map(answer);
    for (const each of answers) each.catch(fail);
    await Promise.allSettled(answers);
    throwIfFailed();
    return await Promise.all(answers);
  };
  try {
    for (let rank = 0; rank < size; rank++) start(rank);
    await all(({ ready }) => ready);
  } catch (error) {
    end();
    throw error;
  }

  return {
    embedBy: createEmbedBy(threads),
    async step({ images, labels, seed }, learningRate) {
      checkBatch(model, images, labels);
      const [count, ...shape] = images.shape;
      if (count < size) {
        const expected = `an image for each of ${size} workers`;
        refuse("train on this batch", expected, `${count}`);
      }
      checkTrained();
      const pixels = images.dataSync() as Float32Array;
      const parts = divideBatch(count, size);
      const perImage = images.size / count;
      const [outcome] = await all((thread, rank) => {
        const { start, end } = parts[rank]!;
        return thread.ask("step", {
          pixels: pixels.slice(start * perImage, end * perImage).buffer,
          shape: [end - start, ...shape],
          labels: Array.from(labels),
          seed,
          learningRate,
        });
      });
      return outcome!;
    },
    sync() {
      for (const weight of placed) takeWeight(weights, weight);
    },
    async adam() {
      const answers = await all((thread) => thread.ask("adam"));
      const states = answers.map(receiveAdam);
      return {
        steps: states[0]!.steps,
        means: Object.assign({}, ...states.map(({ means }) => means)),
      };
    },
    dispose: end,
  };
}
