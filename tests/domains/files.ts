import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { none, type Room, row } from "./row.ts";
import { folder, model } from "./run.ts";

/** Weights and safetensors. */
export const filesRoom: Room = {
  loadNetwork: none,
  loadWeights: none,
  saveWeights: row(
    api.saveWeights,
    () => [
      `${folder()}/w`,
      model(),
      {
        inputSize: 28,
        embeddingSize: 2,
        normalization: "none",
        binarize: true,
      },
      { precision: "float32" },
    ],
    {
      "2.inputSize": is.choice(28, 224),
      "2.embeddingSize": is.whole({ min: 1 }, { size: true }),
      "2.normalization": is.choice("none", "batch", "lrn"),
      "2.binarize": is.boolean,
      "3.precision": is.optional(is.choice("float32", "float16")),
    },
    { needs: ["read", "write"] },
  ),
  decodeSafetensors: none,
  encodeSafetensors: row(
    api.encodeSafetensors,
    () => [{
      tensors: { x: { shape: [1, 2], data: Float32Array.of(1, 2) } },
      metadata: {},
    }, "float32"],
    {
      "0.tensors.x.shape": is.list({ type: "integer", min: 0 }),
      "1": is.optional(is.choice("float32", "float16")),
    },
  ),
};
