import { join } from "node:path";
import { capture } from "../../../lib/commands/system/process.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { readCheckpoint } from "../../../lib/training/checkpoint/checkpoint_folder.ts";
import { resumableSteps } from "../../../lib/training/run/resumable_steps.ts";
import { resolveSettings } from "../../../lib/training/settings/settings.ts";
import { assert, assertEquals } from "../../assert.ts";
import { inFolder, namesIn } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

/** Runs a test on a disk of 1 MiB, or says why it cannot. */
async function onSmallDisk(test: (disk: string) => Promise<void>) {
  await inFolder(async (disk) => {
    const mount = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk];
    const mounted = await capture("mount", mount);
    if (mounted?.code !== 0) {
      const reason = mounted?.stderr.trim() ?? "there is no mount command";
      console.warn(`not tested: no small disk can be mounted: ${reason}`);
      return;
    }
    try {
      await test(disk);
    } finally {
      await capture("umount", [disk]);
    }
  });
}

/** Fills what room there is. */
async function fill(path: string): Promise<void> {
  const file = await Deno.open(path, { write: true, create: true });
  try {
    while (true) await file.write(new Uint8Array(4096));
  } catch {
    // Full.
  } finally {
    file.close();
  }
}

permittedTest(
  "resumableSteps() goes on while the disk is full, and keeps what it kept",
  ["read", "write", "run"],
  () =>
    onSmallDisk(async (disk) => {
      await useBackend("cpu");
      const folder = join(disk, "run");
      const settings = resolveSettings("quick", {
        classesPerBatch: 2,
        imagesPerClass: 3,
        steps: 6,
      });
      const warnings: string[] = [];
      const model = smallNetwork({ units: 300 });
      const kept: number[] = [];
      const run = resumableSteps(
        model,
        stripes(22, 2, 1),
        settings,
        createRandom(1),
        {
          folder,
          everySteps: 1,
          on: { warning: (message) => void warnings.push(message) },
        },
      );
      for await (const { step } of run) {
        if (step === 3) await fill(join(disk, "other"));
        if (step === 5) {
          const { checkpoint, damaged } = await readCheckpoint(folder);
          kept.push(checkpoint.steps.length, damaged.length);
          assertEquals(namesIn(folder), [
            "step-1.safetensors",
            "step-2.safetensors",
          ]);
          await Deno.remove(join(disk, "other"));
        }
      }
      model.dispose();
      assertEquals(kept, [2, 0]);
      assertEquals(warnings.length, 2);
      assert(
        warnings[0]!.startsWith(
          `Cannot write a checkpoint of step 3: expected room and leave to write in ${folder}, got "No space left on device`,
        ),
        warnings[0],
      );
      const path = join(folder, "step-2.safetensors");
      assert(warnings[0]!.endsWith(`The last one is ${path}`), warnings[0]);
      assertEquals(namesIn(folder), [
        "step-5.safetensors",
        "step-6.safetensors",
      ]);
    }),
);
