import { checkImages } from "../check_batch.ts";
import type { Engine, EngineOptions } from "../engine.ts";
import { breakBarrier, BrokenBarrier } from "./barrier.ts";
import { receiveAdam, type Request, sendAdam } from "./messages.ts";
import { divideBatch } from "./parts.ts";
import {
  measureWeights,
  placeWeights,
  putWeight,
  takeWeight,
} from "./placed_weights.ts";
import { allocateShared, viewShared } from "./shared.ts";
import { startThread } from "./thread.ts";

/**
 * Makes an engine that divides each batch among threads of its own, each with a
 * copy of the network on the wasm backend. This thread only waits, so that it
 * stays responsive.
 *
 * The gradient is that of the whole batch, batch normalization and mining
 * included, and the same bits every time for one number of threads.
 *
 * @param program What each thread runs; tests have some that fail.
 * @throws {RangeError} From `step`, if the batch has fewer images than there are
 * threads.
 * @throws {Error} If a thread cannot be started or dies; the others end too.
 */
export async function createTeamEngine(
  { model, adam, ...how }: EngineOptions,
  size: number,
  program = new URL("./worker.ts", import.meta.url),
): Promise<Engine> {
  const placed = placeWeights(model, size);
  const memory = allocateShared({ size, ...measureWeights(placed) });
  const { counts, weights } = viewShared(memory);
  for (const weight of placed) putWeight(weights, weight);
  const topology = model.toJSON(null, false) as object;

  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    breakBarrier(counts);
  };
  const threads = Array.from({ length: size }, (_, rank) => {
    const names = placed.filter(({ owner, gradientStart }) =>
      owner === rank && gradientStart !== undefined
    ).map(({ name }) => name);
    const assignment = { rank, memory, topology, ...how };
    return startThread(
      program,
      adam ? { ...assignment, adam: sendAdam(adam, names) } : assignment,
      fail,
    );
  });
  const end = () => threads.forEach((thread) => thread.end());

  /** What all threads answer; if one fails, all end with its error. */
  const all = async <T>(answers: Promise<T>[]): Promise<T[]> => {
    const settled = await Promise.allSettled(answers);
    for (const outcome of settled) {
      // Those who only waited for it have nothing to say.
      if (
        outcome.status === "rejected" &&
        !(outcome.reason instanceof BrokenBarrier)
      ) {
        fail(outcome.reason);
      }
    }
    if (failure !== undefined) {
      end();
      throw failure;
    }
    return settled.map((outcome) =>
      (outcome as PromiseFulfilledResult<T>).value
    );
  };
  const ask = <R extends Request>(request: (thread: number) => R) => {
    if (failure !== undefined) throw failure;
    return all(threads.map((thread, i) => thread.ask(request(i))));
  };
  await all(threads.map(({ ready }) => ready));

  return {
    async step({ images, labels, seed }, learningRate) {
      const [count, ...shape] = images.shape;
      if (count < size) {
        throw new RangeError(
          `Cannot train on this batch: expected an image for each of ${size} workers, got ${count}`,
        );
      }
      checkImages(images);
      const pixels = images.dataSync() as Float32Array;
      const parts = divideBatch(count, size);
      const perImage = images.size / count;
      const [outcome] = await ask((i) => {
        const { start, end } = parts[i]!;
        return {
          kind: "step",
          pixels: pixels.slice(start * perImage, end * perImage).buffer,
          shape: [end - start, ...shape],
          labels: Array.from(labels),
          seed,
          learningRate,
        };
      });
      return outcome!;
    },
    sync() {
      for (const weight of placed) takeWeight(weights, weight);
    },
    async adam() {
      const answers = await ask(() => ({ kind: "adam" }));
      const states = answers.map(receiveAdam);
      return {
        steps: states[0]!.steps,
        means: Object.assign({}, ...states.map(({ means }) => means)),
      };
    },
    dispose: end,
  };
}
