import { joinBytes } from "../../lib/files/join_bytes.ts";
import { assertEquals } from "../assert.ts";

Deno.test("joinBytes() puts bytes one after the other, in new memory", () => {
  const part = Uint8Array.of(1, 2);
  const whole = joinBytes([part, new Uint8Array(), part.subarray(1)]);
  part[0] = 9;
  assertEquals([...whole], [1, 2, 2]);
  assertEquals(joinBytes([]).length, 0);
});
