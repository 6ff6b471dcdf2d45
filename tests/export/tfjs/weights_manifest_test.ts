import { weightShards } from "../../../lib/export/tfjs/weights_manifest.ts";
import { assertEquals } from "../../assert.ts";

const shard = 4 * 2 ** 20;

Deno.test("weightShards() cuts weights into files of 4 MiB, through tensors too", () => {
  // One value less than two files hold, and two more.
  const large = new Float32Array(2 * shard / 4 - 1).fill(1);
  const weights = {
    a: { shape: [large.length], data: large },
    b: { shape: [2], data: Float32Array.of(2, 3) },
  };
  const { manifest: [{ paths }], files } = weightShards(weights, "float32");
  assertEquals(paths, [1, 2, 3].map((i) => `weights-${i}of3.bin`));
  assertEquals(Object.keys(files), paths);
  const [first, second, third] = paths.map((path) =>
    new Float32Array(files[path]!.buffer)
  );
  assertEquals([first!.length, second!.length], [shard / 4, shard / 4]);
  assertEquals([second!.at(-2), second!.at(-1)], [1, 2]);
  assertEquals([...third!], [3]);
});

Deno.test("weightShards() stores filters alone as float16", () => {
  const weights = {
    kernel: { shape: [1, 1, 1, 2], data: Float32Array.of(1 / 3, -2) },
    bias: { shape: [1], data: Float32Array.of(1 / 3) },
  };
  const { manifest: [group], files } = weightShards(weights, "float16");
  assertEquals(group, {
    paths: ["weights-1of1.bin"],
    weights: [
      {
        name: "kernel",
        shape: [1, 1, 1, 2],
        dtype: "float32",
        quantization: { dtype: "float16", original_dtype: "float32" },
      },
      { name: "bias", shape: [1], dtype: "float32" },
    ],
  });
  const bytes = files["weights-1of1.bin"]!;
  assertEquals(bytes.length, 8);
  assertEquals([...new Float16Array(bytes.buffer, 0, 2)], [
    Math.f16round(1 / 3),
    -2,
  ]);
  assertEquals([...new Float32Array(bytes.buffer, 4)], [Math.fround(1 / 3)]);
});
