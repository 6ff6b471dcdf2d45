import {
  type Contender,
  ours,
  stock,
} from "../../../lib/commands/bench/contenders.ts";
import { noFlags } from "../../../lib/commands/v8_flags.ts";
import {
  type Contestant,
  startContestant,
} from "../../../lib/commands/bench/contestant.ts";
import type { Profile } from "../../../lib/commands/bench/profile.ts";
import { assert, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

/** Starts a contestant for a test. */
async function meet(
  { launch }: Contender,
  test: (contestant: Contestant) => Promise<void>,
): Promise<void> {
  const contestant = startContestant(launch, new AbortController().signal);
  try {
    await test(contestant);
  } finally {
    await contestant.end();
  }
}

permittedTest(
  "ours trains, and its operations are those of NN2",
  ["run"],
  () =>
    meet(ours("plain", noFlags), async ({ ask }) => {
      const { seconds } = await ask<{ seconds: number }>("train 28 4");
      assert(seconds > 0);
      const { kernels } = await ask<Profile>("operations 28 4");
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
  "ours trains in threads, and does each part of what they exchange",
  ["run", "read"],
  () =>
    meet(ours("plain", noFlags), async ({ ask }) => {
      for (
        const part of [
          "train 28 4 2",
          "adam 28",
          "give 28",
          "add 28",
          "take 28",
        ]
      ) {
        const { seconds } = await ask<{ seconds: number }>(part);
        assert(seconds > 0, part);
      }
    }),
);

permittedTest("ours refuses to pass for a tier that it does not run", [
  "run",
], () =>
  meet(ours("flags", noFlags), async ({ ask }) => {
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
