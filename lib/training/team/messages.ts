/**
 * What threads send each other.
 *
 * @module
 */
import type { AdamState } from "../adam.ts";
import type { EngineOptions } from "../engine.ts";
import type { SharedMemory } from "./shared.ts";

/** What a thread of a team is told at its start. */
export interface Assignment extends Omit<EngineOptions, "model" | "adam"> {
  /** Which thread of the team it is, from 0. */
  rank: number;
  memory: SharedMemory;
  /** The network, as `LayersModel.toJSON` describes it. */
  topology: object;
  /** The names of the weights that training changes. */
  trained: string[];
  adam?: SentAdam | undefined;
}

/** Its part of a batch to train on. */
export interface StepRequest {
  /** The pixels of its images, float32, and their `[part, size, size, channels]`. */
  pixels: ArrayBuffer;
  shape: [number, number, number, number];
  /** The class of each image of the whole batch. */
  labels: number[];
  /** Seeds what a rule draws. */
  seed: number;
  learningRate: number;
}

/** The state of an optimizer: as in {@linkcode AdamState}, float32. */
export interface SentAdam {
  steps: number;
  means: Record<string, { gradient: ArrayBuffer; square: ArrayBuffer }>;
}

/** The state of an optimizer to be sent, of some weights alone. */
export function sendAdam(
  { steps, means }: AdamState,
  names = Object.keys(means),
): SentAdam {
  const memoryOf = (values: Float32Array) => values.slice().buffer;
  return {
    steps,
    means: Object.fromEntries(names.map((name) => {
      const { gradient, square } = means[name]!;
      return [name, { gradient: memoryOf(gradient), square: memoryOf(square) }];
    })),
  };
}

/** The state of an optimizer that was sent. */
export function receiveAdam({ steps, means }: SentAdam): AdamState {
  return {
    steps,
    means: Object.fromEntries(
      Object.entries(means).map(([name, { gradient, square }]) => [name, {
        gradient: new Float32Array(gradient),
        square: new Float32Array(square),
      }]),
    ),
  };
}
