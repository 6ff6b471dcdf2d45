import {
  busyProcess,
  jaxJs,
  onnxruntimeWeb,
  ours,
  stock,
  type Subject,
} from "../../../../lib/commands/bench/subjects/subject.ts";
import { mostThreads } from "../../../../lib/backends/wasm/use_threads.ts";
import { noFlags } from "../../../../lib/backends/wasm/linking/tier.ts";
import {
  type Runner,
  startRunner,
} from "../../../../lib/experiment/bench/runner.ts";
import { linesOf } from "../../../../lib/experiment/bench/lines.ts";
import type { KernelProfile } from "../../../../lib/backends/engine/profile.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";

const plain = { tier: "plain", flags: noFlags } as const;

/** Starts a runner for a test. */
async function meet(
  { launch }: Subject,
  test: (runner: Runner) => Promise<void>,
): Promise<void> {
  const runner = startRunner(launch, new AbortController().signal);
  try {
    await test(runner);
  } finally {
    await runner.end();
  }
}

permittedTest(
  "ours trains, and its operations are those of NN2",
  ["run"],
  () =>
    meet(ours(plain, 1), async ({ ask }) => {
      const { seconds } = await ask<{ seconds: number }>("train 28 4");
      assert(seconds > 0);
      const { kernels } = await ask<KernelProfile>("operations 28 4");
      const flop = kernels.reduce((sum, kernel) => sum + kernel.flop, 0);
      // 109.8 million multiply-adds an image, once forward and twice backward.
      const expected = 4 * 3 * 2 * 109.8e6;
      assert(Math.abs(flop / expected - 1) < 0.03, `${flop} of ${expected}`);
      const { gflops } = await ask<{ gflops: number }>("peak");
      assert(gflops > 0);
      const { bytes } = await ask<{ bytes: number }>("memory 28 4");
      assert(bytes > 1e7);
    }),
);

permittedTest(
  "ours trains with all threads, and other people's way",
  ["run"],
  () =>
    meet(ours(plain, mostThreads()), async ({ ask }) => {
      for (const work of ["train 28 4", "infer 28 4", "train convnet 4"]) {
        const { seconds } = await ask<{ seconds: number }>(work);
        assert(seconds > 0, work);
      }
    }),
);

permittedTest("ours refuses to pass for a tier that it does not run", [
  "run",
], () =>
  meet(ours({ tier: "flags", flags: noFlags }, 1), async ({ ask }) => {
    await assertRejects(
      () => ask("train 28 4"),
      Error,
      'expected the kernels "flags", got "plain"',
    );
  }));

permittedTest(
  "tfjs embeds with each of its own backends",
  ["run"],
  async () => {
    for (const backend of ["cpu", "wasm"] as const) {
      await meet(stock(backend), async ({ ask }) => {
        const { seconds } = await ask<{ seconds: number }>("infer 28 1");
        assert(seconds > 0);
      });
    }
  },
);

permittedTest(
  "the busy process computes until its input ends",
  ["run"],
  async () => {
    const { program, args } = busyProcess;
    const options = { stdin: "piped", stdout: "piped" } as const;
    const process = new Deno.Command(program, { args, ...options }).spawn();
    const lines = linesOf(process.stdout);
    const requests = process.stdin.getWriter();
    await requests.write(new TextEncoder().encode("start\n"));
    assertEquals((await lines.next()).value, "{}");
    await requests.close();
    assertEquals((await process.status).success, true);
    await lines.return(undefined);
  },
);

Deno.test("packages that only peers need stay out of deno.lock", () => {
  for (const { launch } of [jaxJs(2), onnxruntimeWeb("nn2.onnx", 2)]) {
    assert(launch.args.includes("--no-lock"), launch.name);
  }
});
