import { fileURLToPath } from "node:url";
import { timed } from "../../../lib/experiment/bench/serve.ts";
import { capture } from "../../../lib/commands/system/process.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

Deno.test("timed() prepares once for the same arguments", async () => {
  const prepared: string[] = [];
  let runs = 0;
  const task = timed((...args) => {
    prepared.push(args.join(" "));
    return () => void runs++;
  });
  const { seconds } = await task("28", "120");
  // What is quick is repeated, and the answer is the time of one run.
  assert(seconds * runs > 0.69);
  await task("28", "120");
  await task("224", "16");
  assertEquals(prepared, ["28 120", "224 16"]);
});

Deno.test("timed() awaits what a run left in the background, and counts it", async () => {
  let shaders = 0;
  let finished = 0;
  const task = timed(() => () => void (shaders += 3), {
    launches: () => shaders,
    finish: async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      finished++;
    },
  });
  const start = performance.now();
  const { seconds, launches } = await task();
  const passed = (performance.now() - start) / 1000;
  assertEquals(launches, 3);
  // A first run that does not count, and those that make the mean.
  assertEquals(finished, 2);
  const runs = shaders / 3 - 1;
  assert(seconds * runs > 0.7 + 0.045, `${seconds * runs}`);
  assert(seconds * runs < passed - 0.045);
});

permittedTest(
  "answerRequests() answers by lines and refuses what it cannot do",
  [
    "run",
  ],
  async () => {
    const program = `
    import { answerRequests } from "${new URL(
      "../../../lib/experiment/bench/serve.ts",
      import.meta.url,
    )}";
    await answerRequests({ add: (a, b) => ({ sum: Number(a) + Number(b) }) });
  `;
    const ended = await capture(Deno.execPath(), [
      "run",
      "-q",
      "--ext=ts",
      toDataUrl(program),
    ], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      input: "add 1 2\nadd 20 22\nbrew\n",
      env: { NO_COLOR: "1" },
    });
    assertEquals(ended?.stdout, '{"sum":3}\n{"sum":42}\n');
    assert(
      ended?.stderr.includes('Cannot do "brew": expected one of add'),
      ended?.stderr,
    );
  },
);

const toDataUrl = (program: string) =>
  `data:application/typescript,${encodeURIComponent(program)}`;
