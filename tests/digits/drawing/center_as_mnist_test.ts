import fc from "fast-check";
import { centerAsMnist } from "../../../lib/digits/drawing/center_as_mnist.ts";
import { loadMnist } from "../../../lib/digits/mnist.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const imageOf = (images: Uint8Array, i: number) => ({
  pixels: images.subarray(i * 784, (i + 1) * 784),
  height: 28,
  width: 28,
});

permittedTest(
  "centerAsMnist() gives MNIST's images back as they are",
  ["read", "write"],
  async () => {
    const { test } = await loadMnist();
    let changed = 0;
    for (let i = 0; i < test.count; i++) {
      const picture = imageOf(test.images, i);
      if (centerAsMnist(picture).some((v, k) => v !== picture.pixels[k])) {
        changed++;
      }
    }
    // The longer side of these is 19 pixels, where the publishers lost a row.
    assertEquals(changed, 3);
  },
);

permittedTest(
  "centerAsMnist() finds an image again that was enlarged and moved",
  ["read", "write"],
  async () => {
    const { test } = await loadMnist();
    for (let i = 0; i < 200; i++) {
      const image = imageOf(test.images, i);
      for (const times of [2, 7]) {
        const large = enlarged(image, times, 3 * i % 50);
        const again = centerAsMnist(large);
        assertEquals(again, centerAsMnist(image));
      }
    }
  },
);

/** Each pixel `times` × `times` times, with a margin above and to the left. */
function enlarged(
  { pixels, width }: { pixels: Uint8Array; width: number },
  times: number,
  margin: number,
) {
  const side = 28 * times + margin;
  const large = new Uint8Array(side * side);
  for (let row = 0; row < 28 * times; row++) {
    for (let column = 0; column < 28 * times; column++) {
      large[(row + margin) * side + column + margin] = pixels[
        Math.floor(row / times) * width + Math.floor(column / times)
      ]!;
    }
  }
  return { pixels: large, height: side, width: side };
}

/** A black picture with some strokes of ink, none at its border. */
const drawings = fc.record({
  height: fc.integer({ min: 3, max: 90 }),
  width: fc.integer({ min: 3, max: 90 }),
  dots: fc.array(
    fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 120, max: 255 })),
    {
      minLength: 1,
      maxLength: 60,
    },
  ),
}).map(({ height, width, dots }) => {
  const pixels = new Uint8Array(height * width);
  for (const [y, x, ink] of dots) {
    const [row, column] = [1 + y % (height - 2), 1 + x % (width - 2)];
    pixels[row * width + column] = ink;
  }
  return { pixels, height, width };
});

Deno.test("centerAsMnist() keeps the ink's share of the box and its middle", () => {
  fc.assert(fc.property(drawings, ({ pixels, height, width }) => {
    const image = centerAsMnist({ pixels, height, width });
    const ink = [...pixels.keys()].filter((i) => pixels[i]! > 0);
    const rows = ink.map((i) => Math.floor(i / width));
    const columns = ink.map((i) => i % width);
    const extent = (places: number[]) =>
      Math.max(...places) - Math.min(...places) + 1;
    const scale = 20 / Math.max(extent(rows), extent(columns));
    const sum = (values: Uint8Array) => values.reduce((a, b) => a + b, 0);
    // Rounding moves each of 400 pixels by half a value at most.
    assert(Math.abs(sum(image) - sum(pixels) * scale * scale) <= 200);
  }));
});

Deno.test("centerAsMnist() puts the center of mass into pixel (14, 14) where the ink's size lets it", () => {
  fc.assert(fc.property(drawings, (drawing) => {
    const image = centerAsMnist(drawing);
    const ink = [...image.keys()].filter((i) => image[i]! > 0);
    const mass = ink.reduce((sum, i) => sum + image[i]!, 0);
    for (
      const place of [(i: number) => Math.floor(i / 28), (i: number) => i % 28]
    ) {
      const center = ink.reduce((sum, i) => sum + image[i]! * place(i), 0) /
        mass;
      const places = ink.map(place);
      const isHeld = Math.min(...places) <= 1 || Math.max(...places) >= 26;
      assert(isHeld || center >= 13.5 && center < 14.5, `${center}`);
    }
  }));
});

Deno.test("centerAsMnist() does not depend on where the drawing is", () => {
  fc.assert(
    fc.property(drawings, fc.nat(9), fc.nat(9), (drawing, down, right) => {
      const { pixels, height, width } = drawing;
      const moved = { height: height + down, width: width + right };
      const larger = new Uint8Array(moved.height * moved.width);
      pixels.forEach((value, i) => {
        const row = Math.floor(i / width) + down;
        larger[row * moved.width + i % width + right] = value;
      });
      assertEquals(
        centerAsMnist({ pixels: larger, ...moved }),
        centerAsMnist(drawing),
      );
    }),
  );
});

Deno.test("centerAsMnist() takes faint values as ground where it is told", () => {
  const pixels = new Uint8Array(40 * 40).fill(9);
  pixels.fill(200, 20 * 40 + 10, 20 * 40 + 30);
  const picture = { pixels, height: 40, width: 40 };
  const image = centerAsMnist(picture, { background: 9 });
  assertEquals(
    image.filter((value) => value > 0),
    new Uint8Array(20).fill(200),
  );
  assertThrows(
    () => centerAsMnist(picture),
    RangeError,
    "Cannot center a drawing: expected white ink on black with a margin, got values above 0 in 100 % of the border; turn black on white around with 255 − value",
  );
});

Deno.test("centerAsMnist() says what is wrong with a picture", () => {
  const size = { height: 5, width: 5 };
  const cases: [unknown, string][] = [
    [{ pixels: new Uint8Array(25), ...size }, "some ink, got none above 0"],
    [
      { pixels: new Uint8Array(24), ...size },
      "25 bytes for 5×5 pixels, got 24",
    ],
    [
      { pixels: new Float32Array(25), ...size },
      "a Uint8Array, got a Float32Array",
    ],
    [
      { pixels: new Uint8Array(0), height: 0, width: 5 },
      "height to be a whole",
    ],
    [null, "an object with options, got null"],
    [
      {
        pixels: new Uint8Array(1e4).fill(2, 5001, 5099),
        height: 100,
        width: 100,
      },
      "some ink, got too little to be seen",
    ],
  ];
  for (const [picture, message] of cases) {
    assertThrows(() => centerAsMnist(picture as never), RangeError, message);
  }
});
