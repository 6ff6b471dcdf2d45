import { usage } from "../../../lib/commands/arguments/usage.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("usage() lists every option with its values and default", () => {
  const text = usage({
    name: "deno task example",
    description: "An example.",
    positionals: { name: "name…", description: "names" },
    options: {
      batchSize: {
        type: "integer",
        min: 1,
        max: 9,
        default: 3,
        description: "images",
      },
      preset: { type: "choice", of: ["a", "b"], description: "length" },
      out: { type: "path", default: "out", description: "folder" },
      resume: { type: "path", optional: true, description: "go on" },
      write: { type: "boolean", description: "keep it" },
    },
  });
  assertEquals(
    text,
    `deno task example [name…] [options]

An example.

  name…                  names
  --batch-size <number>  images: a whole number from 1 to 9 (default 3)
  --preset <a|b>         length
  --out <path>           folder (default out)
  --resume [path]        go on
  --write                keep it
  --help                 print this text`,
  );
});

Deno.test("usage() says behind a setting what its long list of choices is", () => {
  const of = ["the first of many words", "the second"];
  const text = usage({
    name: "x",
    description: "y",
    options: { word: { type: "choice", of, description: "which" } },
  });
  assert(
    text.includes(
      "--word <name>  which: one of the first of many words, the second",
    ),
  );
});

Deno.test("usage() names no positional arguments where there are none", () => {
  const text = usage({ name: "x", description: "y", options: {} });
  assert(text.startsWith("x [options]\n"));
});
