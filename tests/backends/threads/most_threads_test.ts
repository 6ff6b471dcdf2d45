import { mostThreads } from "../../../lib/backends/threads/most_threads.ts";
import { assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

permittedTest("mostThreads() is one for each core", ["read"], () => {
  assertEquals(mostThreads(), navigator.hardwareConcurrency);
});

Deno.test({
  name: "mostThreads() is 1 where no file may be read",
  permissions: { read: false },
  fn: () => assertEquals(mostThreads(), 1),
});
