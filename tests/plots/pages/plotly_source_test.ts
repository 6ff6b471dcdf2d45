import { servePlotly } from "../../../lib/plots/pages/plotly_source.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

permittedTest("servePlotly() serves the file once, at its address alone", [
  "net",
], async () => {
  const source = await servePlotly();
  assertEquals(await servePlotly(), source);
  const url = new URL(source.urls[0]!);
  assertEquals(url.hostname, "127.0.0.1");

  // fetch() does not check `integrity` in Deno, so this does.
  const answer = await fetch(url);
  assertEquals(answer.headers.get("access-control-allow-origin"), "*");
  const file = await answer.arrayBuffer();
  const [, version] = /plotly\.js v([\d.]+)/.exec(
    new TextDecoder().decode(file.slice(0, 50)),
  )!;
  assert(source.urls[1]!.includes(`@${version}/`));
  const hash = await crypto.subtle.digest("SHA-384", file);
  assertEquals(
    source.integrity,
    `sha384-${new Uint8Array(hash).toBase64()}`,
  );

  for (const path of ["/", "/plotly.min.js"]) {
    const other = await fetch(new URL(path, url));
    await other.text();
    assertEquals(other.status, 404);
  }
});
