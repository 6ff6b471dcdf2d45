import { capture } from "../../../lib/commands/system/process.ts";
import {
  environmentFault,
  sealed,
} from "../../../lib/commands/python/sealed.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { type RealPython, withPython } from "./real_python.ts";

const needed: Deno.PermissionName[] = ["read", "write", "run"];

/** Runs a sealed Python in an environment with variables; its lines. */
async function run(
  python: string,
  args: string[],
  env: Record<string, string>,
): Promise<string[]> {
  const start = sealed(args, { JUPYTER_PATH: "/ours" });
  const ended = await capture(python, start.args, {
    env: { ...env, ...start.env },
  });
  assertEquals(ended?.code, 0, ended?.stderr);
  return ended!.stdout.trim().split("\n");
}

/** What stops a Python, leads it to other files, or makes it say too much. */
function forPythons(folder: string): Record<string, string> {
  return {
    PYTHONHOME: "/nonexistent",
    PYTHONPATH: folder,
    PYTHONSTARTUP: `${folder}/needed.py`,
    PYTHONUSERBASE: folder,
    PYTHONNOUSERSITE: "1",
    PYTHONEXECUTABLE: "/nonexistent",
    PYTHONPLATLIBDIR: "nolib",
    PYTHONWARNINGS: "error",
    PYTHONINSPECT: "1",
    PYTHONVERBOSE: "1",
    __PYVENV_LAUNCHER__: "/nonexistent",
    VIRTUAL_ENV: "/nonexistent",
    CONDA_PREFIX: "/nonexistent",
    IPYTHONDIR: "/nonexistent",
    JUPYTER_PATH: "/theirs",
    JUPYTER_CONFIG_DIR: "/nonexistent",
    JUPYTER_DATA_DIR: "/nonexistent",
    JUPYTERLAB_DIR: "/nonexistent",
  };
}

permittedTest(
  "sealed() keeps variables for other Pythons away, also from what it starts",
  needed,
  () =>
    withPython(async ({ python, folder }) => {
      // Whoever finds these by PYTHONPATH ends at once.
      for (const module of ["needed", "json", "pip", "traitlets"]) {
        await Deno.writeTextFile(`${folder}/${module}.py`, "raise SystemExit");
      }
      const script = `${folder}/see.py`;
      await Deno.writeTextFile(
        script,
        `import os, subprocess, sys
print(sys.executable)
print(*sorted(os.environ), sep=" ")
code = "import json, os; print(json.dumps(os.environ['JUPYTER_PATH']))"
print(subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True).stdout.strip())`,
      );
      const theirs = forPythons(folder);
      const [executable, names = "", child] = await run(python, [script], {
        ...theirs,
        FACENET_PRESET: "full",
      });
      const left = names.split(" ");
      assertEquals(executable, python);
      assertEquals(
        left.filter((name) => name in theirs),
        ["JUPYTER_PATH"],
      );
      assert(left.includes("FACENET_PRESET"));
      assertEquals(child, '"/ours"');
    }),
);

/** What would have pip install nothing, elsewhere, or not enough. */
const forPip = {
  PIP_USER: "1",
  PIP_TARGET: "/nonexistent",
  PIP_PREFIX: "/nonexistent",
  PIP_ROOT: "/nonexistent",
  PIP_DRY_RUN: "1",
  PIP_NO_DEPS: "1",
  PIP_CONSTRAINT: "/nonexistent",
  PIP_REQUIREMENT: "/nonexistent",
  PIP_REQUIRE_HASHES: "1",
  PIP_ONLY_BINARY: ":none:",
  PIP_NO_BINARY: ":all:",
  PIP_PYTHON: "/nonexistent",
  PIP_PLATFORM: "win32",
  PIP_LOG: "/nonexistent/log",
  PIP_REPORT: "/nonexistent/report",
};

/** Harm in variables, and a pip.conf that says where packages are and does more harm. */
async function harmed(
  { folder, wheels }: RealPython,
): Promise<Record<string, string>> {
  const path = `${folder}/pip.conf`;
  await Deno.writeTextFile(
    path,
    `[global]
no-index = true
user = true
target = /nonexistent
trusted-host =
    a.example
    b.example
use-feature = nonsense
[install]
find-links = ${wheels}
dry-run = true
no-deps = true
`,
  );
  // Empty variables count as none: this machine's own would win over the file.
  const none = {
    PIP_FIND_LINKS: "",
    PIP_INDEX_URL: "",
    PIP_EXTRA_INDEX_URL: "",
  };
  return { ...forPip, ...none, PIP_CONFIG_FILE: path };
}

permittedTest(
  "sealed() leaves pip how it reaches its packages, and nothing else",
  needed,
  () =>
    withPython(async (real) => {
      const env = {
        ...await harmed(real),
        PIP_INDEX_URL: "https://mirror.example/simple",
        PIP_DEFAULT_TIMEOUT: "3",
        PIP_CERT: "/etc/cert.pem",
      };
      const settings = await run(
        real.python,
        ["-m", "pip", "config", "list"],
        env,
      );
      assertEquals(settings.filter((line) => !line.includes("config-file")), [
        ":env:.cert='/etc/cert.pem'",
        ":env:.default-timeout='3'",
        `:env:.find-links='${real.wheels}'`,
        ":env:.index-url='https://mirror.example/simple'",
        ":env:.no-index='true'",
        ":env:.trusted-host='\\na.example\\nb.example'",
      ]);
    }),
);

permittedTest(
  "environmentFault() finds an environment whole, whatever pip was set to, and names what is damaged",
  needed,
  () =>
    withPython(async (real) => {
      const { python, folder, packages } = real;
      const fault = (...modules: string[]) =>
        environmentFault(python, folder, { pins: ["needed==1"], modules });
      assertEquals(await fault(), "needed is missing");
      const install = ["-m", "pip", "install", "-qq", "needed==1"];
      await run(python, install, await harmed(real));
      assertEquals(await fault("needed", "helper"), undefined);

      const damages: [damage: string, to: string, message: string][] = [
        ["helper/part.py", "", "helper lacks helper/part.py"],
        ["helper/part.py", "x = 11", "helper has a damaged helper/part.py"],
        ["helper/data.txt", "", "helper lacks helper/data.txt"],
        ["helper-1.dist-info", "", "helper is missing"],
        ["needed-1.dist-info", "", "needed is missing"],
      ];
      for (const [damage, to, message] of damages) {
        const path = `${packages}/${damage}`;
        await Deno.rename(path, `${folder}/kept`);
        if (to) await Deno.writeTextFile(path, to);
        assertEquals(await fault(), message);
        if (to) await Deno.remove(path);
        await Deno.rename(`${folder}/kept`, path);
      }
      await Deno.mkdir(`${packages}/later`);
      assertEquals(await fault(), undefined);
      assertEquals(
        await fault("helper.other"),
        "helper.other cannot be imported: No module named 'helper.other'",
      );
      assertEquals(
        await environmentFault(python, folder, {
          pins: ["needed==2"],
          modules: [],
        }),
        "needed is 1 and not 2",
      );
    }),
);
