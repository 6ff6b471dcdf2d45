import { join } from "node:path";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../lib/files/safetensors.ts";
import { assert, assertEquals } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { run } from "./run.ts";

const weights = "data/nn2-4d.safetensors";

const commandTest = (name: string, test: (folder: string) => Promise<void>) =>
  permittedTest(name, ["run", "read", "write"], () => inFolder(test));

commandTest(
  "export writes an ONNX file and says how large it is",
  async (folder) => {
    const out = join(folder, "new", "nn2.onnx");
    const { code, stdout, stderr } = await run(
      "export",
      ...["--weights", weights, "--to", "onnx", "--out", out],
      ...["--precision", "float16", "--fold"],
    );
    assertEquals([code, stderr], [0, ""]);
    assertEquals(stdout, `wrote ${out} (14.70 MB)\n`);
    assertEquals(namesIn(join(folder, "new")), ["nn2.onnx"]);
    // The version of the format.
    assertEquals([...(await Deno.readFile(out)).subarray(0, 2)], [8, 8]);
  },
);

commandTest("export writes a folder for PyTorch", async (folder) => {
  const out = join(folder, "new");
  const args = ["--weights", weights, "--to", "pytorch", "--out", out];
  const { code, stdout, stderr } = await run("export", ...args);
  assertEquals([code, stderr], [0, ""]);
  const [first, second] = ["nn2.safetensors", "nn2.py"]
    .map((name) => join(out, name));
  assertEquals(
    stdout,
    `wrote ${first} (29.45 MB)\nwrote ${second} (0.01 MB)\n`,
  );
  assertEquals(namesIn(out), ["nn2.py", "nn2.safetensors"]);
});

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
    const cases: [string[], number, string][] = [
      [["--to", "onnx"], 2, "Cannot export: expected --weights, got none"],
      [
        ["--weights", weights],
        2,
        "Cannot export: expected --to onnx or pytorch, got none",
      ],
      [
        ["--weights", weights, "--to", "caffe"],
        2,
        "Cannot read --to: expected one of onnx, pytorch, got caffe",
      ],
      [
        ["--weights", weights, "--to", "pytorch", "--fold"],
        2,
        "Cannot export: expected --to onnx with --fold, got pytorch",
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
    for (const [args, exit, message] of cases) {
      const { code, stderr } = await run("export", ...args);
      assert(stderr.includes(message), `${args}: ${stderr}`);
      assertEquals(code, exit, stderr);
    }
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
    const args = ["--weights", large, "--to", "pytorch"];
    const out = ["--precision", "float16", "--out", join(folder, "new")];
    const { code, stderr } = await run("export", ...args, ...out);
    assertEquals(code, 1, stderr);
    assert(stderr.includes("Cannot"), stderr);
    assertEquals(namesIn(folder), ["large.safetensors"]);
  },
);
