import fc from "fast-check";
import {
  eachRun,
  type PixelRun,
} from "../../../../lib/backends/wasm/depthwise/runs.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { axesOf, convolutions, seenAt, upTo } from "../windows/geometries.ts";

Deno.test("eachRun() has each tap of each output pixel that sees the image once", () => {
  fc.assert(
    fc.property(convolutions, (info) => {
      const { batchSize, inHeight, inWidth, outHeight, outWidth } = info;
      const [down, across] = axesOf(info);
      const expected = upTo(batchSize * outHeight * outWidth).flatMap(
        (output) =>
          upTo(info.filterHeight * info.filterWidth).flatMap((tap) => {
            const image = Math.floor(output / (outHeight * outWidth));
            const y = Math.floor(output / outWidth) % outHeight;
            const row = seenAt(down, y, Math.floor(tap / info.filterWidth));
            const column = seenAt(
              across,
              output % outWidth,
              tap % info.filterWidth,
            );
            const isInside = row >= 0 && row < inHeight && column >= 0 &&
              column < inWidth;
            const input = (image * inHeight + row) * inWidth + column;
            return isInside ? [`${output} sees ${input} by ${tap}`] : [];
          }),
      );
      const seen: string[] = [];
      const visit =
        (image: number, y: number) =>
        ({ input, output, tap, count }: PixelRun) => {
          assert(count > 0, "an empty run");
          assertEquals(Math.floor(output / outWidth), image * outHeight + y);
          for (const i of upTo(count)) {
            const pixel = input + i * info.strideWidth;
            seen.push(`${output + i} sees ${pixel} by ${tap}`);
          }
        };
      for (const image of upTo(batchSize)) {
        for (const y of upTo(outHeight)) {
          eachRun(info, image, y, visit(image, y));
        }
      }
      assertEquals(seen.toSorted(), expected.toSorted());
    }),
    { numRuns: 200 },
  );
});
