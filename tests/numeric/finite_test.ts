import { allFinite } from "../../lib/numeric/finite.ts";
import { assertEquals } from "../assert.ts";

Deno.test("allFinite() sees an odd value in every place of every length", () => {
  for (let length = 0; length < 10; length++) {
    const values = new Float32Array(length).fill(3e38);
    assertEquals(allFinite(values), true);
    for (const odd of [NaN, Infinity, -Infinity]) {
      for (let place = 0; place < length; place++) {
        assertEquals(allFinite(values.with(place, odd)), false);
      }
    }
  }
});
