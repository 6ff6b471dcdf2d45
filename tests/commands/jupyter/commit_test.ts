import { findBrowser } from "../../../lib/commands/jupyter/browser.ts";
import { commitOutputs } from "../../../lib/commands/jupyter/commit.ts";
import {
  formatNotebook,
  parseNotebook,
} from "../../../lib/commands/jupyter/notebook.ts";
import { temporaryFolder } from "../../../lib/commands/system/project.ts";
import {
  FIRST_FIGURE_TYPE,
  PLOTLY_TYPE,
} from "../../../lib/plots/notebook/figure_bundle.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { displayed, makeNotebook } from "./make_notebook.ts";

const needed: Deno.PermissionName[] = ["read", "write", "run", "net", "env"];

function figure(values: number, type = PLOTLY_TYPE) {
  const y = Array.from({ length: values }, (_, i) => i / 1000);
  return displayed({
    [type]: { data: [{ y }], layout: { width: 200, height: 100 } },
    "text/html": "<div></div><script>draw()</script>",
    "text/plain": "[figure]",
  });
}

permittedTest(
  "commitOutputs() gives each figure and drawing a picture, and drops large data",
  needed,
  async () => {
    const browser = await findBrowser().catch(() => {});
    if (!browser) return console.warn("not tested: there is no Chromium");
    const folder = await temporaryFolder();
    try {
      const path = `${folder}/01_a.ipynb`;
      const code = "await show(1);";
      await Deno.writeTextFile(path, formatNotebook(makeNotebook({ code })));
      const toy = displayed({
        "text/html": "<div></div><script>play()</script>",
        "image/svg+xml":
          '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"></svg>',
        "text/plain": "[toy]",
      });
      const outputs = [
        figure(10),
        figure(20_000),
        figure(10, FIRST_FIGURE_TYPE),
        toy,
      ];
      const executed = makeNotebook({ code, outputs });
      await commitOutputs(path, executed, browser, folder);

      const text = await Deno.readTextFile(path);
      const [cell] = parseNotebook(text, path).cells;
      const kept = cell?.outputs?.map((output) => {
        assert(output.output_type === "display_data");
        assertEquals(output.metadata, {
          "image/png": { width: 200, height: 100 },
        });
        return Object.keys(output.data);
      });
      assertEquals(kept, [
        [PLOTLY_TYPE, "image/png", "text/plain"],
        ["image/png", "text/plain"],
        ["image/png", "text/plain"],
        ["image/png", "text/plain"],
      ]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

permittedTest(
  "commitOutputs() leaves the file alone when a picture fails",
  needed,
  async () => {
    const folder = await temporaryFolder();
    try {
      const path = `${folder}/01_a.ipynb`;
      const before = formatNotebook(makeNotebook({ code: "1;" }));
      await Deno.writeTextFile(path, before);
      const executed = makeNotebook({ code: "1;", outputs: [figure(1)] });
      await assertRejects(() => commitOutputs(path, executed, "false", folder));
      assertEquals(await Deno.readTextFile(path), before);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
