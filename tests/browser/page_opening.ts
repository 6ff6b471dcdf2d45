import type { Browser, Page } from "playwright-core";
import { drawByMouse } from "./drawings.ts";
import { openPage, patience, said } from "./page.ts";
import { waitUntil } from "./playthings.ts";

/**
 * Opens the page from a server, isolated from others and not, and pages that are damaged
 * or in a browser that lacks something: says what goes wrong.
 */
export async function openingProblems(
  browser: Browser,
  path: string,
): Promise<string[]> {
  const html = await Deno.readTextFile(path);
  const all: string[] = [];
  const isolated = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  };
  const middle = html.lastIndexOf('data-part="data"') + 5000;
  const cases: [string, string, Record<string, string>, RegExp][] = [
    ["from a server", html, {}, /^3, at/],
    ["isolated", html, isolated, /^3, at/],
    [
      "cut off",
      html.slice(0, middle) +
      html.slice(html.lastIndexOf("</script>\n<script")),
      {},
      /^This page's file is damaged or was cut off\./,
    ],
    [
      "damaged",
      html.slice(0, middle) + "AAAA" + html.slice(middle + 4),
      {},
      /^This page's file is damaged or was cut off\./,
    ],
    [
      "without DecompressionStream",
      html.replace(
        "<head>",
        "<head><script>delete globalThis.DecompressionStream</script>",
      ),
      {},
      /^This browser lacks DecompressionStream, which the network needs\./,
    ],
    [
      "without SIMD",
      html.replace(
        "<head>",
        "<head><script>WebAssembly.validate = () => false</script>",
      ),
      {},
      /^This browser lacks WebAssembly SIMD, which the network needs\./,
    ],
  ];
  for (const [name, content, headers, expected] of cases) {
    const server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen() {} },
      () =>
        new Response(content, {
          headers: { "content-type": "text/html", ...headers },
        }),
    );
    const address = `http://127.0.0.1:${server.addr.port}/`;
    const { page, problems, close } = await openPage(browser, address);
    const text = expected.source.startsWith("^3")
      ? await said(page)
      : await page.locator("[data-part=loaded]").textContent();
    if (!expected.test(text ?? "")) problems.push(`says "${text}"`);
    all.push(...problems.map((problem) => `${name}: ${problem}`));
    await close();
    await server.shutdown();
  }
  all.push(...await slowProblems(browser, html));
  return all;
}

/** A server from which the network comes late: the sheet is there before. */
async function slowProblems(
  browser: Browser,
  html: string,
): Promise<string[]> {
  const half = html.indexOf('data-part="data"') + 3_000_000;
  const seen = Promise.withResolvers<void>();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => {
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(encoder.encode(html.slice(0, half)));
          await seen.promise;
          controller.enqueue(encoder.encode(html.slice(half)));
          controller.close();
        },
      });
      return new Response(body, { headers: { "content-type": "text/html" } });
    },
  );
  const problems: string[] = [];
  const page = await browser.newPage();
  const address = `http://127.0.0.1:${server.addr.port}/`;
  await page.goto(address, { waitUntil: "commit" });
  const canvas = page.locator(".draw canvas");
  await canvas.waitFor({ timeout: patience });
  await drawByMouse(canvas, [[0.5, 0.15], [0.5, 0.85]]);
  const text = await said(page);
  if (/\d/.test(text ?? "")) problems.push(`slow: says "${text}" too early`);
  seen.resolve();
  const isRead = await waitUntil(
    async () => /^1, at/.test(await said(page) ?? ""),
    patience,
  );
  if (!isRead) problems.push(`slow: says "${await said(page)}"`);
  problems.push(...await clearedProblems(page));
  await page.close();
  await server.shutdown();
  return problems;
}

/** A sheet that is cleared before its answer comes has none. */
function clearedProblems(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = document.querySelector<HTMLElement>("main")!;
    const canvas = root.querySelector("canvas")!;
    const { left, top, width } = canvas.getBoundingClientRect();
    const point = (type: string, share: number) =>
      canvas.dispatchEvent(
        new PointerEvent(type, {
          pointerId: 1,
          clientX: left + width / 2,
          clientY: top + share * width,
        }),
      );
    canvas.setPointerCapture = () => {};
    point("pointerdown", 0.1);
    point("pointermove", 0.9);
    point("pointerup", 0.9);
    root.querySelector<HTMLElement>("[data-do=Clear]")!.click();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const shown = ["said", "digit"].map((part) =>
      root.querySelector(`[data-part=${part}]`)!.textContent
    ).join("");
    return shown === "" ? [] : [`cleared: says "${shown}"`];
  });
}
