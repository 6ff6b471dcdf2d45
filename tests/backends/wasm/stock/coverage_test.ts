import { namesOf, stockNames } from "./stock_names.ts";
import "../../../../lib/backends/wasm/mod.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";

/** The names between a sentence's opening and its end in README. */
async function listed(opening: string): Promise<string[]> {
  const readme = await Deno.readTextFile(
    new URL("../../../../README.md", import.meta.url),
  );
  const text = readme.replaceAll(/\s+/g, " ");
  const start = text.indexOf(opening);
  assert(start >= 0, `expected README to have "${opening}"`);
  const sentence = text.slice(start + opening.length).split(/\.\s/)[0]!;
  return [...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
}

permittedTest(
  "README lists the kernels of tfjs that are added to its WASM backend, and no other",
  ["read"],
  async () => {
    const now = namesOf("wasm");
    const added = [...namesOf("cpu")]
      .filter((name) => now.has(name) && !stockNames.has(name));
    assert(added.length > 0);
    const text = await listed("They add to TensorFlow.js's own:");
    assertEquals(text, added.toSorted());
  },
);

permittedTest(
  "README lists the kernels of tfjs's cpu backend that WASM still lacks, and no other",
  ["read"],
  async () => {
    const now = namesOf("wasm");
    const missing = [...namesOf("cpu")].filter((name) => !now.has(name));
    const text = await listed(
      "Of what its cpu backend has, these are still missing:",
    );
    assertEquals(text, missing.toSorted());
  },
);
