import { measureSuite } from "../../../../lib/commands/bench/suites/measure_suite.ts";
import type { Case } from "../../../../lib/commands/bench/suites/case.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";
import { fakeCase, fakeLaunch } from "../../../experiment/bench/fakes.ts";

const never = new AbortController().signal;

function measure(cases: Case[], rounds: number, said: string[] = []) {
  const suite = { name: "train-28", cases } as const;
  return measureSuite(suite, rounds, (line) => said.push(line), never);
}

permittedTest(
  "measureSuite() measures in rounds, after one that does not count",
  [
    "run",
  ],
  async () => {
    const said: string[] = [];
    const measured = await measure(
      [
        fakeCase(fakeLaunch("fast", { seconds: 1 })),
        fakeCase(fakeLaunch("slow", { seconds: 10 })),
      ],
      3,
      said,
    );
    // The fake claims more seconds at each request: 1 in the warm-up, then 2, 3, 4
    // in the first round, until 10 in the last one. A case whose run takes long
    // has one turn a round.
    const mean = (...seconds: number[]) =>
      seconds.reduce((sum, each) => sum + each / 120, 0) / seconds.length;
    assertEquals(
      measured.map((one) => "speeds" in one && one.speeds),
      [
        [mean(2, 3, 4), mean(5), mean(6)],
        [mean(20), mean(30), mean(40)],
      ].map((means) => means.map((seconds) => 1 / seconds)),
    );
    assertEquals(said, [
      "train-28: warm-up",
      "train-28: round 1 of 3",
      "train-28: round 2 of 3",
      "train-28: round 3 of 3",
    ]);
  },
);

permittedTest("measureSuite() goes through the cases there and back", [
  "run",
], async () => {
  const launch = fakeLaunch("one", { seconds: 0.125 });
  const measured = await measure([fakeCase(launch), fakeCase(launch)], 1);
  // Both ask the same process; after the warm-up, its third request is the first.
  const turns = [[3, 6, 7], [4, 5, 8]];
  assertEquals(
    measured.map((one) => "speeds" in one && Math.round(one.speeds[0]!)),
    turns.map(([a, b, c]) => Math.round(3 * 120 / (0.125 * (a! + b! + c!)))),
  );
});

permittedTest("measureSuite() adds up processes that work at once", [
  "run",
], async () => {
  const launch = fakeLaunch("one", { seconds: 10 });
  const [single, double] = await measure(
    [fakeCase(launch), fakeCase(launch, { processes: 2 })],
    1,
  );
  // The first process has been asked for both cases, the second for one.
  assert(single && "speeds" in single && double && "speeds" in double);
  assertEquals(single.speeds, [4]);
  assertEquals(double.speeds, [3 + 6]);
});

permittedTest("measureSuite() goes on without a subject that dies", [
  "run",
], async () => {
  const said: string[] = [];
  const [dead, alive] = await measure(
    [
      fakeCase(fakeLaunch("weak", { failsAt: 3 })),
      fakeCase(fakeLaunch("strong")),
    ],
    3,
    said,
  );
  assert(dead && "failure" in dead);
  assertEquals(
    dead.failure,
    'weak ended with code 1 at "train 28 120": RangeError: out of memory',
  );
  assert(alive && "speeds" in alive);
  assertEquals(alive.speeds.length, 3);
  assertEquals(said.filter((line) => line.includes("weak")).length, 1);
});

permittedTest("measureSuite() measures once what takes too long", [
  "run",
], async () => {
  const slow = fakeLaunch("slow", { seconds: 10 });
  const [once, often] = await measure(
    [
      fakeCase(slow, {}, { mostRounds: 1 }),
      fakeCase(fakeLaunch("fast", { seconds: 1 })),
    ],
    2,
  );
  assert(once && "speeds" in once && often && "speeds" in often);
  // After the warm-up's 10 seconds.
  assertEquals(once.speeds, [120 / 20]);
  assertEquals(often.speeds.length, 2);
});
