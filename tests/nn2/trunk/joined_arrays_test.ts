import fc from "fast-check";
import {
  joinArrays,
  splitArray,
} from "../../../lib/nn2/trunk/joined_arrays.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("splitArray() undoes joinArrays()", () => {
  const array = fc.array(fc.double()).map((values) =>
    Float64Array.from(values)
  );
  fc.assert(fc.property(fc.array(array), (arrays) => {
    const joined = joinArrays(arrays);
    assertEquals([...joined], arrays.flatMap((values) => [...values]));
    assertEquals(splitArray(joined, arrays), arrays);
  }));
});
