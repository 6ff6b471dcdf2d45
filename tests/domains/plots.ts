import type * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { none, type Room, row, tensor } from "./row.ts";

const side = is.optional(is.number({ min: 10, max: 1e6 }));
const sides = (place: number) => ({
  [`${place}.width`]: side,
  [`${place}.height`]: side,
});
const size = () => ({ width: 320, height: 200 });
const margin = is.optional(is.number({ min: 0 }));
const counts = is.list({ min: 0 }, { fixed: true });
/** NaN and ±Infinity leave a gap. */
const drawn = (more: { fixed?: boolean } = {}): is.Kind => ({
  type: "list",
  item: { type: "number", infinite: true, gaps: true },
  ...more,
});
const value: is.Kind = { type: "number", infinite: true, gaps: true };

const channels = is.whole({ min: 1, max: 2 ** 31 - 1 });

const digits = () => ({
  images: new Uint8Array(3 * 28 * 28),
  labels: Uint8Array.of(7, 4, 1),
  count: 3,
  height: 28,
  width: 28,
});

/** An anchor, its positive and two negatives. */
const neighbors = () => ({
  distances: [0, 0.5, 0.6, 0.3],
  labels: [4, 4, 9, 7],
  anchor: 0,
});
const ofNeighbors = {
  "0.distances": is.list({ min: 0 }, { fixed: true }),
  "0.labels": is.labels,
  "0.anchor": is.whole({ min: 0, max: 3 }),
};
const end = is.optional(is.number({ above: 0 }));
const kindCounts = () => ({ hard: 1, semiHard: 2, easy: 3 });

