import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { none, type Room, row } from "./row.ts";
import { digits, folder, model } from "./run.ts";
import { ofChanges, ofSettings, settings } from "./settings.ts";

const { createRandom } = api;

/** The first of what a loop gives. */
async function first(steps: AsyncGenerator): Promise<void> {
  await steps.next();
  await steps.return(undefined);
}
const keeping = (place: string) => ({
  [`${place}.everySteps`]: is.optional(
    is.number({ above: 0 }, { infinite: true }),
  ),
  [`${place}.everySeconds`]: is.optional(
    is.number({ min: 0 }, { infinite: true }),
  ),
});

/** Whole runs. */
export const runsRoom: Room = {
  trainingSteps: row(
    (...given: Parameters<typeof api.trainingSteps>) =>
      first(api.trainingSteps(...given)),
    () => [model(), digits(), settings(), createRandom(1)],
    {
      ...ofSettings("2", ["steps"]),
      "2.steps": is.whole({ min: 1 }),
      "3": is.random,
    },
  ),
  resumableSteps: row(
    (...given: Parameters<typeof api.resumableSteps>) =>
      first(api.resumableSteps(...given)),
    () => [model(), digits(), settings(), createRandom(1), {
      folder: folder(),
      everySteps: 5,
      everySeconds: 60,
    }],
    {
      ...ofSettings("2", ["steps"]),
      "2.steps": is.whole({ min: 1 }),
      "3": is.random,
      ...keeping("4"),
    },
    { needs: ["read", "write"] },
  ),
  readCheckpoint: none,
  train: row(
    api.train,
    () => [{
      preset: "quick",
      data: { train: digits(), test: digits() },
      settings: settings(),
      checkpoints: { folder: "out", everySteps: 5, everySeconds: 60 },
    }],
    {
      "0.preset": is.optional(is.choice("quick", "full", "seed")),
      ...ofChanges("0.settings"),
      ...keeping("0.checkpoints"),
      "0.stopOnCollapse": is.optional(is.boolean),
    },
    { slow: true },
  ),
  evaluateNetwork: row(
    api.evaluateNetwork,
    () => [{ model: model(), settings: settings() }, {
      data: { train: digits(), test: digits() },
      sizes: {
        galleryPerClass: 2,
        imagesPerClass: 1,
        sample: 5,
        projected: 5,
      },
      projector: false,
    }],
    {
      "1.sizes.galleryPerClass": is.whole({ min: 1 }),
      "1.sizes.imagesPerClass": is.whole({ min: 1 }),
      "1.sizes.sample": is.whole({ min: 1 }),
      "1.sizes.projected": is.whole({ min: 1 }),
      "1.projector": is.optional(is.boolean),
    },
    { slow: true },
  ),
};
