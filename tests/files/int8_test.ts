import fc from "fast-check";
import { fromInt8, toInt8 } from "../../lib/files/int8.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("toInt8() of zeros is zeros, and so is what comes back", () => {
  const zeros = { shape: [2, 2], data: new Float32Array(4) };
  const stored = toInt8(zeros);
  assertEquals([...stored.data, ...stored.scales], [0, 0, 0, 0, 0, 0]);
  assertEquals(fromInt8(stored), zeros);
});

Deno.test("fromInt8() gives each value back within half of its channel's scale", () => {
  const value = fc.float({ min: -1e3, max: 1e3, noNaN: true });
  const rows = fc.array(fc.tuple(value, value, value), { minLength: 1 });
  fc.assert(fc.property(rows, (rows) => {
    const data = Float32Array.from(rows.flat());
    const stored = toInt8({ shape: [rows.length, 3], data });
    const back = fromInt8(stored);
    assertEquals(back.shape, [rows.length, 3]);
    back.data.forEach((own, i) => {
      const most = Math.max(...rows.map((row) => Math.abs(row[i % 3]!)));
      // A little more, for the rounding of float32.
      assert(Math.abs(own - data[i]!) <= 0.5001 * most / 127 + 1e-38);
    });
  }));
});
