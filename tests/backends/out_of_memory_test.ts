import * as tf from "@tensorflow/tfjs";
import { withinMemory } from "../../lib/backends/out_of_memory.ts";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { memoryOf } from "../../lib/backends/wasm/runtime/memory.ts";
import type { WatchedBackend } from "../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

const side = 32;

/** The gradient of some layers, whose activations the tape must keep. */
function gradient(images: tf.Tensor4D): tf.Tensor {
  return tf.grad((x) => {
    let y = x;
    for (let i = 0; i < 5; i++) y = tf.exp(tf.mul(y, 0.5));
    return y;
  })(images);
}

const work = (images: tf.Tensor4D) =>
  withinMemory({
    action: "differentiate",
    images,
    run: () => gradient(images),
    sample: gradient,
  });

/** Runs with a limit of so many bytes more than are held. */
async function withRoom(
  bytes: number,
  run: (used: () => number) => void,
): Promise<void> {
  // Other threads take their working memory whenever they begin to help.
  await useBackend("wasm", { threads: 1 });
  const memory = memoryOf(tf.backend() as unknown as WatchedBackend);
  memory.limit = memory.used + bytes;
  try {
    run(() => memory.used);
  } finally {
    memory.limit = 2 ** 32;
  }
}

const black = (count: number) => tf.zeros<tf.Rank.R4>([count, side, side, 1]);

/** The images that a message says will fit. */
function advised(message: string): number {
  const [, count] = message.match(/About (\d+) should fit/) ?? [];
  assert(count !== undefined, message);
  return Number(count);
}

Deno.test("withinMemory() says what was asked for and how many images fit", async () => {
  await withRoom(2_000_000, (used) => {
    // The kernels keep their working memory.
    gradient(black(1)).dispose();
    const images = black(100);
    const held = { used: used(), tensors: tf.memory().numTensors };
    const { message } = assertThrows(
      () => work(images),
      RangeError,
      "Cannot differentiate 100 images of 32×32 at once: expected room for 0.3906 MiB more in",
    );
    assert(/got [\d.]+ MiB in use\. About/.test(message), message);
    assert(
      message.endsWith(
        "by an estimate from the memory that smaller batches take",
      ),
    );
    assertEquals([used(), tf.memory().numTensors], [held.used, held.tensors]);
    images.dispose();

    // What it says is true, and not far below what really fits.
    const count = advised(message);
    const fitting = black(count);
    work(fitting).dispose();
    const greater = black(2 * count);
    assertThrows(() => work(greater), RangeError, "should fit");
    tf.dispose([fitting, greater]);
  });
});

Deno.test("withinMemory() says so where it cannot estimate", async () => {
  await withRoom(100_000, () => {
    const images = black(6);
    assertThrows(() => work(images), RangeError, "in use. Use fewer");
    images.dispose();
  });
});

Deno.test("withinMemory() passes other errors on, without tensors of the tape", async () => {
  for (const backend of ["cpu", "wasm"] as const) {
    await useBackend(backend);
    const images = black(2);
    const held = tf.memory().numTensors;
    const fails = () =>
      withinMemory({
        action: "try",
        images,
        run: () =>
          tf.grad((x) => {
            tf.exp(tf.mul(x, tf.exp(x)));
            throw new TypeError("for another reason");
          })(images),
        sample: () => {},
      });
    assertThrows(fails, TypeError, "for another reason");
    assertEquals(tf.memory().numTensors, held);
    images.dispose();
  }
});

Deno.test("withinMemory() leaves the tape of a gradient around it alone", async () => {
  await useBackend("wasm");
  const images = black(2);
  const slope = tf.tidy(() => {
    const gradient = tf.grad((x) => {
      const y = tf.square(tf.add(x, 3));
      try {
        withinMemory({
          action: "try",
          images,
          run: (): tf.Tensor => {
            throw new TypeError("inside");
          },
          sample: () => {},
        });
      } catch {
        // Expected.
      }
      return y;
    })(images);
    return gradient.dataSync()[0];
  });
  assertEquals(slope, 6);
  images.dispose();
});
