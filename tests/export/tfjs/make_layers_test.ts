import layers from "../../../lib/export/tfjs/nn2.js" with { type: "text" };
import { assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { makeLayers } from "./make_layers.ts";

/** Another Deno may bundle and format otherwise. */
const version = "2.9.6";

if (Deno.version.deno === version) {
  permittedTest(
    "nn2.js holds lib's own layers as they are now",
    ["read", "run"],
    async () => {
      assertEquals(
        await makeLayers(),
        layers,
        "run: deno run -A tests/export/tfjs/make_layers.ts",
      );
    },
  );
} else {
  Deno.test.ignore(
    `nn2.js holds lib's own layers as they are now [needs Deno ${version}]`,
    () => {},
  );
}
