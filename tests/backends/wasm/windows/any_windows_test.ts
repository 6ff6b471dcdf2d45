import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assert, assertAlmostEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";

type Pad = "same" | "valid" | number | [number, number][];
type Sides = [number, number];

/** Windows of any kind, whether they fit or not. */
interface Windows {
  images: number[];
  filters: number;
  size: Sides;
  strides: Sides;
  dilations: Sides;
  pad: Pad;
  rounding: "floor" | "round" | "ceil" | undefined;
}

const product =
  (name: "conv2d" | "depthwiseConv2d") => (windows: Windows): tf.Tensor[] => {
    const { strides, pad, dilations, rounding } = windows;
    const [x, k] = [image(windows), filter(windows)];
    const same = pad as "same";
    return [tf[name](x, k, strides, same, "NHWC", dilations, rounding)];
  };

const operations: Record<string, (windows: Windows) => tf.Tensor[]> = {
  conv2d: product("conv2d"),
  depthwiseConv2d: product("depthwiseConv2d"),
  maxPool: ({ size, strides, pad, rounding, ...w }) => [
    tf.maxPool(image(w), size, strides, pad as "same", rounding),
  ],
  avgPool: ({ size, strides, pad, rounding, ...w }) => [
    tf.avgPool(image(w), size, strides, pad as "same", rounding),
  ],
  maxPoolWithArgmax({ size, strides, pad, ...w }) {
    const inBatch = w.filters > 1;
    const { result, indexes } = tf.maxPoolWithArgmax(
      image(w),
      size,
      strides,
      pad as "same",
      inBatch,
    );
    return [result!, indexes!];
  },
};

const image = ({ images }: Pick<Windows, "images">) =>
  tensorOf(normals(images, 1)) as tf.Tensor4D;
const filter = (
  { images, size, filters }: Pick<Windows, "images" | "filters"> & {
    size: Sides;
  },
) => tensorOf(normals([...size, images[3]!, filters], 2)) as tf.Tensor4D;

const side = (max: number) => fc.integer({ min: 1, max });
const sides = (max: number) => fc.tuple(side(max), side(max));
const border = fc.tuple(fc.nat(3), fc.nat(3));
/** Images and channels enough to leave out products with padding, or few. */
const sizes = fc.oneof(
  fc.record({
    images: fc.tuple(side(2), side(7), side(7), side(5)),
    filters: side(3),
  }),
  fc.record({
    images: fc.tuple(fc.constantFrom(12, 24), side(3), side(3), fc.constant(8)),
    filters: fc.constantFrom(8, 9),
  }),
);
const windows: fc.Arbitrary<Windows> = fc.record({
  sizes,
  size: sides(5),
  strides: sides(3),
  dilations: fc.constant<Sides>([1, 1]),
  pad: fc.oneof(
    fc.constantFrom<Pad>("same", "valid"),
    fc.nat(4),
    fc.tuple(border, border).map(([rows, columns]): Pad => [
      [0, 0],
      rows,
      columns,
      [0, 0],
    ]),
  ),
  rounding: fc.constantFrom(undefined, "floor", "round", "ceil"),
}).chain(({ sizes, ...settings }) => {
  const { pad, rounding } = settings;
  const plain = { ...settings, ...sizes };
  // tfjs has roundings for paddings in numbers, and dilations without strides.
  const sound = {
    ...plain,
    rounding: typeof pad === "string" ? undefined : rounding,
  };
  return fc.oneof(
    fc.constant(sound),
    sides(3).map((dilations) => ({ ...sound, dilations, strides: [1, 1] })),
  ) as fc.Arbitrary<Windows>;
});

interface Values {
  shape: number[];
  values: ArrayLike<number>;
}

/** What a computation gives on a backend, or its error. */
async function outcome(
  backend: "cpu" | "wasm",
  compute: () => tf.Tensor[],
): Promise<Values[] | Error> {
  await useBackend(backend);
  try {
    return tf.tidy(() =>
      compute().map((each) => ({ shape: each.shape, values: each.dataSync() }))
    );
  } catch (error) {
    return error as Error;
  }
}

/** Whether it is something that there can be. */
const isSound = (outputs: Values[]) =>
  outputs.every(({ shape, values }) =>
    shape.every((length) => length >= 0) &&
    Array.from(values).every(Number.isFinite)
  );

for (const [name, compute] of Object.entries(operations)) {
  Deno.test(`tf.${name}() gives the cpu backend's values for any windows, or refuses them`, async () => {
    await fc.assert(
      fc.asyncProperty(windows, async (given) => {
        // cpu takes a pool of 1×1 for the identity wherever the sizes agree.
        fc.pre(name.includes("onv2d") || given.size.join() !== "1,1");
        const run = () => compute(given);
        const expected = await outcome("cpu", run);
        const actual = await outcome("wasm", run);
        if (expected instanceof Error || !isSound(expected)) {
          assert(
            actual instanceof Error,
            "expected an error, as the cpu backend has no values",
          );
          return;
        }
        if (actual instanceof Error) throw actual;
        actual.forEach(({ shape, values }, i) => {
          assert(`${shape}` === `${expected[i]!.shape}`, `shape ${shape}`);
          Array.from(values).forEach((value, j) =>
            assertAlmostEquals(value, expected[i]!.values[j]!, 1e-4)
          );
        });
      }),
      { numRuns: 150 },
    );
  });
}

const inner = (a: tf.Tensor, b: tf.Tensor) =>
  tf.sum(tf.mul(a, b)).dataSync()[0]!;

// tfjs's cpu backend leaves out what was rounded up. A product of x and k has the
// same inner product with dy as each gradient with its own.
for (const name of ["conv2d", "depthwiseConv2d"] as const) {
  Deno.test(`tf.${name}()'s gradients take all windows into account`, async () => {
    await useBackend("wasm");
    fc.assert(
      fc.property(windows, (given) => {
        const compute = (x: tf.Tensor, k: tf.Tensor) => {
          const { strides, pad, rounding } = given;
          const images = x as tf.Tensor4D;
          const weights = k as tf.Tensor4D;
          const same = pad as "same";
          return tf[name](images, weights, strides, same, "NHWC", 1, rounding);
        };
        tf.tidy(() => {
          const [x, k] = [image(given), filter(given)];
          // Memory that was used before must not shine through.
          tf.fill([5000], 777).dispose();
          let y;
          try {
            y = compute(x, k);
          } catch {
            return;
          }
          const dy = tensorOf(normals(y.shape, 3));
          const [dx, dk] = tf.grads(compute)([x, k], dy) as [
            tf.Tensor,
            tf.Tensor,
          ];
          const expected = inner(y, dy);
          const tolerance = 1e-4 * Math.sqrt(1 + inner(y, y) * inner(dy, dy));
          assertAlmostEquals(inner(x, dx), expected, tolerance);
          assertAlmostEquals(inner(k, dk), expected, tolerance);
        });
      }),
      { numRuns: 200 },
    );
  });
}
