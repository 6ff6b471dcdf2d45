import { join } from "node:path";
import { createRandom } from "../../../lib/numeric/random.ts";
import { readCheckpoint } from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import { assert, assertEquals } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { bitsOf } from "../bits.ts";
import { trainKilled } from "./killed_run.ts";

const kills = 24;
const steps = 60;

/** Starts or continues the run in a process of its own. */
function start(folder: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", "-A"],
      new URL("killed_run.ts", import.meta.url).href,
      ...[folder, String(steps)],
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

const half = (name: string) => name.endsWith(".tmp");

/** Waits, without giving way, until a checkpoint is being written. */
function awaitWriting(folder: string): void {
  const before = new Set(namesIn(folder));
  const end = performance.now() + 1000;
  while (performance.now() < end) {
    if (namesIn(folder).some((name) => half(name) && !before.has(name))) return;
  }
}

permittedTest(
  `a run killed ${kills} times at random moments ends as if it had never been`,
  ["read", "write", "run"],
  () =>
    inFolder(async (parent) => {
      const [whole, folder] = [join(parent, "whole"), join(parent, "killed")];
      await Deno.mkdir(folder);
      const random = createRandom(1);
      let halves = 0;
      const kept: number[] = [];
      for (let kill = 0; kill < kills; kill++) {
        const process = start(folder);
        const output = process.stdout.getReader();
        await output.read();
        // Each eighth at its beginning; of the others, half while it writes.
        if (kill % 8 !== 7) await output.read();
        const writing = kill % 2 === 0;
        if (writing) awaitWriting(folder);
        const delay = random.integer(writing ? 3 : 40);
        if (delay > 0) await new Promise((go) => setTimeout(go, delay));
        process.kill("SIGKILL");
        await process.status;
        await output.cancel();
        const left = namesIn(folder).filter(half);
        halves += left.length;
        for (const name of left) await Deno.remove(join(folder, name));
        const found = await readCheckpoint(folder).catch(() => undefined);
        assertEquals(found?.damaged ?? [], []);
        kept.push(found?.checkpoint.steps.length ?? 0);
      }
      assert(halves > 0, "expected a kill while a checkpoint was written");
      assert(kept.at(-1)! < steps, `expected kills within the run, at ${kept}`);
      kept.reduce((a, b) => (assert(a <= b, `lost steps: ${kept}`), b));

      const last = start(folder);
      await last.stdout.cancel();
      assertEquals((await last.status).code, 0);
      await trainKilled(whole, steps, () => {});
      const [a, b] = [
        await readCheckpoint(whole),
        await readCheckpoint(folder),
      ];
      assertEquals(b.checkpoint.steps.length, steps);
      assertEquals(bitsOf(b.checkpoint), bitsOf(a.checkpoint));
    }),
);