export const plotsRoom: Room = {
  bandFigure: row(
    api.bandFigure,
    () => [{ ...neighbors(), positive: 1 }, { margin: 0.2, end: 2, ...size() }],
    {
      ...ofNeighbors,
      "0.positive": is.whole({ min: 1, max: 1 }),
      "1.margin": is.number({ min: 0 }),
      "1.end": end,
      ...sides(1),
    },
  ),
  barChart: row(api.barChart, () => [{ a: 1, b: 2 }, size()], {
    "0.a": value,
    ...sides(1),
  }),
  checkAnswer: row(
    api.checkAnswer,
    () => [12, 12, { hint: "Count.", tolerance: 0.5 }],
    { "2.tolerance": is.optional(is.number({ min: 0 })) },
  ),
  channelGrid: row(
    api.channelGrid,
    () => [tensor<tf.Rank.R3>(new Float32Array(98), [7, 7, 2]), {
      count: 2,
      most: 1,
      columns: 2,
    }],
    {
      "0": { type: "tensor", rank: 3, finite: true },
      "1.count": is.optional(is.whole({ min: 1, max: 2 })),
      "1.most": is.optional(is.number({ above: 0 })),
      "1.columns": is.optional(is.whole({ min: 1, max: 71 }, { size: true })),
    },
  ),
  choiceFigure: row(
    api.choiceFigure,
    () => [
      neighbors(),
      { first: { positive: 1, negatives: [2, 3] } },
      { margin: 0.2, end: 2, ...size() },
    ],
    {
      ...ofNeighbors,
      "1.first.positive": is.whole({ min: 1, max: 1 }),
      "1.first.negatives": is.indices(4, { empty: true }),
      "2.margin": is.number({ min: 0 }),
      "2.end": end,
      ...sides(2),
    },
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
  distancePlane: row(
    api.distancePlane,
    () => [{ a: { x: [1, 2], y: [2, 0] } }, size()],
    {
      "0.a.x": is.list({ min: 0 }, { fixed: true }),
      "0.a.y": is.list({ min: 0 }, { fixed: true }),
      ...sides(1),
    },
  ),
  explainSkippedCells: none,
  gapFigure: row(
    api.gapFigure,
    () => [{ a: [-0.5, 0.1] }, { margin: 0.2, ...size() }],
    {
      "0.a": is.list({}),
      "1.margin": is.number({ min: 0 }),
      ...sides(1),
    },
  ),
  borderFigure: row(
    api.borderFigure,
    () => [tensor<tf.Rank.R2>([[0, 2], [2, 0]]), [3, 5], [3, 5], size()],
    { "0": is.embeddings, "1": is.labels, ...sides(3) },
  ),
  classMatrix: row(
    api.classMatrix,
    () => [[[0, 1], [1, 0]], { classes: [4, 9], digits: 1, ...size() }],
    {
      "0.0": counts,
      "0.1": counts,
      "1.digits": is.optional(is.whole({ min: 0, max: 6 })),
      ...sides(1),
    },
  ),
  histogram: row(
    api.histogram,
    () => [[0.5, 1], { binWidth: 0.5, mark: 1, ...size() }],
    {
      "0": is.list({}),
      "1.binWidth": is.number({ above: 0 }),
      "1.mark": is.optional(is.number({})),
      ...sides(1),
    },
  ),
  projectionPanels: row(
    api.projectionPanels,
    () => [
      [{ data: [], layout: size() }, { data: [], layout: size() }],
      { names: ["a", "b"], columns: 2 },
    ],
    { "1.columns": is.optional(is.whole({ min: 1, max: 100 })) },
  ),
  hingeFigure: row(
    api.hingeFigure,
    () => [[0.1, -0.3], { margin: 0.2, ...size() }],
    {
      "0": is.list({}, { empty: true }),
      "1.margin": is.number({ min: 0 }),
      ...sides(1),
    },
  ),
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
  kindAreas: row(api.kindAreas, () => [[kindCounts(), kindCounts()], size()], {
    "0.1.hard": is.number({ min: 0 }),
    "0.1.semiHard": is.number({ min: 0 }),
    "0.1.easy": is.number({ min: 0 }),
    ...sides(1),
  }),
  kindBars: row(api.kindBars, () => [{ a: kindCounts() }, size()], {
    "0.a.hard": is.number({ min: 0 }),
    "0.a.semiHard": is.number({ min: 0 }),
    "0.a.easy": is.number({ min: 0 }),
    ...sides(1),
  }),
  embeddingClouds: row(
    api.embeddingClouds,
    () => [[tensor<tf.Rank.R2>([[0, 1, 0], [1, 0, 0]])], [7, 3], {
      plane: tensor<tf.Rank.R2>([[1, 0, 0], [0, 0, 1]]),
      titles: ["at first"],
      ...size(),
    }],
    {
      "0.0": { type: "tensor", rank: 2, finite: true },
      "1": is.labels,
      "2.plane": { type: "tensor", rank: 2, finite: true },
      ...sides(2),
    },
  ),
  layerChart: row(
    api.layerChart,
    () => [[{ name: "conv1/kernel", value: 0.1 }], size()],
    { "0.0.value": is.number({ above: 0 }), ...sides(1) },
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
  planeFigure: row(
    api.planeFigure,
    () => [[{ name: "a", points: [[0, 1], [1, 0]], draw: "line" }], {
      circle: true,
      legend: true,
      reach: 2,
      arrows: [{ from: [0, 0], to: [1, 1] }],
      ...size(),
    }],
    {
      "0.0.draw": is.optional(is.choice("points", "line", "texts")),
      "1.circle": is.optional(is.boolean),
      "1.legend": is.optional(is.boolean),
      "1.reach": is.optional(is.number({ above: 0, max: 1e6 })),
      "1.arrows.0.from": is.list({}, { fixed: true }),
      "1.arrows.0.to": is.list({}, { fixed: true }),
      ...sides(1),
    },
  ),
  matrixFigure: row(
    api.matrixFigure,
    () => [{ a: [[1, 2], [3, 4]] }, { cell: 36, digits: 2 }],
    {
      "0.a.0": is.list({}, { fixed: true }),
      "0.a.1": is.list({}, { fixed: true }),
      "1.cell": is.optional(is.whole({ min: 10, max: 200 })),
      "1.digits": is.optional(is.whole({ min: 0, max: 6 })),
    },
  ),
  moduleFigure: row(
    api.moduleFigure,
    () => [
      {
        type: "inception",
        name: "a",
        stride: 1,
        "1x1": 4,
        "3x3": [2, 4],
        "5x5": [2, 4],
        pool: ["max", 2],
      },
      4,
      size(),
    ],
    {
      "0.stride": is.optional(channels),
      "0.1x1": is.optional(channels),
      "0.3x3.0": channels,
      "0.3x3.1": channels,
      "0.5x5.0": channels,
      "0.5x5.1": channels,
      "0.pool.1": is.optional(channels),
      "1": channels,
      ...sides(2),
    },
  ),
  nn2Figure: row(
    api.nn2Figure,
    () => [
      [{ type: "inception", name: "a", "1x1": 4 }],
      [
        { name: "image", outputShape: [28, 28, 1] },
        { name: "a", outputShape: [28, 28, 4] },
      ],
      size(),
    ],
    {
      "0.0.1x1": is.optional(channels),
      "1.0.outputShape": is.list({ type: "integer", min: 1, max: 2 ** 31 - 1 }),
      ...sides(2),
    },
  ),
  pathFigure: row(api.pathFigure, () => [digits(), [0, 1, 2]], {
    "1": is.indices(3, { fixed: true }),
  }),
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
  tripletToy: row(api.tripletToy, () => [{ margin: 0.2 }], {
    "0.margin": is.optional(is.number({ min: 0, max: 2 })),
  }),
};
