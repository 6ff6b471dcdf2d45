/** A data set's worth of images, embedded in batches. */
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { embedImages } from "../../../../lib/evaluation/embeddings/embed_images.ts";
import { networkEmbed } from "../../../../lib/nn2/embed.ts";
import { assertEquals } from "../../../assert.ts";
import { stripes } from "../../../training/digits.ts";
import { assertNear } from "../../against_cpu.ts";
import { deviceTest, heldBy, useWebGpu } from "../device.ts";
import { tinyNetwork } from "../tiny_network.ts";

deviceTest(
  "a device embeds 1,000 images as the cpu backend does, and keeps nothing",
  async () => {
    const digits = stripes(1000, 10, 1);
    const indices = Array.from({ length: digits.count }, (_, i) => i);
    const embed = async () => {
      const model = tinyNetwork();
      // The last batch is smaller.
      const embeddings = await embedImages(
        networkEmbed(model),
        digits,
        indices,
        {
          batchSize: 130,
        },
      );
      model.dispose();
      const { values, count, size } = embeddings;
      return [{
        type: { shape: [count, size], dtype: "float32" as const },
        data: values,
      }];
    };
    await useBackend("cpu");
    const expected = await embed();
    const backend = await useWebGpu();
    const held = heldBy(backend);
    assertNear(await embed(), expected, 1e-4);
    assertEquals(heldBy(backend), held);
  },
);
