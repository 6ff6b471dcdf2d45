import { assertEquals } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { root } from "./sources.ts";

permittedTest("each room has a face that deno.json and lib/mod.ts name", [
  "read",
], () => {
  const rooms = [...Deno.readDirSync(new URL("lib", root))]
    // Commands are run, not imported.
    .filter(({ name, isDirectory }) => isDirectory && name !== "commands")
    .map(({ name }) => name).toSorted();
  const read = (path: string) => Deno.readTextFileSync(new URL(path, root));
  const { exports } = JSON.parse(read("deno.json"));
  for (const room of rooms) {
    assertEquals(exports[`./${room}`], `./lib/${room}/mod.ts`);
  }
  const faces = read("lib/mod.ts").matchAll(/^export \* from "(.*)";$/gm)
    .map(([, path]) => path!).toArray();
  assertEquals(faces.toSorted(), rooms.map((room) => `./${room}/mod.ts`));
});
