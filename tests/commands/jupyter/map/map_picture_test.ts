import { findBrowser } from "../../../../lib/commands/jupyter/browser.ts";
import {
  mapPicture,
  markedPicture,
  mostMapBytes,
} from "../../../../lib/commands/jupyter/map/map_picture.ts";
import type {
  Cell,
  NotebookFile,
} from "../../../../lib/commands/jupyter/notebook.ts";
import { encodePng } from "../../../../lib/plots/encode/png.ts";
import { createRandom } from "../../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";

const png = (height: number, width: number) => {
  const random = createRandom(1);
  const pixels = Uint8Array.from(
    { length: height * width },
    () => random.integer(256),
  );
  return encodePng({ pixels, height, width, channels: 1 }).toBase64();
};

function cell(name: string, picture?: string, height = 400): Cell {
  const metadata = { "image/png": { width: 640, height } };
  const data = { "text/plain": "a", ...(picture && { "image/png": picture }) };
  const output = { output_type: "display_data", data, metadata } as const;
  return {
    cell_type: "code",
    metadata: {},
    source: [`await show(${name}());\n`],
    outputs: [output],
  };
}

const notebook = (...cells: Cell[]): NotebookFile => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells,
});

Deno.test("markedPicture() is that of a cell that calls the function, or else the notebook's first", () => {
  const [a, b] = [png(2, 2), png(3, 3)];
  const cells = notebook(cell("none"), cell("a", a), cell("b", `${b}\n`));
  const size = { width: 640, height: 400 };
  assertEquals(markedPicture(cells, "b"), { png: b, ...size });
  assertEquals(markedPicture(cells, "none"), { png: a, ...size });
  assertEquals(markedPicture(cells, undefined), { png: a, ...size });
  assertEquals(markedPicture(notebook(cell("none")), "none"), undefined);
});

permittedTest(
  "mapPicture() is small, and not too high, where there is a Chromium",
  ["read", "write", "run", "net", "env"],
  async () => {
    const browser = await findBrowser().catch(() => {});
    if (!browser) return console.warn("not tested: there is no Chromium");
    // Noise is the hardest to pack.
    const noise = notebook(cell("a", png(640, 640), 640));
    const file = (await mapPicture(noise, "07_a", browser))!;
    assert(file.length <= mostMapBytes);
    const header = new DataView(file.buffer, file.byteOffset + 16);
    const [width, height] = [header.getUint32(0), header.getUint32(4)];
    assert(width >= 100 && Math.abs(height / width - 0.75) < 0.02);
    assertEquals(
      await mapPicture(notebook(cell("a")), "07_a", browser),
      undefined,
    );
  },
);
