import { join } from "node:path";
import { decodeSafetensors } from "../../lib/files/safetensors.ts";
import { assertEquals } from "../assert.ts";
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

commandTest("export writes a folder for TensorFlow.js", async (folder) => {
  const out = join(folder, "new");
  await Deno.mkdir(out);
  // Of an export that had more, and of someone else.
  const [old, kept] = ["weights-8of8.bin", "weights-of-mine.bin"];
  for (const name of [old, kept]) await Deno.writeTextFile(join(out, name), "");
  const args = ["--weights", weights, "--to", "tfjs", "--out", out];
  const { code, stdout, stderr } = await run(
    "export",
    ...args,
    ...["--precision", "float16", "--fold"],
  );
  assertEquals([code, stderr], [0, ""]);
  const shards = [1, 2, 3, 4].map((i) => `weights-${i}of4.bin`);
  const sizes = ["4.19", "4.19", "4.19", "2.08", "0.02", "0.00", "0.06"];
  assertEquals(
    stdout,
    [...shards, "nn2.js", "index.html", "model.json"]
      .map((name, i) => `wrote ${join(out, name)} (${sizes[i]} MB)\n`)
      .join("") + `removed ${join(out, old)}, of an earlier export\n`,
  );
  const names = ["index.html", "model.json", "nn2.js", ...shards, kept];
  assertEquals(namesIn(out), names);
  const { format } = JSON.parse(
    await Deno.readTextFile(join(out, "model.json")),
  );
  assertEquals(format, "layers-model");
});

commandTest(
  "export writes a run for torchrun, of the settings asked for",
  async (folder) => {
    const out = join(folder, "new");
    const args = ["--weights", weights, "--to", "torchrun", "--out", out];
    const changes = [
      ...["--steps", "3", "--images-per-class", "6", "--lr", "0.0003"],
    ];
    const { code, stdout, stderr } = await run("export", ...args, ...changes);
    assertEquals([code, stderr], [0, ""]);
    const names = [
      ...["nn2.safetensors", "batches.idx", "nn2.py", "mnist.py", "train.py"],
    ];
    const sizes = ["29.45", "0.00", "0.01", "0.00", "0.01"];
    const lines = names.map((name, i) =>
      `wrote ${join(out, name)} (${sizes[i]} MB)\n`
    );
    assertEquals(stdout, lines.join(""));
    assertEquals(namesIn(out), names.toSorted());
    // Three rows of 10 digits with 6 images each, whole numbers of 4 bytes.
    const batches = await Deno.readFile(join(out, "batches.idx"));
    assertEquals([...batches.subarray(0, 12)], [
      ...[0, 0, 12, 2, 0, 0, 0, 3, 0, 0, 0, 60],
    ]);
    assertEquals(batches.length, 12 + 4 * 3 * 60);
    const file = await Deno.readFile(join(out, "nn2.safetensors"));
    const { steps, learningRate, miner } = JSON.parse(
      decodeSafetensors(file).metadata.settings!,
    );
    assertEquals([steps, learningRate, miner], [3, 0.0003, "semi-hard"]);
  },
);

commandTest("export reads weights in PyTorch's names", async (folder) => {
  const out = join(folder, "pytorch");
  const first = ["--weights", weights, "--to", "pytorch", "--out", out];
  assertEquals((await run("export", ...first)).code, 0);
  const [again, direct] = ["again.onnx", "direct.onnx"]
    .map((name) => join(folder, name)) as [string, string];
  for (
    const [path, to] of [
      [join(out, "nn2.safetensors"), again],
      [weights, direct],
    ] as const
  ) {
    const args = ["--weights", path, "--to", "onnx", "--out", to];
    const { code, stderr } = await run("export", ...args);
    assertEquals([code, stderr], [0, ""]);
  }
  assertEquals(await Deno.readFile(again), await Deno.readFile(direct));
});
