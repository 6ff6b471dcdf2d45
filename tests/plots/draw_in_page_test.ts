import { drawInPage } from "../../lib/plots/draw_in_page.ts";
import { assert, assertEquals } from "../assert.ts";

const figure = { data: [], layout: { title: "Loss" } };
const source = { urls: ["kernel", "cdn"], integrity: "sha384-sum" };

/** A page with one element for a figure, and the network it can reach. */
function fakePage(
  reachable: string[],
  kept = new Map<string, Response>(),
) {
  const fetched: string[] = [];
  const drawn: unknown[] = [];
  let children = ["stand-in"];
  const place = { replaceChildren: () => children = [] };
  const window: Record<string, unknown> = {
    caches: {
      open: () =>
        Promise.resolve({
          match: (key: string) => Promise.resolve(kept.get(key)?.clone()),
          put: (key: string, file: Response) =>
            Promise.resolve(void kept.set(key, file)),
        }),
    },
  };
  const fetch = (url: string, { integrity }: { integrity: string }) => {
    fetched.push(url);
    assertEquals(integrity, source.integrity);
    return reachable.includes(url)
      ? Promise.resolve(new Response("the file"))
      : Promise.reject(new TypeError("not reachable"));
  };
  const document = {
    getElementById: (id: string) => id === "here" ? place : null,
    createElement: () => ({ textContent: "" }),
    head: {
      append: (script: { textContent: string }) => {
        assertEquals(script.textContent, "the file");
        window.Plotly = {
          newPlot: (_: unknown, figure: unknown) => drawn.push(figure),
        };
      },
    },
  };
  // As in a page, the function is there by its source alone.
  const draw = new Function(
    "globalThis",
    "document",
    "fetch",
    `return ${drawInPage}`,
  )(window, document, fetch) as typeof drawInPage;
  return { draw, drawn, fetched, kept, children: () => children };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("drawInPage() loads plotly.js once for all figures", async () => {
  const { draw, drawn, fetched, children } = fakePage(["kernel", "cdn"]);
  draw("here", figure, source);
  draw("here", figure, source);
  assertEquals(children(), ["stand-in"]);
  await settled();
  assertEquals(drawn, [figure, figure]);
  assertEquals(children(), []);
  assertEquals(fetched, ["kernel"]);
  draw("here", figure, source); // now at once
  assertEquals(drawn.length, 3);
});

Deno.test("drawInPage() tries the next address when one fails", async () => {
  const { draw, drawn, fetched } = fakePage(["cdn"]);
  draw("here", figure, source);
  await settled();
  assertEquals(fetched, ["kernel", "cdn"]);
  assertEquals(drawn, [figure]);
});

Deno.test("drawInPage() takes what the browser has kept", async () => {
  const { kept, draw } = fakePage(["kernel"]);
  draw("here", figure, source);
  await settled();
  const later = fakePage([], kept);
  later.draw("here", figure, source);
  await settled();
  assertEquals(later.fetched, []);
  assertEquals(later.drawn, [figure]);
});

Deno.test("drawInPage() leaves the stand-in and tries again with the next figure", async () => {
  const reachable: string[] = [];
  const { draw, drawn, children } = fakePage(reachable);
  draw("here", figure, source);
  await settled();
  assertEquals([drawn, children()], [[], ["stand-in"]]);
  reachable.push("kernel");
  draw("here", figure, source);
  await settled();
  assertEquals(drawn, [figure]);
});

Deno.test("drawInPage() draws nothing where the output has gone", async () => {
  const { draw, drawn, fetched } = fakePage(["kernel"]);
  draw("elsewhere", figure, source);
  await settled();
  assertEquals(drawn, []);
  assert(fetched.length > 0);
});
