import type { Precision } from "../../files/precision.ts";
import type { StoredTensor } from "../../files/safetensors.ts";
import { permuted } from "../../files/permute.ts";
import type { NetworkParts } from "../network/fold.ts";
import {
  batchProto,
  castToFloat32,
  graphProto,
  modelProto,
  type OnnxOperation,
  tensorProto,
} from "./model_proto.ts";
import { onnxOperations } from "./onnx_operations.ts";
import { encodeMessage, type Message } from "./protobuf.ts";

/** What stands in the file beside the graph. */
export interface OnnxTexts {
  description: string;
  /** By name, as `metadata_props`. */
  metadata: Readonly<Record<string, string>>;
}

/**
 * The bytes of an ONNX file with a list of nodes. Images are channels first there,
 * `[batch, channels, height, width]`, and so are all results; the last one is called
 * `embeddings`.
 *
 * @param precision That of filters and of the dense layer's matrix. As float16, each
 * is made float32 again when the file is loaded, and all arithmetic is float32.
 */
export function onnxFile(
  { nodes, weights }: NetworkParts,
  { description, metadata }: OnnxTexts,
  precision: Precision,
): Uint8Array<ArrayBuffer> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const operations: OnnxOperation[] = [];
  const tensors: Message[] = [];
  for (const [name, weight] of Object.entries(weights)) {
    const tensor = channelsFirst(weight);
    if (tensor.shape.length === 1 || precision === "float32") {
      tensors.push(tensorProto(name, tensor));
      continue;
    }
    const stored = `${name}_${precision}`;
    tensors.push(tensorProto(stored, tensor, precision));
    operations.push(castToFloat32(stored, name));
  }
  const [first, last] = [nodes[0]!, nodes.at(-1)!];
  for (const node of nodes.slice(1)) {
    const inputs = node.inputs.map((name) => byName.get(name)!);
    const part = onnxOperations(node, inputs);
    operations.push(...part.operations);
    for (const [name, value] of Object.entries(part.constants)) {
      const data = Float32Array.of(value);
      tensors.push(tensorProto(name, { shape: [], data }));
    }
  }
  operations.at(-1)!.output = "embeddings";
  const ends = [
    batchProto(first.name, planesFirst(first.shape as number[])),
    batchProto("embeddings", planesFirst(last.shape as number[])),
  ] as const;
  const graph = graphProto(operations, tensors, ends);
  return encodeMessage(modelProto(graph, description, metadata));
}

/** `[height, width, channels, filters]` → `[filters, channels, height, width]`. */
function channelsFirst(tensor: StoredTensor): StoredTensor {
  return tensor.shape.length === 4 ? permuted(tensor, [3, 2, 0, 1]) : tensor;
}

/** `[height, width, channels]` → `[channels, height, width]`. */
function planesFirst(shape: readonly number[]): number[] {
  return [...shape.slice(-1), ...shape.slice(0, -1)];
}
