import { join } from "node:path";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../lib/files/safetensors.ts";
import { assert, assertEquals } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { assertRefusals, type Refusal } from "./refusals.ts";
import { run } from "./run.ts";

const weights = "data/nn2-4d.safetensors";

const commandTest = (name: string, test: (folder: string) => Promise<void>) =>
  permittedTest(name, ["run", "read", "write"], () => inFolder(test));

commandTest(
  "export names what is wrong, and writes nothing then",
  async (folder) => {
    const out = join(folder, "nn2.onnx");
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "kept");
    const strange = join(folder, "strange.safetensors");
    const settings = JSON.stringify({
      inputSize: 28,
      embeddingSize: 4,
      normalization: "batch",
      binarize: false,
    });
    const tensors = { w: { shape: [1], data: Float32Array.of(1) } };
    const others = [
      [{}, "expected the network's settings in the metadata"],
      [{ settings }, "expected conv1/kernel as float32 [7,7,1,64], got none"],
      [
        { settings: settings.replace("28", "32") },
        "expected inputSize to be one of 28, 224, got 32",
      ],
    ] as const;
    for (const [metadata, message] of others) {
      const bytes = encodeSafetensors({ tensors, metadata: { ...metadata } });
      await Deno.writeFile(strange, bytes);
      const args = ["--weights", strange, "--to", "onnx", "--out", out];
      const { code, stderr } = await run("export", ...args);
      assert(stderr.includes(message), stderr);
      assertEquals(code, 1);
    }
    const before = namesIn(folder);
    const cases: Refusal[] = [
      [["--to", "onnx"], 2, "Cannot export: expected --weights, got none"],
      [
        ["--weights", weights],
        2,
        "Cannot export: expected --to onnx, pytorch, tfjs or torchrun, got none",
      ],
      [
        ["--weights", weights, "--to", "caffe"],
        2,
        "Cannot read --to: expected one of onnx, pytorch, tfjs, torchrun, got caffe",
      ],
      [
        ["--weights", weights, "--to", "pytorch", "--fold"],
        2,
        "Cannot export: expected --to onnx or tfjs with --fold, got pytorch",
      ],
      [
        ["--weights", weights, "--to", "onnx", "--images-per-class", "3"],
        2,
        "Cannot export: expected --to torchrun with --images-per-class, got onnx",
      ],
      [
        ["--weights", weights, "--to", "torchrun", "--miner", "batch-all"],
        2,
        "Cannot read --miner: expected",
      ],
      [
        ["--weights", weights, "--to", "torchrun", "--classes-per-batch", "11"],
        1,
        "expected classesPerBatch of at most 10, the classes there are, got 11",
      ],
      [
        ["--weights", file, "--to", "onnx", "--out", out],
        1,
        `Cannot read ${file}: expected at least 8 bytes, got 4`,
      ],
      [
        ["--weights", join(folder, "none"), "--to", "onnx", "--out", out],
        1,
        "Cannot load weights: expected a safetensors file at",
      ],
      [
        ["--weights", weights, "--to", "onnx", "--out", folder],
        1,
        "expected the path of a file, got a folder",
      ],
      [
        ["--weights", weights, "--to", "onnx", "--out", join(file, "a.onnx")],
        1,
        `Cannot write to ${file}: expected`,
      ],
      [
        ["--weights", weights, "--to", "tfjs", "--out", file],
        1,
        `Cannot write to ${file}: expected`,
      ],
      [
        ["--weights", strange, "--to", "tfjs", "--out", join(folder, "new")],
        1,
        `Cannot load weights from ${strange}: expected inputSize`,
      ],
      [
        ["--weights", strange, "--to", "onnx", "--out", strange],
        1,
        `Cannot load weights from ${strange}: expected inputSize`,
      ],
      [
        ["--weights", weights, "--to", "onnx", "--out", weights],
        1,
        "expected a place of its own, got that of --weights",
      ],
    ];
    await assertRefusals("export", cases);
    assertEquals(namesIn(folder), before);
    assertEquals(await Deno.readTextFile(file), "kept");
  },
);

commandTest(
  "export leaves no folder where weights do not fit",
  async (folder) => {
    const file = decodeSafetensors(await Deno.readFile(weights));
    file.tensors["embedding/kernel"]!.data[0] = 1e6;
    const large = join(folder, "large.safetensors");
    await Deno.writeFile(large, encodeSafetensors(file));
    for (const target of ["pytorch", "tfjs"]) {
      const args = ["--weights", large, "--to", target];
      const out = ["--precision", "float16", "--out", join(folder, "new")];
      const { code, stderr } = await run("export", ...args, ...out);
      assertEquals(code, 1, stderr);
      assert(stderr.includes("Cannot"), stderr);
      assertEquals(namesIn(folder), ["large.safetensors"]);
    }
  },
);
