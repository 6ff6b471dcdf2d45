import { CommandError } from "../../../lib/commands/arguments/command.ts";
import { findPython } from "../../../lib/commands/python/python.ts";
import { runSealed } from "../../../lib/commands/python/sealed.ts";
import { environmentAt } from "../../../lib/commands/python/environment.ts";

/** A private environment that a test may break. */
export interface RealPython {
  python: string;
  folder: string;
  /** Where its packages are. */
  packages: string;
  /** A folder with two packages to install, `needed`, which asks for `helper`. */
  wheels: string;
}

// A wheel is a zip file; pip asks for no more than this in it.
const makeWheels = `
import os, sys, sysconfig, zipfile

folder = sys.argv[1]
os.makedirs(folder)

def wheel(name, files, requires=""):
    info = f"{name}-1.dist-info"
    files = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1\\n{requires}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    with zipfile.ZipFile(f"{folder}/{name}-1-py3-none-any.whl", "w") as file:
        for path, text in files.items():
            file.writestr(path, text)
        rows = [f"{path},,{len(text)}" for path, text in files.items()]
        file.writestr(f"{info}/RECORD", "\\n".join([*rows, f"{info}/RECORD,,"]))

wheel("needed", {"needed.py": "import helper"}, "Requires-Dist: helper==1\\n")
wheel("helper", {"helper/__init__.py": "", "helper/part.py": "x = 1", "helper/data.txt": "a"})
print(sysconfig.get_path("purelib"))
`;

/**
 * Makes a real environment, in a folder of its own, for a test. Where there is
 * no Python that can, there is nothing to test.
 */
export async function withPython(
  test: (real: RealPython) => Promise<void>,
): Promise<void> {
  const base = await findPython().catch((error) => {
    if (!(error instanceof CommandError)) throw error;
    console.warn(`not tested: ${error.message}`);
  });
  if (!base) return;
  // The system's folder for such may be a link, which Python resolves.
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await runSealed(base, ["-m", "venv", folder]);
    const { python } = environmentAt(folder);
    const wheels = `${folder}/wheels`;
    const script = `${folder}/make.py`;
    await Deno.writeTextFile(script, makeWheels);
    const made = await runSealed(python, [script, wheels]);
    if (made?.code !== 0) throw new Error(made?.stderr);
    await test({ python, folder, wheels, packages: made.stdout.trim() });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
