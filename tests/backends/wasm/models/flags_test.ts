import { fastFlags } from "../../../../lib/backends/wasm/linking/tier.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";

/** Runs Deno with V8's flags; a program may come from its standard input. */
async function deno(args: string[], flags: string, program = "") {
  const process = new Deno.Command(Deno.execPath(), {
    args,
    cwd: import.meta.dirname!,
    env: { DENO_V8_FLAGS: flags, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const supported = Deno.permissions.querySync({ name: "run" }).state ===
    "granted" && (await deno(["eval", "0"], fastFlags)).code === 0;

Deno.test({
  name: supported
    ? "the kernels for V8's flags pass the tests of the plain ones"
    : "the kernels for V8's flags [needs run, and a V8 that knows them]",
  ignore: !supported,
  async fn() {
    // Without the permission to run, the child leaves this test out.
    const { code, stdout, stderr } = await deno(
      ["test", "--allow-env", "--no-check", "."],
      fastFlags,
    );
    assertEquals(code, 0, stdout + stderr);
  },
});

permittedTest("useBackend() says which kernels run", ["run"], async () => {
  const program = `
    import { useBackend } from "../../../../lib/backends/use_backend.ts";
    console.log((await useBackend("wasm")).kernels);
  `;
  const kernels = async (flags: string, ...permissions: string[]) =>
    (await deno(["run", ...permissions, "--ext=ts", "-"], flags, program))
      .stdout.trim();
  if (supported && Deno.build.arch === "x86_64") {
    assertEquals(await kernels(fastFlags, "--allow-env"), "flags");
  }
  assertEquals(await kernels("--random-seed=0", "--allow-env"), "plain");
  // Without the permission to see the flags, none are assumed.
  assert(await kernels("--random-seed=0") === "plain");
});
