import * as tf from "@tensorflow/tfjs";
import type { KernelCall } from "../../backends/divided_batch.ts";
import { runKernel } from "../../backends/kernels.ts";
import { valuesInPlace } from "../../backends/wasm/in_place.ts";

/**
 * Where a thread lays an errand for another one: in shared memory, since each has
 * a memory of its own.
 */
export interface Tray {
  /** What has become of it, and the length of the text. */
  state: Int32Array<SharedArrayBuffer>;
  /** The call as JSON, in UTF-8. */
  text: Uint8Array<SharedArrayBuffer>;
  /** First the inputs, one after the other, then the outputs instead. */
  numbers: Float32Array<SharedArrayBuffer>;
}

/** The states of a tray. */
export const empty = 0, offered = 1, taken = 2, done = 3;

const stateBytes = 64;
const textBytes = 4096;
/** Errands with more numbers stay where they are; those of NN2 have less. */
const mostNumbers = 2 ** 23;

/** Allocates a tray; memory that is never written to costs nothing. */
export function allocateTray(): SharedArrayBuffer {
  return new SharedArrayBuffer(stateBytes + textBytes + 4 * mostNumbers);
}

export function viewTray(memory: SharedArrayBuffer): Tray {
  return {
    state: new Int32Array(memory, 0, stateBytes / 4),
    text: new Uint8Array(memory, stateBytes, textBytes),
    numbers: new Float32Array(memory, stateBytes + textBytes),
  };
}

/** A call as it lies in a tray: tensors are shapes. */
interface Note {
  kernel: string;
  inputs: Record<string, number[]>;
  attributes: Record<string, unknown>;
}

/** Lays a call and copies of its inputs into an empty tray, if there is room. */
export function layCall(
  { state, text, numbers }: Tray,
  { kernel, inputs, attributes, outputShapes }: KernelCall,
): boolean {
  const tensors = Object.values(inputs);
  const most = Math.max(
    sum(tensors.map(({ shape }) => sizeOf(shape))),
    sum(outputShapes.map(sizeOf)),
  );
  const shapes = Object.entries(inputs).map(([name, { shape }]) =>
    [name, shape] as const
  );
  const note: Note = {
    kernel,
    inputs: Object.fromEntries(shapes),
    attributes: { ...attributes },
  };
  const written = new TextEncoder().encode(JSON.stringify(note));
  if (most > numbers.length || written.length > text.length) return false;
  text.set(written);
  state[1] = written.length;
  layNumbers(numbers, tensors.map(valuesInPlace));
  return true;
}

/** Makes the call that lies in a tray, and lays its outputs there instead. */
export function makeCall({ state, text, numbers }: Tray): void {
  // A decoder refuses shared memory.
  const written = new TextDecoder().decode(text.slice(0, state[1]));
  const { kernel, inputs, attributes } = JSON.parse(written) as Note;
  tf.tidy(() => {
    let start = 0;
    const tensors = Object.entries(inputs).map(([name, shape]) => {
      const values = numbers.subarray(start, start += sizeOf(shape));
      return [name, tf.tensor(values, shape)] as const;
    });
    const outputs = runKernel(kernel, Object.fromEntries(tensors), attributes);
    layNumbers(numbers, outputs.map(valuesInPlace));
  });
}

/** The outputs that lie in a tray. */
export function takeOutputs(
  { numbers }: Tray,
  { outputShapes }: KernelCall,
): Float32Array[] {
  let start = 0;
  return outputShapes.map((shape) =>
    numbers.subarray(start, start += sizeOf(shape))
  );
}

function layNumbers(numbers: Float32Array, arrays: Float32Array[]): void {
  let start = 0;
  for (const array of arrays) {
    numbers.set(array, start);
    start += array.length;
  }
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
