import { join } from "node:path";
import { projectFolder } from "../../lib/commands/system/project.ts";
import { assert, assertEquals } from "../assert.ts";
import { inFolder, namesIn } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { run } from "./run.ts";

permittedTest("train explains a mistake in its options and ends with 2", [
  "run",
  "read",
], async () => {
  const cases = [
    [["--stepz", "3"], "Cannot read --stepz: expected one of --preset"],
    [
      ["--steps", "0"],
      "Cannot read --steps: expected a whole number of 1 or more, got 0",
    ],
    [["--seconds", "0"], "Cannot read --seconds: expected a number above 0"],
    [["--epochs", "0"], "Cannot read --epochs: expected a number above 0"],
    [
      ["--checkpoint-steps", "0"],
      "Cannot read --checkpoint-steps: expected a whole number of 1 or more",
    ],
    [
      ["--leave-out", "7,7"],
      "Cannot read --leave-out: expected a list of at most 8, each once and a whole number from 0 to 9, got 7,7",
    ],
    [["--lr", "fast"], "Cannot read --lr: expected a number above 0"],
    [
      ["--preset", "slow"],
      "Cannot read --preset: expected one of quick, full, seed, got slow",
    ],
  ] as const;
  for (const [args, message] of cases) {
    const { code, stderr } = await run("train", ...args);
    assertEquals(code, 2, stderr);
    assert(stderr.startsWith(message), stderr);
  }
});

permittedTest(
  "train and evaluate know threads by two names, and refuse two numbers",
  [
    "run",
    "read",
  ],
  async () => {
    for (const command of ["train", "evaluate"] as const) {
      const { stdout } = await run(command, "--help");
      for (const name of ["--threads <number>", "--workers <number>"]) {
        assert(stdout.includes(name), stdout);
      }
      const numbers = ["--threads", "2", "--workers", "3"];
      const { code, stderr } = await run(command, ...numbers, "--weights", "w");
      assertEquals(code, 1);
      assertEquals(
        stderr,
        `Cannot ${command}: expected threads and workers, two names of one setting, to be the same, got 2 and 3\n`,
      );
    }
  },
);

permittedTest("train fails before its work when it cannot write", [
  "run",
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "kept");
    const { code, stderr } = await run("train", "--out", join(file, "out"));
    assertEquals(code, 1);
    assert(
      stderr.startsWith(`Cannot write to ${join(file, "out")}: expected`),
      stderr,
    );
    const json = await run("train", "--out", folder, "--json", folder);
    assertEquals(json.code, 1);
    assert(json.stderr.includes("expected the path of a file, got a folder"));
    const out = ["--out", join(folder, "out"), "--json"];
    for (
      const [args, message] of [
        [[...out, folder], "expected the path of a file, got a folder"],
        [
          [...out, join(folder, "out", "weights.safetensors")],
          "the weights of",
        ],
        [[...out, join(folder, "out", "checkpoints", "a")], "the checkpoints"],
        [[...out, file, "--weights", file], "got that of --weights"],
        [[...out, file, "--resume", file], "got that of --resume"],
      ] as const
    ) {
      const { code, stderr } = await run("train", ...args);
      assertEquals(code, 1);
      assert(stderr.includes(message), stderr);
    }
    assertEquals(namesIn(folder), ["file"]);
    assertEquals(await Deno.readTextFile(file), "kept");
  }));

permittedTest("train says before its work that there are not so many digits", [
  "run",
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const args = ["--classes-per-batch", "11", "--out", folder];
    const { code, stdout, stderr } = await run("train", ...args);
    assertEquals([code, stdout], [1, ""]);
    assertEquals(
      stderr,
      "Cannot make balanced batches: expected classesPerBatch of at most 10, the classes there are, got 11\n",
    );
    const leaving = ["--leave-out", "7,8", "--classes-per-batch", "9"];
    const left = await run("train", ...leaving, "--out", folder);
    assertEquals([left.code, left.stdout], [1, ""]);
    assertEquals(
      left.stderr,
      "Cannot make balanced batches: expected classesPerBatch of at most 8, the classes there are, got 9\n",
    );
    assertEquals(namesIn(folder), []);
  }));

/** Starts a run of small batches and interrupts it at its first step. */
async function interruptRun(out: string) {
  const size = ["--classes-per-batch", "2", "--images-per-class", "2"];
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "-P=train", "lib/commands/train.ts", "--out", out],
      ...[...size, "--embedding-size", "4", "--steps", "900"],
    ],
    cwd: projectFolder,
    stdout: "piped",
  }).spawn();
  let said = "";
  for await (
    const text of process.stdout.pipeThrough(new TextDecoderStream())
  ) {
    if (!said.includes("step 1 ") && `${said}${text}`.includes("step 1 ")) {
      process.kill("SIGINT");
    }
    said += text;
  }
  return { code: (await process.status).code, said };
}

permittedTest(
  "train ends with a checkpoint at Ctrl-C, and begins no other run there",
  [
    "run",
    "read",
    "write",
  ],
  () =>
    inFolder(async (out) => {
      const { code, said } = await interruptRun(out);
      assertEquals(code, 130, said);
      assert(said.startsWith("WebAssembly with SIMD and "), said);
      const [, step] = said.match(
        /Stopped after step (\d+); the run is kept in/,
      )!;
      assert(
        said.includes(`Go on with: deno task train --resume --out ${out}`),
      );
      assertEquals(namesIn(out), ["checkpoints"]);
      const folder = join(out, "checkpoints");
      assertEquals(namesIn(folder), [`step-${step}.safetensors`]);

      const path = join(folder, `step-${step}.safetensors`);
      const refuses = async (message: string, ...args: string[]) => {
        const { code, stderr } = await run("train", "--out", out, ...args);
        assertEquals(code, 1, stderr);
        assert(stderr.startsWith(message), stderr);
      };
      await refuses(`Cannot begin a run in ${folder}: expected none there`);
      await refuses(
        `Cannot resume ${path} with other settings than the run began with: expected learningRate 0.0015, got learningRate 0.1`,
        ...["--resume", "--lr", "0.1"],
      );
      await refuses(
        `Cannot resume: expected a checkpoint step-<number>.safetensors at ${out}, got none`,
        ...["--resume", out],
      );
      assertEquals(namesIn(folder), [`step-${step}.safetensors`]);
    }),
);
