import * as tf from "@tensorflow/tfjs";

/** What a network may be trained on wrongly. */
export interface Wrong {
  shape: number[];
  dtype?: tf.DataType;
  labels?: ArrayLike<number>;
  expected: string;
}

/** Wrong batches for a network that takes `[any, size, size, channels]`. */
export function wrongFor(size: number, channels: number): Wrong[] {
  const right = [8, size, size, channels];
  const expected = `expected images of shape [any, ${
    right.slice(1).join(", ")
  }]`;
  const shapes = [
    right.with(3, channels === 1 ? 3 : 1),
    right.with(3, channels + 1),
    right.with(1, size + 1),
    right.with(2, size - 1),
    right.with(1, 1),
    [8, 224, 224, 3],
    [8, 28, 28, 1],
    right.slice(0, 3),
    right.slice(1),
    [8, size * size * channels],
    [8],
    [],
    [...right, 1],
    [0, size, size, channels + 1],
  ].filter((shape) => shape.join() !== right.join());
  return [
    ...shapes.map((shape) => ({
      shape,
      expected: `${expected}, got [${shape.join(", ")}]`,
    })),
    {
      shape: right.with(0, 0),
      labels: [],
      expected: `expected at least one image, got [0, ${size}`,
    },
    {
      shape: right,
      dtype: "int32",
      expected: "expected images of float32, got int32",
    },
    { shape: right, dtype: "bool", expected: "got bool" },
    ...[[], [0, 1], [0, 0, 0, 0, 1, 1, 1, 1, 1]].map((labels) => ({
      shape: right,
      labels,
      expected: `expected 8 labels for images of shape [${
        right.join(", ")
      }], got ${labels.length}`,
    })),
    {
      shape: right,
      labels: [0, 0, 0, 0, 1, 1, 1, 0.5],
      expected: "expected labels to be whole numbers of 32 bits, got 0.5 at 7",
    },
  ];
}

/** Eight labels of two classes. */
export const rightLabels = [0, 0, 0, 0, 1, 1, 1, 1];

/** White images of a shape. */
export const imagesOf = ({ shape, dtype = "float32" }: Wrong) =>
  tf.ones<tf.Rank>(shape, dtype) as tf.Tensor4D;
/** Noise. */
export const rightImages = (shape: number[]) =>
  tf.randomUniform<tf.Rank>(shape, 0, 1, "float32", 3) as tf.Tensor4D;
/** Copies of all weights, those of batch normalization too. */
export const weightsOf = (model: tf.LayersModel) =>
  model.weights.map((weight) => weight.read().dataSync().slice());
