/**
 * `decodeSafetensors()` against Python's safetensors 0.8.0: odd files and its
 * verdicts, as make_safetensors.py wrote them.
 */
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../lib/files/safetensors.ts";
import { capture } from "../../lib/commands/system/process.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import { inFolder } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import cases from "../fixtures/safetensors.json" with { type: "json" };

interface Case {
  name: string;
  /** The file in base64. */
  file: string;
  /** Python's message. */
  refused?: string;
  tensors?: Record<string, { shape: unknown[]; values: string[] | null }>;
  metadata?: Record<string, string>;
}

/**
 * What Python reads and this library does not: keys that are there twice, of
 * which the format's description says that they are disallowed; entries that
 * are no objects and types that are no text, which are an accident of Rust's
 * serde; and what a Float32Array or a number of JavaScript cannot hold.
 */
const onlyPython = (name: string) =>
  /^a name twice.* with one range|^(a key of the metadata|an unknown key) twice/
    .test(name) ||
  ["an entry that is a list", "a dtype as an object"].includes(name) ||
  name.startsWith("values of type ") || name === "sides of 2^53 + 1 and 0";

const read = (file: string) =>
  decodeSafetensors(
    Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)),
    "odd",
  );

for (const { name, file, refused, tensors, metadata } of cases as Case[]) {
  const verdict = refused ? "refuses" : "reads";
  Deno.test(`decodeSafetensors() on ${name}, which Python ${verdict}`, () => {
    if (refused || onlyPython(name)) {
      const message = /^Cannot read (the header of )?odd: expected .*, got /;
      const error = assertThrows(() => read(file), SyntaxError);
      assert(message.test(error.message), error.message);
      return;
    }
    const got = read(file);
    const expected = Object.entries(tensors!).map(([key, tensor]) => [key, {
      shape: tensor.shape,
      data: Float32Array.from(tensor.values!, pythonNumber),
    }]);
    assertEquals(got, { tensors: Object.fromEntries(expected), metadata });
  });
}

function pythonNumber(text: string): number {
  return text.endsWith("inf")
    ? Number(`${text}inity`.replace("i", "I"))
    : Number(text);
}

Deno.test("encodeSafetensors() writes the very bytes that Python does", () => {
  for (const { name, file } of cases as Case[]) {
    if (!name.startsWith("saved by Python")) continue;
    const precision = name.endsWith("float16") ? "float16" : "float32";
    const bytes = encodeSafetensors(read(file), precision);
    assertEquals(btoa(String.fromCharCode(...bytes)), file);
  }
});

/** What Python reads of a file, as JSON. */
const program = `
import json, sys
from safetensors import safe_open
with safe_open(sys.argv[1], "np") as opened:
    tensors = {key: [list(opened.get_tensor(key).shape), opened.get_tensor(key).ravel().tolist()] for key in opened.keys()}
    print(json.dumps([tensors, opened.metadata()]))
`;

permittedTest(
  "encodeSafetensors() writes what an installed Python reads",
  ["run", "read", "write"],
  () =>
    inFolder(async (folder) => {
      const has = await capture("python3", ["-c", "import safetensors.numpy"]);
      if (has?.code !== 0) {
        console.warn("not tested: python3 has no safetensors with numpy");
        return;
      }
      const data = Float32Array.of(1, -0.5, 3e38, 1e-45, 65504, 2);
      const names = ["", "w", "__proto__", "constructor", "10", 'ü/😀\u0000"'];
      const tensors = Object.fromEntries(
        names.map((name, i) => [name, {
          shape: [2, 3],
          data: data.map((x) => x / (i + 1)),
        }]),
      );
      const metadata = { "ü": '\u0001\n"' };
      const path = `${folder}/w.safetensors`;
      await Deno.writeFile(path, encodeSafetensors({ tensors, metadata }));
      const ended = await capture("python3", ["-c", program, path]);
      assertEquals(ended?.stderr, "");
      const [read, texts] = JSON.parse(ended!.stdout);
      const expected = Object.entries(tensors).map((
        [name, { shape, data }],
      ) => [name, [shape, [...data]]]);
      assertEquals([read, texts], [Object.fromEntries(expected), metadata]);
    }),
);
