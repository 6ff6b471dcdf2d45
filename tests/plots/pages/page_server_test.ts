import { servePage } from "../../../lib/plots/pages/page_server.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

const posted = (headers: Record<string, string>, body = "3"): RequestInit => ({
  method: "POST",
  headers,
  body,
});

/** What a server answers to the lines of a request, as no `fetch` would send them. */
async function raw(port: string, lines: string[]): Promise<string> {
  const connection = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(port),
  });
  const text = [...lines, "Connection: close", "", ""].join("\r\n");
  await connection.write(new TextEncoder().encode(text));
  const answer = await new Response(connection.readable).text();
  return answer.split("\r\n")[0]!;
}

permittedTest("servePage() serves its address alone", ["net"], async () => {
  const page = servePage(
    ({ method, body }) => new Response(`${method} ${body}`),
    { name: "page" },
  );
  const { origin, hostname, pathname, port } = new URL(page.address);
  assertEquals(hostname, "127.0.0.1");
  assert(/^\/[-0-9a-f]{36}\/page$/.test(pathname));
  const read = async (address: string, init: RequestInit = {}) => {
    const response = await fetch(address, init);
    return [response.status, await response.text()];
  };
  assertEquals(await read(page.address), [200, "GET "]);
  assertEquals(await read(page.address, posted({})), [200, "POST 3"]);
  for (const path of ["/", "/page", pathname.slice(0, -1), `${pathname}/x`]) {
    assertEquals((await read(origin + path))[0], 404);
    assertEquals((await read(origin + path, posted({})))[0], 404);
  }
  assertEquals((await read(page.address, { method: "PUT" }))[0], 405);

  // Another name that someone has made to mean 127.0.0.1.
  const get = `GET ${pathname} HTTP/1.1`;
  const answers = await Promise.all([
    raw(port, [get, `Host: 127.0.0.1:${port}`]),
    raw(port, [get, `Host: evil.example:${port}`]),
    raw(port, [get, `Host: localhost:${port}`]),
  ]);
  assertEquals(answers.map((line) => line.split(" ")[1]), [
    "200",
    "403",
    "403",
  ]);
  await page.close();
  await assertRejects(() => fetch(page.address), TypeError);
});

permittedTest("servePage() takes posts of pages on this machine alone", [
  "net",
], async () => {
  const bodies: string[] = [];
  const page = servePage(({ body }) => {
    bodies.push(body);
    return new Response("done");
  });
  const origins: [string, number][] = [
    ["http://localhost:8888", 200],
    ["http://127.0.0.1:8888", 200],
    ["http://[::1]:8888", 200],
    ["vscode-webview://1a2b", 200],
    ["https://example.com", 403],
    ["http://localhost.example.com", 403],
    ["http://127.0.0.1.example.com", 403],
    ["null", 403],
  ];
  for (const [origin, status] of origins) {
    const response = await fetch(page.address, posted({ origin }));
    await response.text();
    assertEquals([origin, response.status], [origin, status]);
    const allowed = response.headers.get("access-control-allow-origin");
    assertEquals(allowed, status === 200 ? origin : null);
  }
  assertEquals(bodies.length, 4);
  await page.close();
});

permittedTest("servePage() refuses what is too long", ["net"], async () => {
  let calls = 0;
  const page = servePage(() => {
    calls++;
    return new Response();
  }, { mostBytes: 10 });
  for (const [length, status] of [[10, 200], [11, 413], [1e6, 413]] as const) {
    const body = "x".repeat(length);
    const response = await fetch(page.address, posted({}, body));
    await response.text();
    assertEquals(response.status, status);
  }
  assertEquals(calls, 1);
  await page.close();
});

permittedTest("servePage() takes an earlier page for the same away", [
  "net",
], async () => {
  const serve = (text: string, instead?: string) =>
    servePage(() => new Response(text), instead ? { instead } : {});
  const [first, other] = [serve("first", "a"), serve("other", "b")];
  const [second, plain] = [serve("second", "a"), serve("plain")];
  await assertRejects(() => fetch(first.address), TypeError);
  await first.close(); // once more: nothing happens, and the second stays
  for (const [page, text] of [[other, "other"], [second, "second"]] as const) {
    assertEquals(await (await fetch(page.address)).text(), text);
  }
  await Promise.all([other, second, plain].map(({ close }) => close()));
});
