import {
  existingPyTorch,
  preparePyTorch,
} from "../../../../lib/commands/bench/subjects/pytorch_environment.ts";
import { CommandError } from "../../../../lib/commands/arguments/command.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";
import { inFolder } from "../../../digits/folder.ts";
import { permittedTest } from "../../../permitted.ts";

/**
 * Writes a program that behaves like Python where PyTorch is installed: it
 * installs nothing, and copies itself into the environment.
 *
 * @param fails What it says where it cannot install.
 */
async function fakePython(folder: string, fails = ""): Promise<string> {
  const path = `${folder}/python`;
  const script = `#!/bin/sh
case "$*" in
  *" -m venv "*)
    for folder; do :; done
    mkdir -p "$folder/bin" && cp "$0" "$folder/bin/python" ;;
  *proof.py*) [ -e "$0.installed" ] ;;
  *" -m pip install "*)
    if [ -n "${fails}" ]; then echo "${fails}" >&2; exit 1; fi
    echo "$*" >> "$0.installed" ;;
  *torch.__version__*) [ -e "$0.installed" ] &&
    echo '{"version": "2.15.0+cpu", "threads": 2}' ;;
esac
`;
  await Deno.writeTextFile(path, script, { mode: 0o755 });
  return path;
}

const needed: Deno.PermissionName[] = ["read", "write", "run"];

permittedTest(
  "preparePyTorch() installs the pinned version once",
  needed,
  () =>
    inFolder(async (folder) => {
      const python = await fakePython(folder);
      const said: string[] = [];
      const prepare = () =>
        preparePyTorch(`${folder}/torch`, (line) => said.push(line), [
          "/no/such/python",
          python,
        ]);
      const torch = await prepare();
      assertEquals(torch, {
        python: `${folder}/torch/bin/python`,
        version: "2.15.0+cpu",
        threads: 2,
      });
      assertEquals(said.length, 1);
      const installed = await Deno.readTextFile(`${torch.python}.installed`);
      assert(installed.includes("torch==2.15.0"), installed);
      assertEquals(await prepare(), torch);
      assertEquals(said.length, 1);
    }),
);

permittedTest(
  "preparePyTorch() leaves nothing where it fails, and says why",
  needed,
  () =>
    inFolder(async (folder) => {
      const python = await fakePython(folder, "No matching distribution");
      const torch = `${folder}/torch`;
      await assertRejects(
        () => preparePyTorch(torch, () => {}, [python]),
        CommandError,
        "Cannot install PyTorch: No matching distribution",
      );
      await assertRejects(() => Deno.stat(torch), Deno.errors.NotFound);
      await assertRejects(
        () => preparePyTorch(torch, () => {}, ["/no/such/python"]),
        CommandError,
        "Cannot install PyTorch: expected a Python with its module venv, got /no/such/python: not found",
      );
    }),
);

permittedTest(
  "existingPyTorch() asks a Python for its PyTorch and its GPU",
  needed,
  () =>
    inFolder(async (folder) => {
      const python = `${folder}/python`;
      const answer = '{"version": "2.11.0", "threads": 16, "gpu": "Abacus X"}';
      const write = (script: string) =>
        Deno.writeTextFile(python, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      await write(`echo '${answer}'`);
      assertEquals(await existingPyTorch(python), {
        python,
        version: "2.11.0",
        threads: 16,
        gpu: "Abacus X",
      });
      await write("exit 1");
      await assertRejects(
        () => existingPyTorch(python),
        CommandError,
        `Cannot measure PyTorch: expected ${python} to be a Python that has it`,
      );
    }),
);
