import { useBackend } from "../../../lib/backends/use_backend.ts";
import {
  threadsInUse,
  useThreads,
} from "../../../lib/backends/wasm/use_threads.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { createRun } from "../../../lib/training/run/run.ts";
import { settle } from "../../../lib/training/settings/settings.ts";
import { trainingSteps } from "../../../lib/training/run/steps.ts";
import { copyWeights } from "../../../lib/training/weights/stored_weights.ts";
import { threadsFor } from "../../../lib/training/step/threads.ts";
import { train } from "../../../lib/experiment/train.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

const dataset = stripes(44, 2, 1);
const sizes = { classesPerBatch: 2, imagesPerClass: 4, steps: 3 };
const quick = settle("quick", sizes);

/** With so many threads before; the number that there was comes back. */
async function withThreads(
  threads: number,
  work: () => void | Promise<void>,
): Promise<void> {
  await useBackend("wasm");
  const former = threadsInUse();
  useThreads(threads);
  try {
    await work();
  } finally {
    useThreads(former);
  }
}

const test = (name: string, work: () => Promise<void>) =>
  // Threads cannot start otherwise.
  permittedTest(name, ["read"], work);

test("threadsFor() takes what the settings say, or the backend's threads", () =>
  withThreads(2, () => {
    assertEquals(threadsFor(quick), 2);
    assertEquals(threadsFor({ threads: 1 }), 1);
    assertEquals(threadsFor({ workers: 3 }), 3);
    assertEquals(threadsFor({ threads: 3, workers: 3 }), 3);
  }));

Deno.test("threadsFor() refuses more than one thread on another backend", async () => {
  await useBackend("cpu");
  assertEquals(threadsFor(quick), 1);
  assertEquals(threadsFor({ workers: 1 }), 1);
  for (const asked of [{ threads: 2 }, { workers: 2 }]) {
    assertThrows(
      () => threadsFor(asked),
      RangeError,
      "Cannot train with 2 threads: expected the backend wasm, or one thread, got cpu",
    );
  }
  // They are for wasm, if that is what is found.
  assertEquals(threadsFor({ threads: 2, backend: "auto" }), 1);
});

test("createRun() has its threads until it is disposed, and gives them back once", () =>
  withThreads(1, async () => {
    const model = smallNetwork();
    const settings = { ...quick, threads: 2 };
    const run = createRun({
      model,
      dataset,
      settings,
      random: createRandom(1),
    });
    assertEquals([run.threads, threadsInUse()], [2, 2]);
    await run.next();
    assertEquals(threadsInUse(), 2);
    run.dispose();
    assertEquals(threadsInUse(), 1);
    useThreads(3);
    model.dispose();
  }));

test("createRun() gives its threads back where it refuses a state", () =>
  withThreads(1, async () => {
    const [model, other] = [smallNetwork(), smallNetwork({ units: 4 })];
    const given = { dataset, random: createRandom(1) };
    const settings = { ...quick, threads: 2 };
    const run = createRun({ model: other, settings: quick, ...given });
    const from = await run.state();
    run.dispose();
    assertThrows(
      () => createRun({ model, settings, from, ...given }),
      RangeError,
      "expected hidden/kernel as float32 [49,16], got float32 [49,4]",
    );
    assertEquals(threadsInUse(), 1);
    model.dispose();
    other.dispose();
  }));

test("trainingSteps() gives its threads back, however the loop ends", () =>
  withThreads(2, async () => {
    const settings = { ...quick, threads: 1 };
    const loop = async (each: () => boolean) => {
      const model = smallNetwork();
      const steps = trainingSteps(model, dataset, settings, createRandom(1));
      try {
        for await (const _ of steps) if (each()) break;
      } finally {
        model.dispose();
      }
    };
    const inside: number[] = [];
    const look = (end: boolean) => (inside.push(threadsInUse()), end);
    await loop(() => look(false));
    assertEquals(threadsInUse(), 2);
    await loop(() => look(true));
    assertEquals(threadsInUse(), 2);
    await assertRejects(() =>
      loop(() => {
        throw new Error(`${look(true)}`);
      })
    );
    assertEquals(threadsInUse(), 2);
    assertEquals(inside, [1, 1, 1, 1, 1]);
  }));

const data = { train: stripes(264, 2, 1), test: stripes(4, 2, 2) };
const small = { data, ...sizes, embeddingSize: 4, validationImages: 4 };

test("train() gives its threads back, also after an error, and says how many it used", () =>
  withThreads(1, async () => {
    await useBackend("wasm");
    const before = threadsInUse();
    const threads = before + 1;
    let inside = 0;
    const { settings, model } = await train({
      ...small,
      workers: threads,
      onStep: () => void (inside = threadsInUse()),
    });
    assertEquals([inside, settings.threads], [threads, threads]);
    assertEquals(threadsInUse(), before);
    model.dispose();
    const onStep = () => Promise.reject(new Error("enough"));
    await assertRejects(
      () => train({ ...small, threads, onStep }),
      Error,
      "enough",
    );
    assertEquals(threadsInUse(), before);
  }));

test("a run's weights are the same with any number of threads", async () => {
  await useBackend("wasm");
  const outcomes = [];
  for (const threads of [1, 2, 3]) {
    const model = createNN2({ embeddingSize: 4, seed: 1 });
    const settings = { ...quick, threads, imagesPerClass: 9 };
    const random = createRandom(1);
    const losses: number[] = [];
    for await (
      const { loss } of trainingSteps(model, dataset, settings, random)
    ) losses.push(loss);
    outcomes.push({ losses, weights: await copyWeights(model) });
    model.dispose();
  }
  assert(outcomes[0]!.losses.every(Number.isFinite));
  assertEquals(outcomes[1], outcomes[0]);
  assertEquals(outcomes[2], outcomes[0]);
});
