import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { runKernel } from "../../../../lib/backends/engine/kernels.ts";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assert, assertAlmostEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { axesOf, pools, seenAlong } from "../windows/geometries.ts";

Deno.test("AvgPoolGrad gives each pixel of a window an equal part, those beside the image too", async () => {
  await useBackend("wasm");
  fc.assert(fc.property(pools, (pool) => {
    const { inShape, outShape, filterHeight, filterWidth, padInfo } = pool;
    const { top, bottom, left, right } = padInfo;
    const attributes = {
      filterSize: [filterHeight, filterWidth],
      strides: [pool.strideHeight, pool.strideWidth],
      pad: [[0, 0], [top, bottom], [left, right], [0, 0]],
    };
    const dy = normals(outShape, 1).values;
    const expected = new Float64Array(tf.util.sizeFromShape(inShape));
    const [rows, columns] = axesOf(pool).map(seenAlong);
    const { inHeight, inWidth, inChannels } = pool;
    let output = 0;
    for (let image = 0; image < pool.batchSize; image++) {
      for (const down of rows!) {
        for (const across of columns!) {
          for (let channel = 0; channel < inChannels; channel++) {
            const part = dy[output++]! / (filterHeight * filterWidth);
            for (const row of down) {
              for (const column of across) {
                const isInside = row >= 0 && row < inHeight && column >= 0 &&
                  column < inWidth;
                const pixel = (image * inHeight + row) * inWidth + column;
                if (isInside) expected[pixel * inChannels + channel]! += part;
              }
            }
          }
        }
      }
    }
    tf.tidy(() => {
      const inputs = {
        dy: tensorOf(normals(outShape, 1)),
        input: tf.zeros(inShape),
      };
      // Memory that was used before must not shine through.
      tf.fill([2000], 777).dispose();
      let dx: tf.Tensor;
      try {
        dx = runKernel("AvgPoolGrad", inputs, attributes)[0]!;
      } catch (error) {
        // tfjs counts windows by their height alone where padding is a number: those
        // are not what the same padding by sides gives.
        const isOther = /expected (a gradient|windows that fit)/.test(
          `${error}`,
        );
        assert(isOther, `${error}`);
        return;
      }
      dx.dataSync().forEach((value, i) =>
        assertAlmostEquals(value, expected[i]!, 1e-5)
      );
    });
  }));
});
