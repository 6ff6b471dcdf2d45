import { Buffer } from "node:buffer";
import fc from "fast-check";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../lib/files/safetensors.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

const example = {
  tensors: {
    "conv1/kernel": {
      shape: [2, 1, 3],
      data: Float32Array.of(1, 2, 3, 4, 5, 6),
    },
    scalar: { shape: [], data: Float32Array.of(-0.5) },
    none: { shape: [0, 4], data: new Float32Array() },
  },
  metadata: { settings: '{"über": 1}' },
};

/** A file with this header, whatever it says. */
function withHeader(header: unknown, values = 0): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + values);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

Deno.test("encodeSafetensors() and decodeSafetensors() are inverse", () => {
  assertEquals(decodeSafetensors(encodeSafetensors(example)), example);
  const tensor = fc.array(fc.float(), { maxLength: 20 }).map((values) => ({
    shape: [values.length],
    data: Float32Array.from(values),
  }));
  fc.assert(fc.property(
    fc.dictionary(fc.stringMatching(/^[a-z/]{1,12}$/), tensor, {
      noNullPrototype: true,
    }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), {
      noNullPrototype: true,
    }),
    (tensors, metadata) => {
      const file = { tensors, metadata };
      assertEquals(decodeSafetensors(encodeSafetensors(file)), file);
    },
  ));
});

Deno.test("encodeSafetensors() halves the values on request", () => {
  const whole = encodeSafetensors(example);
  const half = encodeSafetensors(example, "float16");
  assertEquals(whole.length - half.length, 7 * 2);
  assertEquals(decodeSafetensors(half), example);
  const large = { shape: [1], data: Float32Array.of(1e5) };
  assertThrows(
    () => encodeSafetensors({ tensors: { large }, metadata: {} }, "float16"),
    RangeError,
    "Cannot store large as float16",
  );
});

Deno.test("encodeSafetensors() aligns the values to 8 bytes", () => {
  const bytes = encodeSafetensors(example);
  assertEquals(bytes[0]! % 8, 0);
  assertEquals(bytes.length, 8 + bytes[0]! + 256 * bytes[1]! + 7 * 4);
});

Deno.test("decodeSafetensors() reads from bytes at any offset", () => {
  const bytes = encodeSafetensors(example);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  assertEquals(decodeSafetensors(shifted.subarray(3)), example);
});

Deno.test("decodeSafetensors() names the file when it is cut off anywhere", () => {
  const bytes = encodeSafetensors(example);
  for (let length = 0; length < bytes.length; length++) {
    const error = assertThrows(
      () => decodeSafetensors(bytes.subarray(0, length), "a.safetensors"),
      SyntaxError,
      "Cannot read a.safetensors: expected",
    );
    assert(error.message.includes("got"));
  }
});

Deno.test("decodeSafetensors() names the tensor that it cannot read", () => {
  const entry = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  const refuses = (header: unknown, values: number, message: string) =>
    assertThrows(
      () => decodeSafetensors(withHeader(header, values), "x"),
      SyntaxError,
      `Cannot read x: expected ${message}`,
    );
  const w = (changes: object) => ({ w: { ...entry, ...changes } });
  refuses([1], 0, 'a header that describes tensors, got "[1]"');
  refuses({ w: 3 }, 0, 'a header that describes tensors, "w" too, got 3');
  refuses(
    w({ dtype: "I64" }),
    4,
    'values of type F32, F16, BF16 for "w", got I64',
  );
  refuses(
    w({ shape: [-1] }),
    4,
    'whole numbers, written without a point, as the shape of "w", got [-1]',
  );
  refuses(
    w({ data_offsets: [0] }),
    4,
    'two whole numbers, written without a point, as data_offsets of "w", got [0]',
  );
  refuses(w({ shape: [2] }), 4, '8 bytes for "w" of shape [2], got 4');
  refuses(w({ dtype: "F16" }), 4, '2 bytes for "w" of shape [1], got 4');
  refuses(
    { gamma: entry, beta: entry },
    4,
    'the values of "beta" at 4, where those before end, got 0',
  );
  refuses({ w: entry }, 5, '4 bytes of values, up to "w", got 5');
  refuses(
    { w: entry, __metadata__: { a: 1 } },
    4,
    "metadata of text, got an object with a",
  );
});

Deno.test("decodeSafetensors() names what stands twice in a header", () => {
  const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
  for (
    const [header, twice] of [
      [`{"w":${entry},"\\u0077":${entry}}`, '"w"'],
      [`{"__metadata__":{},"__metadata__":{}}`, '"__metadata__"'],
      [`{"a":{},"w":{"dtype":"F32","dtype":"F32"}}`, '"dtype" of "w"'],
    ] as const
  ) {
    assertThrows(
      () => decodeSafetensors(withHeader(header), "x"),
      SyntaxError,
      `Cannot read the header of x: expected each name once, got ${twice} twice`,
    );
  }
});

Deno.test("decodeSafetensors() reads Node's Buffer, and nothing that is no Uint8Array", () => {
  // Its slice is a view of shared memory, which begins elsewhere.
  const shared = Buffer.concat([new Uint8Array(5), encodeSafetensors(example)]);
  assertEquals(decodeSafetensors(shared.subarray(5)), example);
  const others = [encodeSafetensors(example).buffer, "text", undefined];
  for (const bytes of others as unknown as Uint8Array[]) {
    assertThrows(
      () => decodeSafetensors(bytes, "x"),
      RangeError,
      "Cannot read x: expected a Uint8Array, got ",
    );
  }
});

Deno.test("decodeSafetensors() reads a header of many million characters", () => {
  const metadata = { run: '{"\\": [1]}'.repeat(1e6) };
  const read = decodeSafetensors(encodeSafetensors({ tensors: {}, metadata }));
  assert(read.metadata.run === metadata.run);
});
