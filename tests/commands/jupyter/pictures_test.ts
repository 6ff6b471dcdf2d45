import { CommandError } from "../../../lib/commands/arguments/command.ts";
import { findBrowser } from "../../../lib/commands/jupyter/browser.ts";
import {
  drawPictures,
  figureSize,
} from "../../../lib/commands/jupyter/pictures.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const needed: Deno.PermissionName[] = ["read", "write", "run", "net", "env"];

Deno.test("figureSize() is the size in the layout", () => {
  assertEquals(figureSize({ data: [], layout: { width: 300, height: 200 } }), {
    width: 300,
    height: 200,
  });
  assertEquals(figureSize('<svg height="20" width="30" viewBox="0 0 9 9"/>'), {
    width: 30,
    height: 20,
  });
  assertEquals(figureSize({ data: [], layout: {} }), {
    width: 640,
    height: 400,
  });
});

permittedTest("findBrowser() says what to install", needed, async () => {
  await assertRejects(
    () => findBrowser(["no-such-browser", "false"]),
    CommandError,
    "as no-such-browser, false, found none.\nInstall it (Debian: sudo apt install chromium)",
  );
});

permittedTest(
  "drawPictures() draws every kind of figure as PNG, where there is a Chromium",
  needed,
  async () => {
    const browser = await findBrowser().catch((error) => {
      console.warn(`not tested: ${error.message}`);
    });
    if (!browser) return;
    const figures = [
      { data: [{ y: [1, 3, 2] }], layout: { width: 300, height: 200 } },
      { data: [{ type: "heatmap", z: [[1, 2], [3, 4]] }], layout: {} },
      '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60"><text y="9">α</text></svg>',
    ];
    const pictures = await drawPictures(figures, browser);
    const sizes = pictures.map((picture) => {
      const png = Uint8Array.fromBase64(picture);
      const header = new DataView(png.buffer, 16);
      assertEquals(png.slice(1, 4), new TextEncoder().encode("PNG"));
      return [header.getUint32(0), header.getUint32(4)];
    });
    assertEquals(sizes, [[450, 300], [960, 600], [150, 90]]);
    assert(pictures[0] !== pictures[1]);
  },
);

permittedTest(
  "drawPictures() says so when the browser ends early",
  needed,
  async () => {
    await assertRejects(
      () => drawPictures([{ data: [], layout: {} }], "false"),
      CommandError,
      "expected an answer of false within 120 s, got its end",
    );
  },
);
