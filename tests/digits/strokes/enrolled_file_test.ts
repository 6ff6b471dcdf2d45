import { encodeSafetensors } from "../../../lib/files/safetensors.ts";
import { enroll, type Enrolled } from "../../../lib/digits/strokes/enrolled.ts";
import {
  decodeEnrolled,
  encodeEnrolled,
  loadEnrolled,
  saveEnrolled,
} from "../../../lib/digits/strokes/enrolled_file.ts";
import { assertEquals, assertRejects, assertThrows } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const image = (seed: number) =>
  Uint8Array.from({ length: 784 }, (_, i) => (i * seed) % 256);
const some = [["star", 3], ["my sign", 5], ["star", 7], ["__proto__", 9]]
  .reduce<Enrolled>(
    (all, [name, seed]) => enroll(all, `${name}`, image(Number(seed))),
    new Map(),
  );
const metadata = { format: "facenet-on-mnist enrolled symbols 1" };

permittedTest(
  "saveEnrolled() writes what loadEnrolled() reads",
  ["read", "write"],
  async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/new/symbols.safetensors`;
    await saveEnrolled(path, some);
    assertEquals(await loadEnrolled(path), some);
    await saveEnrolled(path, new Map());
    assertEquals((await loadEnrolled(path)).size, 0);
    assertEquals([...Deno.readDirSync(`${folder}/new`)].length, 1);
    await assertRejects(() => loadEnrolled(`${path}2`), Deno.errors.NotFound);
    await Deno.remove(folder, { recursive: true });
  },
);

Deno.test("decodeEnrolled() refuses every file that is cut off", () => {
  const bytes = encodeEnrolled(some);
  for (let length = 0; length < bytes.length; length += 97) {
    assertThrows(
      () => decodeEnrolled(bytes.subarray(0, length), "symbols"),
      SyntaxError,
      "Cannot read symbols: expected",
    );
  }
});

Deno.test("decodeEnrolled() refuses what is no symbol's drawing", () => {
  const file = (
    name: string,
    shape: number[],
    value = 0,
    more: Record<string, string> = metadata,
  ) => {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value);
    return encodeSafetensors({
      tensors: { [name]: { shape, data } },
      metadata: more,
    });
  };
  assertEquals(decodeEnrolled(file("a", [2, 28, 28], 255), "f").size, 1);
  const wrong: [Uint8Array, string][] = [
    [file("a", [1, 28, 28], 0, {}), 'the format "facenet'],
    [file("a", [28, 28]), 'images of 28×28 pixels as "a", got shape [28, 28]'],
    [file("a", [0, 28, 28]), "images of 28×28"],
    [file("a", [1, 28, 27]), "images of 28×28"],
    [file("a", [1, 28, 28], 0.5), 'values from 0 to 255 in "a", got 0.5'],
    [file("a", [1, 28, 28], 256), "got 256"],
    [file("a", [1, 28, 28], NaN), "got NaN"],
    [file("7", [1, 28, 28]), 'other than a digit\'s, got "7"'],
    [file("x".repeat(21), [1, 28, 28]), "a name of 1 to 20"],
    [file("a", [101, 28, 28]), "at most 100 drawings"],
  ];
  for (const [bytes, message] of wrong) {
    assertThrows(() => decodeEnrolled(bytes, "f"), SyntaxError, message);
  }
});

Deno.test("saveEnrolled() refuses before it writes", async () => {
  await assertRejects(() => saveEnrolled("", some), RangeError, "a path");
  await assertRejects(
    () => saveEnrolled("x", {} as never),
    RangeError,
    "a map of enrolled symbols",
  );
  // No file could be read again that has one of these.
  const wrong: [string, Uint8Array[], string][] = [
    ["7", [image(1)], "other than a digit's"],
    ["star", [], "drawings of star"],
    ["star", [new Uint8Array(3)], "28×28 bytes"],
  ];
  for (const [name, images, message] of wrong) {
    await assertRejects(
      () => saveEnrolled("x", new Map([[name, images]])),
      RangeError,
      message,
    );
  }
});
