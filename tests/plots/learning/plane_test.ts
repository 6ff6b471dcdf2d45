import { alongPlane, readPlane } from "../../../lib/plots/learning/plane.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const rows = (size: number, ...values: number[]) => ({
  values: Float32Array.from(values),
  count: values.length / size,
  size,
});

Deno.test("alongPlane() is the product of each point with both directions", () => {
  const points = rows(3, 1, 2, 3, -1, 0, 4);
  const plane = rows(3, 1, 1, 0, 0, 0.5, -1);
  assertEquals(alongPlane(points, plane), rows(2, 3, -2, -1, -4));
});

Deno.test("readPlane() takes two directions of the points' size alone", () => {
  const plane = rows(2, 1, 0, 0, 1);
  assertEquals(readPlane("draw", plane, 2).count, 2);
  assertThrows(
    () => readPlane("draw", plane, 3),
    RangeError,
    "Cannot draw: expected a plane of shape [2, 3], got [2, 2]",
  );
});
