import {
  fromStateDict,
  toStateDict,
} from "../../../lib/training/weights/state_dict.ts";
import { assertEquals } from "../../assert.ts";

const numbers = (shape: number[]) => ({
  shape,
  data: Float32Array.from(
    { length: shape.reduce((a, b) => a * b) },
    (_, i) => i,
  ),
});

Deno.test("toStateDict() has PyTorch's names and layouts, fromStateDict() ours", () => {
  const weights = {
    "conv1/kernel": numbers([2, 1, 3, 4]),
    "conv1/bias": numbers([4]),
    "inception_2_3x3_reduce/kernel": numbers([1, 1, 4, 2]),
    "inception_2_3x3_reduce/gamma": numbers([2]),
    "inception_3a_pool_projection/beta": numbers([2]),
    "inception_3a_pool_projection/moving_mean": numbers([2]),
    "inception_3a_pool_projection/moving_variance": numbers([2]),
    "embedding/kernel": numbers([3, 2]),
    "embedding/bias": numbers([2]),
  };
  const state = toStateDict(weights);
  const shapes = Object.entries(state).map((
    [name, { shape }],
  ) => [name, shape]);
  assertEquals(Object.fromEntries(shapes), {
    "conv1.weight": [4, 3, 2, 1],
    "conv1.bias": [4],
    "inception_2.3x3_reduce.weight": [2, 4, 1, 1],
    "inception_2.3x3_reduce.norm.weight": [2],
    "inception_3a.pool_projection.norm.bias": [2],
    "inception_3a.pool_projection.norm.running_mean": [2],
    "inception_3a.pool_projection.norm.running_var": [2],
    "embedding.weight": [2, 3],
    "embedding.bias": [2],
  });
  assertEquals([...state["embedding.weight"]!.data], [0, 2, 4, 1, 3, 5]);
  assertEquals(fromStateDict(state), weights);
});

Deno.test("fromStateDict() leaves names that are none of PyTorch's", () => {
  const odd = { "conv1/kernel": numbers([1]), weight: numbers([1]) };
  assertEquals(fromStateDict(odd), odd);
});
