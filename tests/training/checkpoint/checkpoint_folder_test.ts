import { join } from "node:path";
import { encodeCheckpoint } from "../../../lib/training/checkpoint/checkpoint.ts";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { checkpointOf, relabelled } from "./checkpoints.ts";

const nameOf = (step: number) => `step-${step}.safetensors`;

/** Damages a file in its midst. */
async function damage(path: string): Promise<void> {
  const bytes = await Deno.readFile(path);
  bytes[bytes.length >> 1]! ^= 4;
  await Deno.writeFile(path, bytes);
}

permittedTest("writeCheckpoint() keeps the run's last two", [
  "read",
  "write",
], () =>
  inFolder(async (parent) => {
    const folder = join(parent, "a", "b");
    let paths: string[] = [];
    for (const step of [8, 9, 10, 100]) {
      paths = await writeCheckpoint(folder, checkpointOf(step), paths);
    }
    assertEquals(namesIn(folder), [nameOf(10), nameOf(100)]);
    assertEquals(paths, [100, 10].map((step) => join(folder, nameOf(step))));
    // The same step again does not cost the one before it.
    paths = await writeCheckpoint(folder, checkpointOf(100), paths);
    assertEquals(namesIn(folder), [nameOf(10), nameOf(100)]);
    const { path, checkpoint } = await readCheckpoint(folder);
    assertEquals([path, checkpoint.steps.length], [paths[0], 100]);
    assertEquals((await readCheckpoint(paths[1]!)).checkpoint.steps.length, 10);
  }));

permittedTest(
  "writeCheckpoint() removes another run's before its first, and nothing else",
  [
    "read",
    "write",
  ],
  () =>
    inFolder(async (folder) => {
      await writeCheckpoint(folder, checkpointOf(150), []);
      const others = ["notes.txt", "step-1.txt", "step-x.safetensors"];
      for (const name of others) {
        await Deno.writeTextFile(join(folder, name), "");
      }
      await writeCheckpoint(folder, checkpointOf(3), []);
      assertEquals(namesIn(folder), [...others, nameOf(3)].toSorted());
    }),
);

permittedTest(
  "readCheckpoint() names what is damaged and takes the one before",
  [
    "read",
    "write",
  ],
  () =>
    inFolder(async (folder) => {
      const paths = await writeCheckpoint(folder, checkpointOf(1), []);
      const [newer, older] = await writeCheckpoint(
        folder,
        checkpointOf(2),
        paths,
      );
      await damage(newer!);
      const found = await readCheckpoint(folder);
      assertEquals([found.path, found.paths], [older!, [older!]]);
      assertEquals(found.damaged.length, 1);
      assertEquals(
        found.damaged[0]!.startsWith(`Cannot read ${newer}: `),
        true,
      );
      await assertRejects(() => readCheckpoint(newer!), SyntaxError, newer);

      // What is damaged goes when the run has a new one.
      await writeCheckpoint(folder, checkpointOf(3), found.paths);
      assertEquals(namesIn(folder), [nameOf(1), nameOf(3)]);

      await damage(older!);
      await damage(join(folder, nameOf(3)));
      const error = await assertRejects(
        () => readCheckpoint(folder),
        SyntaxError,
        nameOf(3),
      );
      assertEquals(error.message.includes(older!), true);
    }),
);

permittedTest(
  "readCheckpoint() goes round no newer format",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      await writeCheckpoint(folder, checkpointOf(1), []);
      const newer = relabelled(encodeCheckpoint(checkpointOf(2)), {
        version: "3",
      });
      await Deno.writeFile(join(folder, nameOf(2)), newer);
      await assertRejects(
        () => readCheckpoint(folder),
        RangeError,
        `Cannot read ${
          join(folder, nameOf(2))
        }: expected a checkpoint of format 2`,
      );
    }),
);

permittedTest(
  "readCheckpoint() says what it looked for",
  ["read", "write"],
  () =>
    inFolder(async (folder) => {
      for (const path of [folder, join(folder, "none")]) {
        await assertRejects(
          () => readCheckpoint(path),
          Deno.errors.NotFound,
          `Cannot resume: expected a checkpoint step-<number>.safetensors at ${path}, got none`,
        );
      }
    }),
);
