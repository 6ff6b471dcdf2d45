import * as tf from "@tensorflow/tfjs";
import { withColleagues } from "../../backends/divided_batch.ts";
import {
  addInPlace,
  overwritable,
  valuesInPlace,
} from "../../backends/wasm/in_place.ts";
import { createRandom } from "../../random.ts";
import { createAdam, restoreAdam } from "../adam.ts";
import { readLoss } from "../check_batch.ts";
import { embeddingSpread } from "../collapse.ts";
import type { StepOutcome } from "../engine.ts";
import { lossAndGradients } from "../gradients.ts";
import { ruleLoss } from "../rule_loss.ts";
import { freezeAllBut } from "../trained_weights.ts";
import { come, waitForAll } from "./barrier.ts";
import { createGather } from "./gather.ts";
import { createHelp } from "./help.ts";
import {
  type Assignment,
  receiveAdam,
  sendAdam,
  type SentAdam,
  type StepRequest,
} from "./messages.ts";
import { divideBatch } from "./parts.ts";
import {
  type PlacedWeight,
  placeWeights,
  putWeight,
  takeWeight,
} from "./placed_weights.ts";
import { shareEmbeddings } from "./share_embeddings.ts";
import { viewShared } from "./shared.ts";

/** One thread of a team, with a network of its own. */
export interface Member {
  /** Its part of a step; the others must do theirs. */
  step(request: StepRequest): StepOutcome;
  /** The optimizer's state of the weights that it updates. */
  adam(): SentAdam;
}

/**
 * Makes a member of a team. All members hold the same weights before and after
 * every step; in a step each embeds its part of the batch, computes the loss of
 * all embeddings, and carries its part of the gradient back to the weights. The
 * sum over the members is the gradient of the whole batch, and is added up in
 * the order of their ranks, so that it is the same every time.
 */
export async function createMember(
  { rank, memory, topology, rule, margin, partSize, adam, trained: names }:
    Assignment,
): Promise<Member> {
  const model = await tf.models.modelFromJSON(
    topology as Parameters<typeof tf.models.modelFromJSON>[0],
  );
  freezeAllBut(model, names);
  const shared = viewShared(memory);
  const { size, counts, weights } = shared;
  const gradients = shared.gradients[rank]!;
  const othersGradients = shared.gradients.filter((_, other) => other !== rank);
  const gather = createGather(shared, rank);
  const others = { gather, doTogether: createHelp(shared, rank) };
  const meet = () => waitForAll(counts, come(counts, rank));
  const placed = placeWeights(model, size);
  for (const weight of placed) takeWeight(weights, weight);
  const trained = placed.filter((weight) => weight.gradientStart !== undefined);
  const owned = trained.filter(({ owner }) => owner === rank);
  const variables = Object.fromEntries(
    owned.map(({ name, variable }) => [name, variable]),
  );
  const optimizer = adam
    ? restoreAdam(variables, receiveAdam(adam))
    : createAdam(variables);

  /** The gradients of this part of the batch. */
  const differentiate = (request: StepRequest) => {
    const { pixels, shape, labels, seed } = request;
    const parts = divideBatch(labels.length, size);
    const images = tf.tensor4d(new Float32Array(pixels), shape);
    const held: tf.Tensor[] = [images];
    try {
      const { value, grads } = lossAndGradients({
        model,
        variables: trained.map(({ variable }) => variable),
        images,
        partSize,
        loss(embeddings) {
          const all = shareEmbeddings(embeddings, { gather, parts, rank });
          held.push(tf.keep(embeddingSpread(all)));
          const random = createRandom(seed);
          return ruleLoss(rule, all, labels, { margin, random });
        },
      });
      held.push(value);
      const [spread] = held[1]!.dataSync();
      const outcome: StepOutcome = { loss: readLoss(value), spread: spread! };
      return { outcome, grads };
    } finally {
      tf.dispose(held);
    }
  };

  /** Shows the others what they need of this part's gradients. */
  const giveGradients = (grads: tf.NamedTensorMap): void => {
    for (const { variable, gradientStart, owner } of trained) {
      if (owner === rank) continue;
      gradients.set(valuesInPlace(grads[variable.name]!), gradientStart);
    }
  };

  /** The sum over the parts: this one first, then the others by rank. */
  const summed = (
    own: tf.Tensor,
    { gradientStart }: PlacedWeight,
  ): tf.Tensor => {
    const sum = overwritable(own);
    const start = gradientStart!;
    for (const slot of othersGradients) {
      addInPlace(sum, slot.subarray(start, start + sum.size));
    }
    return sum;
  };

  const update = (grads: tf.NamedTensorMap, learningRate: number): void =>
    tf.tidy(() => {
      const sums = owned.map((weight) =>
        [weight.name, summed(grads[weight.variable.name]!, weight)] as const
      );
      optimizer.update(Object.fromEntries(sums), learningRate);
    });

  return {
    step(request) {
      const { outcome, grads } = withColleagues(
        others,
        () => differentiate(request),
      );
      giveGradients(grads);
      meet();
      update(grads, request.learningRate);
      tf.dispose(grads);
      for (const weight of placed) {
        if (weight.owner === rank) putWeight(weights, weight);
      }
      meet();
      for (const weight of trained) {
        if (weight.owner !== rank) takeWeight(weights, weight);
      }
      return outcome;
    },
    adam: () => sendAdam(optimizer.state()),
  };
}
