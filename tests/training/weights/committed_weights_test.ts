/**
 * The weights that are kept in `data`. What they reach on all test images is
 * measured by `.ci/run`; here, that they can be read and are what they are called.
 */
import { join } from "node:path";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { projectFolder } from "../../../lib/commands/system/project.ts";
import { selectImages } from "../../../lib/digits/select_images.ts";
import { loadMnist } from "../../../lib/digits/mnist.ts";
import { evaluateCentroids } from "../../../lib/evaluation/classification/evaluate_centroids.ts";
import { networkEmbed } from "../../../lib/nn2/embed.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import type { Settings } from "../../../lib/training/settings/schema.ts";
import { loadNetwork } from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const testImages = 500;

for (const embeddingSize of [4, 128]) {
  const file = `nn2-${embeddingSize}d.safetensors`;
  permittedTest(
    `data/${file} knows the digits`,
    ["read", "write"],
    async () => {
      await useBackend("wasm");
      const path = join(projectFolder, "data", file);
      assert((await Deno.stat(path)).size < 15.5e6);
      const { model, settings } = await loadNetwork(path);
      assertEquals(settings.embeddingSize, embeddingSize);
      // Written when the setting was called rule.
      assertEquals((settings as Partial<Settings>).miner, "semi-hard");
      const { train, test } = await loadMnist();
      const first = Array.from({ length: testImages }, (_, i) => i);
      const report = await evaluateCentroids(networkEmbed(model), {
        train,
        test: selectImages(test, first),
      }, { imagesPerClass: 10, random: createRandom(1) });
      model.dispose();
      assert(report.accuracy > 0.985, `${report.accuracy}`);
    },
  );
}
