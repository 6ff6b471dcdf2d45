import {
  environmentAt,
  isComplete,
} from "../../lib/commands/python/environment.ts";
import { environmentFolder } from "../../lib/commands/system/project.ts";
import { assert, assertEquals } from "../assert.ts";
import { permittedTest } from "../permitted.ts";

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Asks until there is an answer, for half a minute. */
async function answer(address: string): Promise<Response> {
  for (let tries = 0; tries < 150; tries++) {
    const response = await fetch(address).catch(() => {});
    if (response) return response;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`expected an answer from ${address}, got none`);
}

permittedTest(
  "deno task lab serves the notebooks with Deno's kernel, and ends with its process",
  ["read", "write", "run", "net", "sys"],
  async () => {
    if (!await isComplete(environmentAt(environmentFolder))) {
      console.warn("not tested: `deno task lab --prepare` has not been run");
      return;
    }
    const port = freePort();
    const lab = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--no-check", "-A"],
        new URL("../../lib/commands/lab.ts", import.meta.url).href,
        ...["--no-browser", "--port", String(port)],
        ...["--", "--IdentityProvider.token=secret"],
      ],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      const get = async (path: string) => {
        const address = `http://127.0.0.1:${port}/api/${path}?token=secret`;
        return await (await answer(address)).json();
      };
      const { kernelspecs } = await get("kernelspecs");
      assertEquals(kernelspecs.deno.spec.argv[0], Deno.execPath());
      assertEquals(kernelspecs.deno.spec.interrupt_mode, "message");
      const { content } = await get("contents/notebooks");
      assert(
        content.some(({ name }: { name: string }) => name.endsWith(".ipynb")),
      );
    } finally {
      lab.kill("SIGTERM");
      await lab.status;
    }
  },
);
