import type * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import { sides, size } from "./figure_sizes.ts";
import * as is from "./kinds.ts";
import { none, type Room, row, tensor } from "./row.ts";

const counts = is.list({ min: 0 }, { fixed: true });

const channels = is.whole({ min: 1, max: 2 ** 31 - 1 });

const digits = () => ({
  images: new Uint8Array(3 * 28 * 28),
  labels: Uint8Array.of(7, 4, 1),
  count: 3,
  height: 28,
  width: 28,
});

export const plotsDrawingsRoom: Room = {
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
  drawingPad: none,
  recognitionFigure: row(
    api.recognitionFigure,
    () => [{
      image: new Uint8Array(28 * 28),
      distances: { a: 0.1, b: 2 },
      accept: 0.2,
      refuse: 0.5,
      neighbors: { images: digits(), captions: ["7", "4", "1"] },
      map: {
        points: { values: Float32Array.of(0, 1, 1, 0), count: 2, size: 2 },
        labels: [7, 4],
        place: [0.5, 0.5],
      },
    }],
    {
      "0.distances.a": is.number({ min: 0 }),
      "0.accept": is.number({ min: 0, max: 0.5 }),
      "0.refuse": is.number({ min: 0.2 }),
      "0.map.labels": is.labels,
      "0.map.place": is.list({}, { fixed: true }),
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
  speedChart: row(
    api.speedChart,
    () => [{ slow: [1, 2] }, { lines: { peak: 3 }, ...size() }],
    {
      "0.slow": is.list({ min: 0 }),
      "1.lines.peak": is.number({ min: 0 }),
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
  experimentPanels: row(
    api.experimentPanels,
    () => [
      [{ value: 64, runs: [{ centroidAccuracy: 0.9, validationRate: 0.6 }] }],
      { xLog: true, paper: [{ value: 64, validationRate: 0.8, error: 0 }] },
    ],
    { "1.xLog": is.optional(is.boolean) },
  ),
  repeatedCurves: row(
    api.repeatedCurves,
    () => [
      [{
        name: "ours",
        curves: [{
          name: "a",
          x: [1, 2],
          runs: [[0.5, 1], [1, 1]],
          error: [0, 1],
        }],
        xLog: true,
        xTicks: [1, 2],
        yRange: [0, 1],
      }],
      size(),
    ],
    {
      "0.0.curves.0.x": is.list({}, { fixed: true }),
      "0.0.curves.0.runs.0": is.list({}),
      "0.0.curves.0.error": is.optional(is.list({ min: 0 }, { fixed: true })),
      "0.0.xLog": is.optional(is.boolean),
      "0.0.xTicks": is.optional(is.list({}, { empty: true })),
      "0.0.yRange": is.optional(is.list({}, { fixed: true })),
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
};
