import { CommandError } from "../../../lib/commands/arguments/command.ts";
import { capture } from "../../../lib/commands/system/process.ts";
import { findPython } from "../../../lib/commands/python/python.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { fakePython } from "./fake_python.ts";

permittedTest(
  "findPython() takes the first that is new enough and whole",
  ["read", "write", "run"],
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const old = await fakePython(folder, { version: "3.9" });
      const partial = await fakePython(folder, { lacks: "ensurepip" });
      const good = await fakePython(folder);
      const better = await fakePython(folder, { version: "4.0" });
      const candidates = [`${folder}/none`, old, partial, good, better];
      assertEquals(await findPython(candidates), good);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

permittedTest(
  "findPython() is not misled by variables for another Python",
  ["run"],
  async () => {
    const module = new URL(
      "../../../lib/commands/python/python.ts",
      import.meta.url,
    );
    const find = async (env: Record<string, string>) => {
      const code = `const { findPython } = await import("${module}");
        console.log(await findPython().catch(({ message }) => message));`;
      return await capture(Deno.execPath(), ["eval", "--no-check", code], {
        env,
      });
    };
    assertEquals(
      await find({
        PYTHONHOME: "/nonexistent",
        PYTHONEXECUTABLE: "/nonexistent",
        PYTHONVERBOSE: "1",
      }),
      await find({}),
    );
  },
);

permittedTest(
  "findPython() says what each candidate lacks and what to install",
  ["read", "write", "run"],
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const old = await fakePython(folder, { version: "3.9" });
      const partial = await fakePython(folder, { lacks: "ensurepip" });
      const broken = `${folder}/broken`;
      const script = "#!/bin/sh\necho 'no version is set' >&2; exit 1\n";
      await Deno.writeTextFile(broken, script, { mode: 0o755 });
      const { message } = await assertRejects(
        () => findPython(["no-such-python", old, partial, broken]),
        CommandError,
        "expected Python 3.10 or newer with its module venv, got",
      );
      assert(/no-such-python +not found\n/.test(message), message);
      assert(message.includes(`${broken} does not run: no version is set\n`));
      assert(message.includes(`${old} is Python 3.9\n`), message);
      assert(
        message.includes(
          `${partial} is Python 3.12 without its module ensurepip\n`,
        ),
        message,
      );
      assert(
        message.includes("sudo apt install python3 python3-venv"),
        message,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
