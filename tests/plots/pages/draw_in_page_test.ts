import { drawInPage } from "../../../lib/plots/pages/draw_in_page.ts";
import { assert, assertEquals } from "../../assert.ts";

const figure = { data: [], layout: { title: "Loss" } };
const source = { urls: ["kernel", "cdn"], integrity: "sha384-sum" };

interface Surroundings {
  /** The addresses that `fetch` reaches. */
  reachable?: string[];
  /** The addresses that a script element reaches. */
  scripts?: string[];
  /** `window.caches`, which may throw. */
  caches?: () => unknown;
  /** How wide the element is; unknown by default, as where it is hidden. */
  clientWidth?: number;
  /** What plotly.js does when it is asked to draw. */
  newPlot?: (figure: unknown) => unknown;
}

/** Caches that keep everything in a map. */
function cachesOf(kept: Map<string, Response>) {
  return {
    open: () =>
      Promise.resolve({
        match: (key: string) => Promise.resolve(kept.get(key)?.clone()),
        put: (key: string, file: Response) =>
          Promise.resolve(void kept.set(key, file)),
      }),
  };
}

/** A page with one element for a figure, and the network it can reach. */
function fakePage(
  {
    reachable = [],
    scripts = [],
    caches = () => cachesOf(new Map()),
    newPlot = () => {},
    clientWidth = 0,
  }: Surroundings,
) {
  const fetched: string[] = [];
  const drawn: unknown[] = [];
  let children = ["stand-in"];
  const place = {
    clientWidth,
    layout: {},
    get childNodes() {
      return children;
    },
    replaceChildren: (...now: string[]) => children = now,
  };
  const window: Record<string, unknown> = Object.defineProperty({}, "caches", {
    get: caches,
  });
  let resized = () => {};
  window.ResizeObserver = class {
    constructor(listener: () => void) {
      resized = listener;
    }
    observe() {}
  };
  const ran = () =>
    window.Plotly = {
      newPlot: (_: unknown, figure: { layout: object }) => {
        drawn.push(figure);
        place.layout = figure.layout;
        return newPlot(figure);
      },
      relayout: (_: unknown, layout: object) => drawn.push(layout),
    };
  const fetch = (url: string, { integrity }: { integrity: string }) => {
    fetched.push(url);
    assertEquals(integrity, source.integrity);
    return reachable.includes(url)
      ? Promise.resolve(new Response("the file"))
      : Promise.reject(new TypeError("not reachable"));
  };
  const append = (script: Partial<HTMLScriptElement>) => {
    if (!script.src) {
      assertEquals(script.textContent, "the file");
      return ran();
    }
    fetched.push(`script ${script.src}`);
    assertEquals(script.integrity, source.integrity);
    assertEquals(script.crossOrigin, "anonymous");
    const loads = scripts.includes(script.src);
    if (loads) ran();
    const ended = (loads ? script.onload : script.onerror) as () => void;
    queueMicrotask(() => ended());
  };
  const document = {
    getElementById: (id: string) => id === "here" ? place : null,
    createElement: () => ({}),
    head: { append },
  };
  // As in a page, the function is there by its source alone.
  const draw = new Function(
    "globalThis",
    "document",
    "fetch",
    `return ${drawInPage}`,
  )(window, document, fetch) as typeof drawInPage;
  return {
    draw,
    drawn,
    fetched,
    children: () => children,
    resize(clientWidth: number) {
      place.clientWidth = clientWidth;
      resized();
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("drawInPage() loads plotly.js once for all figures", async () => {
  const { draw, drawn, fetched, children } = fakePage({
    reachable: ["kernel", "cdn"],
  });
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
  const { draw, drawn, fetched } = fakePage({ reachable: ["cdn"] });
  draw("here", figure, source);
  await settled();
  assertEquals(fetched, ["kernel", "cdn"]);
  assertEquals(drawn, [figure]);
});

Deno.test("drawInPage() takes what the browser has kept", async () => {
  const kept = new Map<string, Response>();
  const caches = () => cachesOf(kept);
  const { draw } = fakePage({ reachable: ["kernel"], caches });
  draw("here", figure, source);
  await settled();
  const later = fakePage({ caches });
  later.draw("here", figure, source);
  await settled();
  assertEquals(later.fetched, []);
  assertEquals(later.drawn, [figure]);
});

Deno.test("drawInPage() leaves the stand-in and tries again with the next figure", async () => {
  const reachable: string[] = [];
  const { draw, drawn, fetched, children } = fakePage({ reachable });
  draw("here", figure, source);
  await settled();
  assertEquals([drawn, children()], [[], ["stand-in"]]);
  assertEquals(fetched, ["kernel", "cdn", "script kernel", "script cdn"]);
  reachable.push("kernel");
  draw("here", figure, source);
  await settled();
  assertEquals(drawn, [figure]);
});

Deno.test("drawInPage() draws nothing where the output has gone", async () => {
  const { draw, drawn, fetched } = fakePage({ reachable: ["kernel"] });
  draw("elsewhere", figure, source);
  await settled();
  assertEquals(drawn, []);
  assert(fetched.length > 0);
});

const rejects = () => Promise.reject(new DOMException("no", "SecurityError"));
const nothing = () => Promise.resolve();
const cache = { match: nothing, put: nothing };
const withoutCaches: [what: string, caches: () => unknown][] = [
  ["are missing", () => undefined],
  ["may not be asked for", () => {
    throw new DOMException("sandboxed", "SecurityError");
  }],
  ["do not open", () => ({ open: rejects })],
  ["throw", () => ({
    open: () => {
      throw new TypeError("no");
    },
  })],
  ["cannot be searched", () => ({
    open: () => Promise.resolve({ ...cache, match: rejects }),
  })],
  [
    "are full",
    () => ({ open: () => Promise.resolve({ ...cache, put: rejects }) }),
  ],
];
for (const [what, caches] of withoutCaches) {
  Deno.test(`drawInPage() draws where the page's caches ${what}`, async () => {
    const { draw, drawn, children } = fakePage({
      reachable: ["cdn"],
      caches,
    });
    draw("here", figure, source);
    await settled();
    assertEquals([drawn, children()], [[figure], []]);
  });
}

Deno.test("drawInPage() loads a script where files may not be read", async () => {
  const { draw, drawn } = fakePage({ scripts: ["cdn"] });
  draw("here", figure, source);
  await settled();
  assertEquals(drawn, [figure]);
});

for (
  const newPlot of [rejects, () => {
    throw new Error("no WebGL");
  }]
) {
  Deno.test("drawInPage() brings the stand-in back where plotly.js fails", async () => {
    const { draw, drawn, children } = fakePage({
      reachable: ["kernel"],
      newPlot,
    });
    draw("here", figure, source);
    await settled();
    assertEquals([drawn, children()], [[figure], ["stand-in"]]);
  });
}

Deno.test("drawInPage() draws narrower where there is less room", async () => {
  const wide = { data: [], layout: { width: 640, height: 300 } };
  const expected = [[0, 640], [700, 640], [500, 500], [200, 360]] as const;
  for (const [clientWidth, width] of expected) {
    const { draw, drawn } = fakePage({ reachable: ["kernel"], clientWidth });
    draw("here", wide, source);
    await settled();
    assertEquals(drawn, [{ data: [], layout: { width, height: 300 } }]);
  }
});

Deno.test("drawInPage() follows the width of the page", async () => {
  const wide = { data: [], layout: { width: 640 } };
  const { draw, drawn, resize } = fakePage({
    reachable: ["kernel"],
    clientWidth: 700,
  });
  draw("here", wide, source);
  await settled();
  drawn.length = 0;
  for (const clientWidth of [800, 500]) resize(clientWidth);
  assertEquals(drawn, [{ width: 500 }]);
});

Deno.test("drawInPage() calls what follows with the drawn figure, in order", async () => {
  const { draw } = fakePage({ reachable: ["kernel"] });
  const calls: unknown[] = [];
  draw("here", figure, source, [
    (_, given) => calls.push(["first", given]),
    (_, given) => calls.push(["second", given]),
  ]);
  await settled();
  assertEquals(calls, [["first", figure], ["second", figure]]);
});
