import { kernelSpec } from "../../../lib/commands/python/kernelspec.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("kernelSpec() interrupts by message and prints without colors", () => {
  const { argv, interrupt_mode, env } = kernelSpec(
    "/a b/deno",
    "--random-seed=0",
  );
  assertEquals(argv[0], "/a b/deno");
  assertEquals([interrupt_mode, env.NO_COLOR], ["message", "1"]);
});
