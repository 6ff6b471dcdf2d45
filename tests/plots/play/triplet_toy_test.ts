import {
  findBrowser,
  openUntil,
} from "../../../lib/commands/jupyter/browser.ts";
import { temporaryFolder } from "../../../lib/commands/system/project.ts";
import { isPlayable } from "../../../lib/plots/encode/playable.ts";
import { playableBundle } from "../../../lib/plots/notebook/figure_bundle.ts";
import { drawCircle } from "../../../lib/plots/play/triplet/draw_circle.ts";
import { drawPanel } from "../../../lib/plots/play/triplet/draw_panel.ts";
import { tripletLook } from "../../../lib/plots/play/triplet/look.ts";
import { measureTriplet } from "../../../lib/plots/play/triplet/measure.ts";
import { turnByKey } from "../../../lib/plots/play/triplet/turn.ts";
import { tripletToy } from "../../../lib/plots/play/triplet_toy.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

Deno.test("tripletToy() has a picture and a text that say the same", () => {
  const toy = tripletToy({ margin: 0.5 });
  assert(isPlayable(toy));
  const [, loss = ""] = /loss (\d\.\d{3});/.exec(toy.text)!;
  assert(Number(loss) > 0);
  assert(toy.picture.startsWith("<svg ") && toy.picture.endsWith("</svg>"));
  assert(toy.picture.includes(`>= ${loss}</text>`));
  const [, exact = ""] = /data-loss="([^"]*)"/.exec(toy.html)!;
  assertEquals(Number(exact).toFixed(3), loss);
  assertEquals(Object.keys(playableBundle(toy)), [
    "text/html",
    "image/svg+xml",
    "text/plain",
  ]);
});

Deno.test("tripletToy() needs no network and ends no script early", () => {
  const { html } = tripletToy();
  const addresses = html.match(/https?:\/\/[^\s"'%]*/g) ?? [];
  assertEquals(addresses.filter((url) => !url.includes("www.w3.org")), []);
  assertEquals(html.match(/<\/script>/g)!.length, 1);
  assert(!/\bimport\b|\bfetch\b|Plotly/.test(html));
});

Deno.test("tripletToy() refuses a margin that the slider does not have", () => {
  for (const margin of [-0.1, 2.1, NaN, "0.2" as unknown as number]) {
    assertThrows(() => tripletToy({ margin }), RangeError, "margin");
  }
});

Deno.test("the toy's page code uses no names from outside of it", () => {
  // Functions that are made anew from their sources know only what a page has.
  const again = <T>(code: T) =>
    new Function("document", `"use strict"; return ${code};`)(undefined) as T;
  const measured = again(measureTriplet)([0, 1, 1.1], 0.2);
  assertEquals(measured, measureTriplet([0, 1, 1.1], 0.2));
  assertEquals(
    again(drawCircle)(measured, tripletLook),
    drawCircle(measured, tripletLook),
  );
  assertEquals(
    again(drawPanel)(measured, 0.2, tripletLook),
    drawPanel(measured, 0.2, tripletLook),
  );
  assertEquals(again(turnByKey)(0, "ArrowUp", true), Math.PI / 18);
});

const needed: Deno.PermissionName[] = ["read", "write", "run", "net", "env"];

permittedTest(
  "tripletToy() follows keys, pointer, slider and buttons in a browser",
  needed,
  async () => {
    const browser = await findBrowser().catch(() => {});
    if (!browser) return console.warn("not tested: there is no Chromium");
    const folder = await temporaryFolder();
    const reported = Promise.withResolvers<Record<string, string>>();
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => {
        const { search } = new URL(request.url);
        if (search) {
          reported.resolve(JSON.parse(decodeURIComponent(search.slice(1))));
        }
        return new Response();
      },
    );
    try {
      const path = `${folder}/toy.html`;
      const address = `http://127.0.0.1:${server.addr.port}/`;
      const { html } = tripletToy();
      await Deno.writeTextFile(
        path,
        // The second time its script finds a triplet that is being played with.
        `<!doctype html><meta charset="utf-8">${html}${
          html.slice(html.indexOf("<script>"))
        }<script>(${play})("${address}");</script>`,
      );
      const seen = await openUntil(browser, `file://${path}`, reported.promise);
      const at = (degrees: number[], margin = 0.2) =>
        measureTriplet(degrees.map((d) => d * Math.PI / 180), margin);
      const loss = (degrees: number[], margin?: number) =>
        at(degrees, margin).loss.toFixed(6);
      const { slopes } = at([90, 0, 139], 1);
      const stepped = [90, 0, 139].map((d, i) =>
        d - 0.05 * slopes[i]! * 180 / Math.PI
      );
      assertEquals(seen, {
        start: loss([90, 45, 139]),
        key: loss([90, 43, 139]),
        // To the right of the center: angle 0.
        drag: loss([90, 0, 139]),
        released: loss([90, 0, 139]),
        margin: loss([90, 0, 139], 1),
        step: loss(stepped, 1),
        again: loss([90, 45, 139]),
        slider: "1.05",
        pieces: "2 svg, 3 points, 2 buttons",
        value: "45 degrees, loss 0.098, semi-hard",
      });
    } finally {
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/** Runs in the page: plays, and reports the losses. */
function play(address: string): void {
  const root = document.querySelector<HTMLElement>(".facenet-play")!;
  const svg = root.querySelector("svg")!;
  const positive = root.querySelector<SVGElement>('[data-point="positive"]')!;
  const [step, again] = root.querySelectorAll("button");
  const seen: Record<string, string> = {};
  const note = (name: string) => seen[name] = root.dataset.loss!;
  note("start");
  positive.dispatchEvent(
    new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }),
  );
  note("key");
  // A pointer that a script makes up cannot be captured.
  let held = false;
  positive.setPointerCapture = () => held = true;
  positive.hasPointerCapture = () => held;
  const { left, top, width } = svg.getBoundingClientRect();
  const move = (type: string, x: number, y: number) =>
    positive.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 7,
        clientX: left + x * width / 380,
        clientY: top + y * width / 380,
      }),
    );
  move("pointerdown", 300, 110);
  move("pointermove", 400, 195);
  note("drag");
  held = false;
  move("pointermove", 190, 300);
  note("released");
  const range = root.querySelector("input")!;
  range.value = "1";
  range.dispatchEvent(new Event("input"));
  note("margin");
  const press = (key: string) =>
    range.dispatchEvent(new KeyboardEvent("keydown", { key }));
  press("ArrowRight");
  seen.slider = root.dataset.margin!;
  press("ArrowDown");
  step!.click();
  note("step");
  again!.click();
  note("again");
  const count = (selector: string) => root.querySelectorAll(selector).length;
  seen.pieces = `${count("svg")} svg, ${count("[data-point]")} points, ${
    count("button")
  } buttons`;
  seen.value = positive.getAttribute("aria-valuetext")!;
  new Image().src = `${address}?${encodeURIComponent(JSON.stringify(seen))}`;
}
