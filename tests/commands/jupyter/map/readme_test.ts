import {
  mapFigures,
  mostMapBytes,
} from "../../../../lib/commands/jupyter/map/map_picture.ts";
import { projectPath } from "../../../../lib/files/paths.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";

permittedTest(
  "the README shows a small picture of each notebook, and leads to it",
  ["read"],
  async () => {
    const readme = await Deno.readTextFile(projectPath("README.md"));
    const names: string[] = [];
    for await (const { name } of Deno.readDir(projectPath("notebooks"))) {
      if (name.endsWith(".ipynb")) names.push(name.replace(".ipynb", ""));
    }
    assertEquals(names.sort(), Object.keys(mapFigures));
    for (const name of names) {
      const picture = `notebooks/figures/${name}.png`;
      assert(readme.includes(`src="${picture}"`), `${picture} in the README`);
      assert(
        readme.includes(`](notebooks/${name}.ipynb)`),
        `${name} is linked`,
      );
      const { size } = await Deno.stat(projectPath(picture));
      assert(size <= mostMapBytes, `${picture}: ${size} bytes`);
    }
  },
);
