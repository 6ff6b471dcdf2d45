import { encodeSafetensors } from "../../lib/files/safetensors.ts";
import { assertThrows } from "../assert.ts";

const data = Float32Array.of(1, 2);
const w = { shape: [2], data };

function refuses(file: unknown, message: string, precision?: unknown): void {
  assertThrows(
    () => encodeSafetensors(file as never, precision as never),
    RangeError,
    `Cannot write safetensors: expected ${message}`,
  );
}

/** A file with one tensor w. */
const one = (tensor: unknown) => ({ tensors: { w: tensor }, metadata: {} });

Deno.test("encodeSafetensors() refuses values that are no Float32Array", () => {
  const others: [unknown, string][] = [
    [Int32Array.of(1, 2), "Int32Array [1, 2]"],
    [Float64Array.of(1, 2), "Float64Array [1, 2]"],
    [Uint8Array.of(1, 2), "Uint8Array [1, 2]"],
    [new Float16Array(2), "Float16Array [0, 0]"],
    [BigInt64Array.of(1n, 2n), "BigInt64Array [1n, 2n]"],
    [new DataView(data.buffer), "DataView 8 bytes"],
    [data.buffer, "an object without keys"],
    [[1, 2], "[1, 2]"],
    ["12", '"12"'],
    [undefined, "nothing"],
    [null, "null"],
  ];
  for (const [data, got] of others) {
    const expected = 'the data of "w" as a Float32Array, got ';
    refuses(one({ shape: [2], data }), expected + got);
  }
  refuses(one(null), 'the data of "w" as a Float32Array, got nothing');
});

Deno.test("encodeSafetensors() refuses shapes that are not the values'", () => {
  const whole = 'whole numbers of 0 or more as the shape of "w", got ';
  const cases: [unknown, string][] = [
    [[3], '3 values for "w" of shape [3], got 2'],
    [[1], '1 values for "w" of shape [1], got 2'],
    [[], '1 values for "w" of shape [], got 2'],
    [[2, 0], '0 values for "w" of shape [2, 0], got 2'],
    [[2 ** 40, 2 ** 40], '1.2089258196146292e+24 values for "w"'],
    [[NaN], `${whole}[NaN]`],
    [[-1, -2], `${whole}[-1, -2]`],
    [[0.5, 4], `${whole}[0.5, 4]`],
    [[Infinity], `${whole}[Infinity]`],
    [["2"], `${whole}["2"]`],
    [[2, null], `${whole}[2, null]`],
    [[[2]], `${whole}[[…]]`],
    // deno-lint-ignore no-sparse-arrays
    [[2, ,], `${whole}[2, nothing]`],
    [Int32Array.of(2), `${whole}[2]`],
    ["2", `${whole}"2"`],
    [2, `${whole}2`],
    [undefined, `${whole}nothing`],
  ];
  for (const [shape, message] of cases) refuses(one({ shape, data }), message);
});

Deno.test("encodeSafetensors() refuses names and metadata that the format cannot hold", () => {
  const named = (name: string) => ({ tensors: { [name]: w }, metadata: {} });
  refuses(
    named("__metadata__"),
    'tensors with names of their own, got "__metadata__", which is the metadata\'s',
  );
  const whole = "to be text of whole characters, got";
  refuses(named("a\ud800"), `a tensor's name ${whole} "a\\ud800"`);
  const metadata: [unknown, string][] = [
    [{ a: 1 }, `the metadata "a" ${whole} 1`],
    [{ a: undefined }, `the metadata "a" ${whole} nothing`],
    [{ a: { b: "c" } }, `the metadata "a" ${whole} an object with b`],
    [{ a: "\udc00" }, `the metadata "a" ${whole} "\\udc00"`],
    [{ "\udc00": "a" }, `a name in the metadata ${whole} "\\udc00"`],
    [null, "metadata as an object, got null"],
    ["text", 'metadata as an object, got "text"'],
    [["a"], 'metadata as an object, got ["a"]'],
    [
      new Map([["a", "b"]]),
      "metadata as an object, got an object without keys",
    ],
  ];
  for (const [each, message] of metadata) {
    refuses({ tensors: { w }, metadata: each }, message);
  }
  refuses({ tensors: [w], metadata: {} }, "tensors as an object, got");
  refuses({ metadata: {} }, "tensors as an object, got nothing");
});

Deno.test("encodeSafetensors() refuses precisions that it does not have", () => {
  for (const precision of ["foo", "F16", "bfloat16", 16, null, "toString"]) {
    refuses(one(w), "precision to be one of float32, float16, got", precision);
  }
});
