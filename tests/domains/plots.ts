import type * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import { sides, size } from "./figure_sizes.ts";
import * as is from "./kinds.ts";
import { none, type Room, row, tensor } from "./row.ts";

const margin = is.optional(is.number({ min: 0 }));
const counts = is.list({ min: 0 }, { fixed: true });
/** NaN and ±Infinity leave a gap. */
const drawn = (more: { fixed?: boolean } = {}): is.Kind => ({
  type: "list",
  item: { type: "number", infinite: true, gaps: true },
  ...more,
});
const value: is.Kind = { type: "number", infinite: true, gaps: true };

const digits = () => ({
  images: new Uint8Array(3 * 28 * 28),
  labels: Uint8Array.of(7, 4, 1),
  count: 3,
  height: 28,
  width: 28,
});

export const plotsRoom: Room = {
  barChart: row(api.barChart, () => [{ a: 1, b: 2 }, size()], {
    "0.a": value,
    ...sides(1),
  }),
  checkAnswer: row(
    api.checkAnswer,
    () => [12, 12, { hint: "Count.", tolerance: 0.5 }],
    { "2.tolerance": is.optional(is.number({ min: 0 })) },
  ),
  confusionFigure: row(
    api.confusionFigure,
    () => [[[9, 1], [0, 10]], { classes: [4, 9], ...size() }],
    { "0.0": counts, "0.1": counts, ...sides(1) },
  ),
  distanceHistogram: row(
    api.distanceHistogram,
    () => [{ positive: [0, 0.1], negative: [1, 0.9] }, {
      margin: 0.2,
      bins: 2,
      ...size(),
    }],
    {
      "0.positive": is.list({ min: 0 }),
      "0.negative": is.list({ min: 0 }),
      "1.margin": margin,
      "1.bins": is.optional(is.whole({ min: 1, max: 1e4 }, { size: true })),
      ...sides(1),
    },
  ),
  explainSkippedCells: none,
  imageGrid: row(
    api.imageGrid,
    () => [digits(), {
      indices: [2, 0],
      predictions: [7, 9, 1],
      columns: 2,
    }],
    {
      "1.indices": is.optional(is.indices(3)),
      "1.predictions": is.optional(is.labels),
      "1.columns": is.optional(is.whole({ min: 1, max: 71 }, { size: true })),
    },
  ),
  "imageGrid().tensor": row(
    api.imageGrid,
    () => [tensor(new Float32Array(128), [2, 8, 8, 1] as never)],
    // Of rank 3 it is one image.
    { "0": { type: "tensor", rank: 4, finite: true, single: true } },
  ),
  interact: row(
    api.interact,
    () => [
      { k: { min: 1, max: 3, step: 1, value: 2 } },
      () => api.lineChart([{ name: "a", y: [1] }]),
    ],
    {
      "0.k.min": is.number({ max: 2 }),
      "0.k.max": is.number({ min: 2 }),
      "0.k.step": is.optional(is.number({ above: 0 })),
      "0.k.value": is.number({ min: 1, max: 3 }),
    },
  ),
  lineChart: row(
    api.lineChart,
    () => [
      [{ name: "a", y: [1, 2, 3], x: [0, 1, 2], error: [1, 1, 1] }],
      { xLog: true, yLog: false, xTicks: [0, 1], ...size() },
    ],
    {
      "0.0.y": drawn({ fixed: true }),
      "0.0.x": is.optional(drawn({ fixed: true })),
      "0.0.error": is.optional(drawn({ fixed: true })),
      "1.xLog": is.optional(is.boolean),
      "1.yLog": is.optional(is.boolean),
      "1.xTicks": is.optional(is.list({}, { empty: true })),
      ...sides(1),
    },
  ),
  liveChart: none,
  lossCurve: row(
    api.lossCurve,
    () => [[{ step: 1, loss: 0.3 }, { step: 2, loss: 0.1 }], {
      accuracy: [{ step: 2, accuracy: 0.9 }],
      margin: 0.2,
      ...size(),
    }],
    {
      "0.1.step": is.number({}),
      "0.1.loss": value,
      "1.accuracy.0.step": is.number({}),
      "1.accuracy.0.accuracy": is.number({ min: 0, max: 1 }),
      "1.margin": margin,
      ...sides(1),
    },
  ),
  progress: row(api.progress, () => [2, "Counting"], {
    "0": is.number({ above: 0 }),
  }),
  "progress().update": row(
    (done: number) => {
      const stream = { isTerminal: () => true, writeSync: () => 0 };
      return api.progress(2, "Counting", { stream }).update(done);
    },
    () => [1],
    { "0": is.number({ min: 0 }) },
  ),
  scatter2d: row(
    api.scatter2d,
    () => [tensor<tf.Rank.R2>([[0, 1], [1, 0]]), [7, 3], size()],
    {
      "0": { type: "tensor", rank: 2, finite: true },
      "1": is.labels,
      ...sides(2),
    },
  ),
  scatter3d: row(
    api.scatter3d,
    () => [
      tensor<tf.Rank.R2>([[0, 0, 1], [1, 0, 0]]),
      [7, 3],
      { sphere: false, ...size() },
    ],
    {
      "0": { type: "tensor", rank: 2, finite: true },
      "1": is.labels,
      "2.sphere": is.optional(is.boolean),
      ...sides(2),
    },
  ),
  show: none,
  showSolution: none,
  slideshow: row(
    api.slideshow,
    () => [[api.barChart({ a: 1 }), api.barChart({ a: 2 })], {
      names: ["1", "2"],
      start: 1,
      play: true,
      clickable: true,
    }],
    {
      "1.start": is.optional(is.whole({ min: 0, max: 1 })),
      "1.play": is.optional(is.boolean),
      "1.clickable": is.optional(is.boolean),
    },
  ),
  stopButton: none,
  withImages: row(
    api.withImages,
    () => [
      api.lineChart([{ name: "a", y: [1, 2] }]),
      tensor(new Float32Array(128), [2, 8, 8, 1] as never),
      [[1, 0]],
    ],
    { "1": { type: "tensor", rank: 4, finite: true, single: true } },
  ),
};
