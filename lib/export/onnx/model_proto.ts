/**
 * Parts of an ONNX model as messages. The numbers of their fields are those of
 * `onnx/onnx.proto` in github.com/onnx/onnx.
 *
 * @module
 */
import type { StoredTensor } from "../../files/safetensors.ts";
import { type Precision, toBytes } from "../../files/precision.ts";
import type { Message } from "./protobuf.ts";

/** What an operation is told besides its inputs: whole numbers, or a real one. */
export type OnnxAttribute = number | readonly number[] | { float: number };

/** An operation of the graph. */
export interface OnnxOperation {
  type: string;
  inputs: readonly string[];
  /** The name of its result, and its own. */
  output: string;
  attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** The operations' dialect: ONNX 1.12, which onnxruntime 1.12 (2022) reads. */
export const opset = 17;

/** The version of the file's format that belongs to that opset. */
const irVersion = 8;

const dataTypes = { float32: 1, float16: 10 };
const attributeTypes = { float: 1, int: 2, ints: 7 };

/** A whole file. */
export function modelProto(
  graph: Message,
  description: string,
  metadata: Readonly<Record<string, string>>,
): Message {
  const entries = Object.entries(metadata);
  return [
    [1, irVersion],
    [2, "@facenet/mnist"],
    [6, description],
    [7, graph],
    [8, [[1, ""], [2, opset]]],
    ...entries.map(([name, text]) => [14, [[1, name], [2, text]]] as const),
  ];
}

/** A graph with one input and one output, whose first side is the batch. */
export function graphProto(
  operations: readonly OnnxOperation[],
  tensors: readonly Message[],
  [input, output]: readonly [Message, Message],
): Message {
  return [
    ...operations.map((operation) => [1, nodeProto(operation)] as const),
    [2, "NN2"],
    ...tensors.map((tensor) => [5, tensor] as const),
    [11, input],
    [12, output],
  ];
}

function nodeProto(
  { type, inputs, output, attributes = {} }: OnnxOperation,
): Message {
  return [
    ...inputs.map((input) => [1, input] as const),
    [2, output],
    [3, output],
    [4, type],
    ...Object.entries(attributes).map(([name, value]) =>
      [5, attributeProto(name, value)] as const
    ),
  ];
}

function attributeProto(name: string, value: OnnxAttribute): Message {
  if (typeof value === "number") {
    return [[1, name], [3, value], [20, attributeTypes.int]];
  }
  if ("float" in value) {
    return [[1, name], [2, value], [20, attributeTypes.float]];
  }
  const ints = value.map((each) => [8, each] as const);
  return [[1, name], ...ints, [20, attributeTypes.ints]];
}

/** What makes float32 of a tensor. */
export function castToFloat32(input: string, output: string): OnnxOperation {
  const attributes = { to: dataTypes.float32 };
  return { type: "Cast", inputs: [input], output, attributes };
}

/** A tensor that the file holds. */
export function tensorProto(
  name: string,
  { shape, data }: StoredTensor,
  precision: Precision = "float32",
): Message {
  return [
    ...shape.map((side) => [1, side] as const),
    [2, dataTypes[precision]],
    [8, name],
    [9, toBytes(data, precision, name)],
  ];
}

/** What goes in or comes out: float32, of any number of items. */
export function batchProto(name: string, shape: readonly number[]): Message {
  const sides = [
    [1, [[2, "batch"]]],
    ...shape.map((side) => [1, [[1, side]]] as const),
  ] as const;
  return [[1, name], [2, [[1, [[1, dataTypes.float32], [2, sides]]]]]];
}
