import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { openNetwork } from "../../../../lib/commands/page/app/open_network.ts";
import { recognize } from "../../../../lib/commands/page/app/recognize.ts";
import { unpack } from "../../../../lib/commands/page/format/packed.ts";
import { pageContents } from "../../../../lib/commands/page/make/page_contents.ts";
import { pageHtml } from "../../../../lib/commands/page/make/page_html.ts";
import { loadMnist } from "../../../../lib/digits/mnist.ts";
import { projectPath } from "../../../../lib/files/paths.ts";
import { imagesToTensor } from "../../../../lib/digits/images.ts";
import { loadNetwork } from "../../../../lib/training/weights/weights.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";
import { randomNetwork } from "../../../export/networks.ts";
import { permittedTest } from "../../../permitted.ts";

// 20 is the fewest that a threshold can be chosen by.
const perDigit = 20;

for (
  const [precision, most, megabytes] of [
    ["float16", 1e-3, 18.7],
    // The largest value of a filter decides how the others are rounded.
    ["int8", 2e-2, 9.9],
  ] as const
) {
  permittedTest(
    `pageContents() with ${precision} embeds as the network does, and is the same each time`,
    ["read", "env", "sys"],
    async () => {
      await useBackend("wasm", { threads: 1 });
      const network = await loadNetwork(
        projectPath("data/nn2-128d.safetensors"),
      );
      const mnist = await loadMnist();
      const options = { name: "nn2-128d", precision, mnist, perDigit };
      const before = tf.memory().numTensors;
      const { facts, bytes } = await pageContents(network, options);
      assertEquals(tf.memory().numTensors, before);
      assert(facts.accuracy >= 0.98, `${facts.accuracy}`);
      assertEquals([facts.tested, facts.labels.length], [200, 200]);
      assert(0 < facts.accept && facts.accept <= facts.refuse);
      const html = pageHtml({ facts, bytes, program: "" });
      assert(html.length < megabytes * 1e6, `${html.length} bytes`);
      if (precision === "int8") {
        const again = await pageContents(network, options);
        assertEquals(again.facts, facts);
        assertEquals(pageHtml({ ...again, program: "" }), html);
      }

      const page = await openNetwork(facts, unpack(facts.tensors, bytes));
      for (const i of [0, 1, 2, 3, 4, 5]) {
        const images = imagesToTensor(mnist.test, [i]);
        const own = network.model.predict(images) as tf.Tensor;
        const expected = own.dataSync();
        const image = mnist.test.images.subarray(784 * i, 784 * (i + 1));
        const point = await page.embed(image);
        const far = Math.max(
          ...point.map((value, j) => Math.abs(value - expected[j]!)),
        );
        assert(far < most, `image ${i}: ${far}`);
        const { digit } = recognize(point, page.gallery, facts);
        assertEquals(digit, mnist.test.labels[i]);
        tf.dispose([images, own]);
      }
      network.model.dispose();
    },
  );
}

permittedTest("pageContents() refuses what no page can show", [
  "read",
  "env",
  "sys",
], async () => {
  await useBackend("wasm", { threads: 1 });
  const mnist = await loadMnist();
  for (
    const [size, numbers, message] of [
      [
        224,
        8,
        "Cannot make a page: expected a network for 28×28 pixels, got one for 224",
      ],
      [
        28,
        1,
        "Cannot make a page: expected embeddings of 2 numbers or more, got 1",
      ],
    ] as const
  ) {
    const network = randomNetwork("none", size, numbers);
    await assertRejects(
      () => pageContents(network, { name: "x", precision: "int8", mnist }),
      RangeError,
      message,
    );
    network.model.dispose();
  }
});
