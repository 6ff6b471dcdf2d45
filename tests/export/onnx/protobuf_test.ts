import { encodeMessage } from "../../../lib/export/onnx/protobuf.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("encodeMessage() writes the bytes of the format's guide", () => {
  const bytes = (
    message: Parameters<typeof encodeMessage>[0],
  ) => [...encodeMessage(message)];
  assertEquals(bytes([[1, 150]]), [0x08, 0x96, 0x01]);
  assertEquals(bytes([[2, "testing"]]), [
    ...[0x12, 7],
    ...new TextEncoder().encode("testing"),
  ]);
  assertEquals(bytes([[3, [[1, 150]]]]), [0x1a, 3, 0x08, 0x96, 0x01]);
  assertEquals(bytes([[5, { float: 1 }]]), [0x2d, 0, 0, 0x80, 0x3f]);
  // Two bytes of key from field 16 on.
  assertEquals(bytes([[20, 0]]), [0xa0, 0x01, 0]);
  assertEquals(bytes([[1, 2 ** 40]]), [8, 128, 128, 128, 128, 128, 32]);
  assertEquals(bytes([[1, 1], [1, 2]]), [8, 1, 8, 2]);
  assertEquals(bytes([[9, Uint8Array.of(255)], [8, []]]), [
    ...[0x4a, 1, 255],
    ...[0x42, 0],
  ]);
});
