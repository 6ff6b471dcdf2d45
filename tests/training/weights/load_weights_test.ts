/** `loadWeights()` takes the tensors of its network and no others. */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import {
  encodeSafetensors,
  type StoredTensor,
} from "../../../lib/files/safetensors.ts";
import { copyWeights } from "../../../lib/training/weights/stored_weights.ts";
import { loadWeights } from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { smallNetwork } from "../small_network.ts";

type Tensors = Record<string, StoredTensor>;

const encoded = (tensors: Tensors) =>
  encodeSafetensors({ tensors, metadata: {} });

/** A file in whose header one text of a like length stands for another. */
function rewritten(tensors: Tensors, from: RegExp, to: string): Uint8Array {
  const bytes = encoded(tensors);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const changed = header.trimEnd().replace(from, to).padEnd(length);
  assert(changed.length === length && changed !== header);
  bytes.set(new TextEncoder().encode(changed), 8);
  return bytes;
}

/** The hidden layer's kernel with another shape. */
function shaped(tensors: Tensors, shape: number[]): Uint8Array {
  const { data } = tensors["hidden/kernel"]!;
  return encoded({ ...tensors, "hidden/kernel": { shape, data } });
}

/** The hidden layer's bias under another name. */
function named(tensors: Tensors, name: string): Uint8Array {
  const { "hidden/bias": bias, ...others } = tensors;
  return encoded({ ...others, [name]: bias! });
}

const cases: Record<string, (tensors: Tensors) => Uint8Array> = {
  "a kernel transposed": (all) => shaped(all, [16, 49]),
  "a kernel as a vector": (all) => shaped(all, [784]),
  "a kernel of a side more": (all) => shaped(all, [49, 16, 1]),
  "a kernel of other sides": (all) => shaped(all, [7, 112]),
  "a tensor too few": ({ "norm/gamma": _, ...others }) => encoded(others),
  "a tensor too many": (all) =>
    encoded({ ...all, "hidden/bias_1": all["hidden/bias"]! }),
  "a name in capitals": (all) => named(all, "hidden/BIAS"),
  "a name with a space": (all) => named(all, "hidden/bias "),
  "a name with a mark of byte order": (all) => named(all, "\ufeffhidden/bias"),
  "a name composed in another way": (all) =>
    named(all, "hidden/bi\u0061\u0301s"),
  "no tensor": () => encoded({}),
  "the bytes of another tensor": (all) => {
    const ranges =
      /("norm\/gamma":.*?)(\[\d+,\d+\]\})(.*"norm\/beta":.*?)(\[\d+,\d+\]\})/;
    return rewritten(all, ranges, "$1$4$3$4");
  },
  "values of another type": (all) => rewritten(all, /F32/, "I32"),
};

permittedTest("loadWeights() takes no tensor for another", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const path = join(folder, "weights.safetensors");
    await useBackend("cpu");
    const [from, model] = [smallNetwork({ seed: 2 }), smallNetwork()];
    const before = await copyWeights(model);
    const held = tf.memory().numTensors;
    for (const [name, bytesOf] of Object.entries(cases)) {
      await Deno.writeFile(path, bytesOf(await copyWeights(from)));
      const error = await assertRejects(() => loadWeights(path, model), Error);
      assert(error.message.includes(path), `${name}: ${error.message}`);
      assert(error.message.includes("expected"), `${name}: ${error.message}`);
    }
    assertEquals(await copyWeights(model), before);
    assertEquals(tf.memory().numTensors, held);
    await Deno.writeFile(path, encoded(await copyWeights(from)));
    await loadWeights(path, model);
    assertEquals(await copyWeights(model), await copyWeights(from));
    for (const each of [from, model]) each.dispose();
  }));
