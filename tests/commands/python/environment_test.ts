import { CommandError } from "../../../lib/commands/arguments/command.ts";
import {
  environmentAt,
  isComplete,
  prepareEnvironment,
} from "../../../lib/commands/python/environment.ts";
import {
  jupyterVariables,
  writeKernelSpec,
} from "../../../lib/commands/python/kernelspec.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { type Behaviour, fakePython } from "./fake_python.ts";

/** Makes environments with a stand-in for Python, in a folder of its own. */
async function withFolder(
  test: (
    folder: string,
    prepare: (behaviour?: Behaviour) => Promise<string[]>,
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(`${folder}/.venv`, async (behaviour) => {
      const said: string[] = [];
      await prepareEnvironment(
        `${folder}/.venv`,
        (line) => said.push(line),
        [await fakePython(folder, behaviour)],
      );
      return said;
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const needed: Deno.PermissionName[] = ["read", "write", "run"];

permittedTest(
  "prepareEnvironment() makes it once and installs the pinned packages",
  needed,
  () =>
    withFolder(async (folder, prepare) => {
      const environment = environmentAt(folder);
      assertEquals(await isComplete(environment), false);
      const said = await prepare();
      assert(said[0]?.startsWith("Making the private environment"));
      assert(await isComplete(environment));
      const installed = await Deno.readTextFile(
        `${environment.python}.installed`,
      );
      assert(installed.includes("jupyterlab==4.6.6 nbclient==0.11.0"));
      assertEquals(await prepare(), []);
    }),
);

permittedTest(
  "prepareEnvironment() makes anew what is half made, damaged or of other versions",
  needed,
  () =>
    withFolder(async (folder, prepare) => {
      const python = `${folder}/bin/python`;
      const pins = `${folder}/facenet-pins.txt`;
      const damages: [reason: string, damage: () => Promise<void>][] = [
        ["half made", () => Deno.mkdir(`${folder}/lib`, { recursive: true })],
        ["half made", () => Deno.remove(pins)],
        ["no Python that starts", () => Deno.remove(python)],
        ["no Python that starts", () => Deno.chmod(python, 0o644)],
        ["jupyterlab is missing", () => Deno.remove(`${python}.installed`)],
        ["other versions", () => Deno.writeTextFile(pins, "nbclient==1")],
      ];
      for (const [reason, damage] of damages) {
        await damage();
        const [said = "", ...more] = await prepare();
        assert(said.includes(reason), said);
        assertEquals(more, []);
        assertEquals(await prepare(), []);
      }
    }),
);

permittedTest(
  "prepareEnvironment() leaves nothing where it fails, and says why",
  needed,
  () =>
    withFolder(async (folder, prepare) => {
      await assertRejects(
        () => prepare({ breaks: true }),
        CommandError,
        "to succeed, got\nthe disk is full\nNothing was left behind",
      );
      await assertRejects(() => Deno.stat(folder), Deno.errors.NotFound);
      await assertRejects(
        () => prepare({ faulty: true }),
        CommandError,
        "expected what was installed to work, got\njupyterlab is missing\nNothing was left behind",
      );
      await assertRejects(() => Deno.stat(folder), Deno.errors.NotFound);
      await assertRejects(() => prepare({ lacks: "venv" }), CommandError);
      await assertRejects(() => Deno.stat(folder), Deno.errors.NotFound);
    }),
);

permittedTest(
  "writeKernelSpec() writes this Deno where Jupyter looks",
  needed,
  () =>
    withFolder(async (folder) => {
      const environment = environmentAt(folder);
      await writeKernelSpec(environment);
      const { JUPYTER_PATH } = jupyterVariables(environment);
      const written = await Deno.readTextFile(
        `${JUPYTER_PATH}/kernels/deno/kernel.json`,
      );
      assertEquals(JSON.parse(written).argv[0], Deno.execPath());
    }),
);
