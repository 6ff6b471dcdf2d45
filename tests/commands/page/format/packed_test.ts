import {
  pack,
  type PackedTensor,
  unpack,
} from "../../../../lib/commands/page/format/packed.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";

const tensors: PackedTensor[] = [
  { name: "a", type: "uint8", shape: [3], bytes: Uint8Array.of(1, 2, 3) },
  { name: "b", type: "float16", shape: [1, 1], bytes: Uint8Array.of(4, 5) },
  { name: "c", type: "float32", shape: [0], bytes: Uint8Array.of() },
];

Deno.test("unpack() finds what pack() put together", () => {
  const { entries, bytes } = pack(tensors);
  assertEquals([...bytes], [1, 2, 3, 4, 5]);
  assertEquals([...unpack(entries, bytes).values()], tensors);
});

Deno.test("unpack() refuses bytes that are too few or too many", () => {
  const { entries, bytes } = pack(tensors);
  for (const wrong of [bytes.subarray(1), new Uint8Array(6)]) {
    assertThrows(
      () => unpack(entries, wrong),
      SyntaxError,
      `Cannot read the page's data: expected 5 bytes, got ${wrong.length}`,
    );
  }
});
