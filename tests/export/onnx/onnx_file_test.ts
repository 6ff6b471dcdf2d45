/** What other libraries do otherwise, one node each. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { onnxFile } from "../../../lib/export/onnx/onnx_file.ts";
import { buildModel } from "../../../lib/nn2/build_model.ts";
import {
  createNode,
  type GraphNode,
  type NodeOperation,
} from "../../../lib/nn2/node.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { copyWeights } from "../../../lib/training/weights/stored_weights.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { farthest, runOnnx } from "./run_onnx.ts";

/** How far nodes in a row are from onnxruntime's, relative to the largest value. */
async function compare(
  operations: NodeOperation[],
  images: tf.Tensor,
): Promise<{ far: number; theirs: Float32Array }> {
  const shape = images.shape.slice(1);
  const input = { kind: "input", name: "images", inputs: [], shape } as const;
  const nodes: GraphNode[] = [input];
  for (const [i, operation] of operations.entries()) {
    nodes.push(createNode(`node${i}`, operation, [nodes.at(-1)!]));
  }
  const model = buildModel("few", nodes, createRandom(1));
  const weights = await copyWeights(model);
  const texts = { description: "", metadata: {} };
  const bytes = onnxFile({ nodes, weights }, texts, "float32");
  const ours = model.predict(images) as tf.Tensor;
  const theirs = await runOnnx(bytes, images as tf.Tensor4D);
  assertEquals(theirs.shape, ours.shape);
  const [most] = ours.abs().max().dataSync<"float32">();
  const far = farthest(theirs, ours);
  model.dispose();
  return { far: far && far / most!, theirs: theirs.dataSync<"float32">() };
}

function nodeTest(name: string, test: () => Promise<void>): void {
  permittedTest(
    name,
    ["read", "env", "sys"] as Deno.PermissionName[],
    async () => {
      await useBackend("wasm", { threads: 1 });
      tf.engine().startScope();
      await test();
      tf.engine().endScope();
    },
  );
}

const drawn = (shape: number[], low: number, high: number) =>
  tf.randomUniform(shape, low, high, "float32", 1);

nodeTest(
  "onnxFile() pads a convolution at stride 2 as TensorFlow does",
  async () => {
    // Sides where both ends, one end and none are padded.
    for (const shape of [[2, 8, 8, 3], [2, 7, 10, 3]]) {
      for (const size of [3, 5, 7]) {
        const operation = {
          kind: "convolution",
          size,
          stride: 2,
          filters: 4,
        } as const;
        const { far } = await compare([operation], drawn(shape, -1, 1));
        assert(far < 1e-6, `${shape}, ${size}: ${far}`);
      }
    }
  },
);

nodeTest(
  "onnxFile() pads a max pool with nothing, not with zeros",
  async () => {
    for (const stride of [1, 2]) {
      for (const side of [4, 5]) {
        const operation = { kind: "max pool", size: 3, stride } as const;
        const { far } = await compare(
          [operation],
          drawn([2, side, side, 3], -2, -1),
        );
        assertEquals(far, 0);
      }
    }
  },
);

nodeTest(
  "onnxFile() sums L2 pooling's squares, with its ε under the root",
  async () => {
    for (const stride of [1, 2]) {
      for (const side of [4, 5]) {
        const operation = { kind: "L2 pool", size: 3, stride } as const;
        const images = drawn([2, side, side, 3], -1, 1);
        const { far } = await compare([operation], images);
        assert(far < 1e-6, `${stride}, ${side}: ${far}`);
      }
    }
    const operation = { kind: "L2 pool", size: 3, stride: 1 } as const;
    const { theirs } = await compare([operation], tf.zeros([1, 3, 3, 1]));
    assert(
      theirs.every((value) => Math.abs(value - 1e-6) < 1e-12),
      `${theirs}`,
    );
  },
);

nodeTest(
  "onnxFile() has local response normalization's α for one channel",
  async () => {
    const operation = { kind: "local response normalization" } as const;
    const images = drawn([2, 3, 3, 7], 0, 200);
    const { far, theirs } = await compare([operation], images);
    assert(far < 1e-6, `${far}`);
    // It does something to values so large.
    assert(Math.max(...theirs) < 150);
  },
);

nodeTest(
  "onnxFile() divides a row by its length, and one of zeros by 1e-6",
  async () => {
    const operations = [{ kind: "average pool" }, {
      kind: "unit length",
    }] as const;
    const { far } = await compare([...operations], drawn([2, 3, 5, 4], 0, 1));
    assert(far < 1e-6, `${far}`);
    const dark = drawn([2, 1, 1, 4], 0, 1e-7);
    const { far: off, theirs } = await compare([...operations], dark);
    assert(off < 1e-6 && Math.max(...theirs) < 0.1, `${off}`);
    const { theirs: zeros } = await compare(
      [...operations],
      tf.zeros([1, 1, 1, 4]),
    );
    assertEquals([...zeros], [0, 0, 0, 0]);
  },
);
