import {
  packWeights,
  unpackWeight,
} from "../../../../lib/commands/page/format/packed_weights.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

const weights = {
  "c/kernel": { shape: [1, 1, 2, 2], data: Float32Array.of(1, -3, 0.1, 0.2) },
  "c/bias": { shape: [2], data: Float32Array.of(0.1, 1e6) },
};

for (
  const [precision, most] of [["float16", 1e-4], [
    "int8",
    0.5 * 3 / 127,
  ]] as const
) {
  Deno.test(`packWeights() rounds filters to ${precision} and keeps biases`, () => {
    const packed = packWeights(weights, precision);
    const tensors = new Map(packed.map((tensor) => [tensor.name, tensor]));
    assertEquals(tensors.get("c/kernel")?.type, precision);
    assertEquals(unpackWeight(tensors, "c/bias"), weights["c/bias"]);
    const { shape, data } = unpackWeight(tensors, "c/kernel");
    assertEquals(shape, [1, 1, 2, 2]);
    const given = weights["c/kernel"].data;
    assert(data.every((value, i) => Math.abs(value - given[i]!) <= most));
    assert(data.some((value, i) => value !== given[i]));
  });
}

Deno.test("packWeights() refuses filters that float16 cannot hold", () => {
  const large = { shape: [1], data: Float32Array.of(1e6) };
  assertThrows(
    () => packWeights({ "c/kernel": large }, "float16"),
    RangeError,
    "Cannot store c/kernel as float16: expected values up to 65504, got 1000000",
  );
});
