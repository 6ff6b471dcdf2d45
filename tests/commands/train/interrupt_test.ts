import { farewell } from "../../../lib/commands/train/interrupt.ts";
import { assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const program = new URL("interrupted.ts", import.meta.url).href;
const wait = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends Ctrl-C after pauses; gives the exit code and what was said. */
async function interrupt(pauses: number[], ...args: string[]) {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", program, ...args],
    stdout: "piped",
  }).spawn();
  let said = "";
  const press = async () => {
    for (const pause of pauses) {
      await wait(pause);
      process.kill("SIGINT");
    }
  };
  let pressed: Promise<void> | undefined;
  const texts = process.stdout.pipeThrough(new TextDecoderStream());
  for await (const text of texts) {
    said += text;
    pressed ??= press();
  }
  await pressed;
  return { code: (await process.status).code, said: said.split("\n") };
}

permittedTest(
  "onInterrupt() takes two interrupts at once for one, and ends at the next",
  [
    "run",
    "read",
  ],
  async () => {
    const { code, said } = await interrupt([0, 20, 500]);
    assertEquals(code, 130);
    assertEquals(said, ["ready", "first", "aborted", ""]);
  },
);

permittedTest("onInterrupt() gives the interrupt back", [
  "run",
  "read",
], async () => {
  const { code, said } = await interrupt([0], "released");
  assertEquals([code, said], [130, ["ready", ""]]);
});

Deno.test("farewell() says how to go on", () => {
  assertEquals(
    farewell(3, "out/checkpoints/step-3.safetensors", "out"),
    "Stopped after step 3; the run is kept in out/checkpoints/step-3.safetensors.\n" +
      "Go on with: deno task train --resume",
  );
  assertEquals(
    farewell(3, "p", "it's here").split("\n")[1],
    String.raw`Go on with: deno task train --resume --out 'it'\''s here'`,
  );
  assertEquals(
    farewell(0, undefined, "a"),
    "Stopped after step 0; nothing is kept",
  );
});
