import { join } from "node:path";
import { assert, assertEquals } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { run } from "../run.ts";

const experiments = (...args: string[]) => run("experiments", ...args);

permittedTest("experiments lists names where one is unknown", [
  "run",
  "read",
], async () => {
  const { code, stderr } = await experiments("margin", "sizes");
  assertEquals(code, 2);
  assertEquals(
    stderr,
    "Cannot run experiment sizes: expected one of embedding-size, training-data, margin, mining, normalization, image-quality\nSee deno task experiments --help\n",
  );
});

permittedTest("experiments makes, lists and refuses", [
  "run",
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const out = join(folder, "new", "results");
    const small = ["--steps", "1", "--test-images", "60", "--seeds", "2"];
    const args = ["normalization", ...small, "--out", out];
    const before = await experiments("--list", ...args);
    assertEquals(before.code, 0, before.stderr);
    assertEquals(
      before.stdout,
      "normalization  Normalization: 3 of 3 runs missing\n",
    );
    assertEquals(namesIn(folder), []);

    const made = await experiments(...args);
    assertEquals(made.code, 0, made.stderr);
    const lines = made.stdout.trim().split("\n");
    assert(lines[0]!.startsWith("WebAssembly with SIMD and "), made.stdout);
    assert(
      lines.some((line) =>
        /^network 1 of 3 {2}normalization batch, seed 2: {2}accuracy [\d.]+ % {2}VAL [\d.]+ % {2}.* left$/
          .test(line)
      ),
      made.stdout,
    );
    assertEquals(namesIn(out), ["normalization.json"]);
    const path = join(out, "normalization.json");
    const text = await Deno.readTextFile(path);
    const { points, settings } = JSON.parse(text);
    assertEquals(
      points.map(({ value }: { value: string }) => value),
      ["batch", "none", "lrn"],
    );
    assertEquals([settings.steps, settings.testImages], [1, 60]);

    const after = await experiments(...args);
    assertEquals(
      after.stdout,
      "normalization  Normalization: all 3 runs are there\n",
    );
    const other = await experiments(...args, "--steps", "2");
    assertEquals([other.code, other.stdout], [1, ""]);
    assertEquals(
      other.stderr,
      "Cannot continue experiment normalization (deno task experiments --again begins it anew): expected steps 1, as its file has, got 2\n",
    );
    assertEquals(await Deno.readTextFile(path), text);
  }));

permittedTest("experiments fails before its work when it cannot write", [
  "run",
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "kept");
    const { code, stdout, stderr } = await experiments(
      "margin",
      ...["--out", join(file, "out")],
    );
    assertEquals([code, stdout], [1, ""]);
    assert(stderr.startsWith("Cannot"), stderr);
    assertEquals(namesIn(folder), ["file"]);
  }));
