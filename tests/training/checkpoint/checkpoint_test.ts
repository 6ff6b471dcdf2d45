import {
  decodeCheckpoint,
  encodeCheckpoint,
} from "../../../lib/training/checkpoint/checkpoint.ts";
import { encodeSafetensors } from "../../../lib/files/safetensors.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { bitsOf } from "../bits.ts";
import { checkpointOf, relabelled } from "./checkpoints.ts";

Deno.test("encodeCheckpoint() and decodeCheckpoint() keep every bit", () => {
  const checkpoint = checkpointOf(3);
  const back = decodeCheckpoint(encodeCheckpoint(checkpoint));
  assertEquals(bitsOf(back), bitsOf(checkpoint));
  assertEquals(
    [back.settings, back.images, back.validations, back.steps],
    [
      checkpoint.settings,
      checkpoint.images,
      checkpoint.validations,
      checkpoint.steps,
    ],
  );
});

Deno.test("decodeCheckpoint() notices every byte that changed", () => {
  const bytes = encodeCheckpoint(checkpointOf(1));
  for (let i = 0; i < bytes.length; i++) {
    const damaged = bytes.slice();
    damaged[i]! ^= 1 << (i % 8);
    assertThrows(
      () => decodeCheckpoint(damaged, "step-1"),
      SyntaxError,
      "Cannot read step-1: expected the CRC-32 that it ends with",
    );
  }
});

Deno.test("decodeCheckpoint() notices every cut, gap and zeroed part", () => {
  const bytes = encodeCheckpoint(checkpointOf(1));
  for (let length = 0; length < bytes.length; length++) {
    const cut = bytes.subarray(0, length);
    assertThrows(
      () => decodeCheckpoint(cut, "x"),
      SyntaxError,
      "Cannot read x",
    );
    const zeroed = bytes.slice().fill(0, length);
    const isWhole = bytes.subarray(length).every((byte) => byte === 0);
    if (isWhole) continue;
    assertThrows(() => decodeCheckpoint(zeroed, "x"), SyntaxError);
  }
  const doubled = new Uint8Array([...bytes, ...bytes]);
  assertThrows(() => decodeCheckpoint(doubled), SyntaxError);
});

Deno.test("decodeCheckpoint() refuses a newer format and other files", () => {
  const bytes = encodeCheckpoint(checkpointOf(1));
  assert(decodeCheckpoint(relabelled(bytes, {})));
  for (const [version, writer] of [[3, "a newer"], [1, "an older"]] as const) {
    assertThrows(
      () => decodeCheckpoint(relabelled(bytes, { version: `${version}` }), "a"),
      RangeError,
      `Cannot read a: expected a checkpoint of format 2, got format ${version}, which ${writer} version of this program wrote`,
    );
  }
  assertThrows(
    () => decodeCheckpoint(relabelled(bytes, { kind: "weights" }), "step-1"),
    SyntaxError,
    "expected a facenet-mnist checkpoint, got weights",
  );
  const weights = encodeSafetensors({ tensors: {}, metadata: {} });
  assertThrows(
    () => decodeCheckpoint(weights, "weights.safetensors"),
    SyntaxError,
    "the file is damaged or no checkpoint",
  );
});
