import { capture } from "../../lib/commands/system/process.ts";
import { projectFolder } from "../../lib/commands/system/project.ts";

/** JupyterLab, as `deno task lab` starts it. */
export interface Lab {
  /** Such as `http://localhost:8888/lab`, without the token. */
  address: string;
  token: string;
  /** Ends it with all its kernels. */
  stop(): Promise<void>;
}

/** Where this test keeps what it makes; git ignores it. */
export const scratch = `${projectFolder}/.cache/browser`;

/** Settings of JupyterLab for this test: nothing is saved by itself, and all cells are in the page. */
const settings = {
  "docmanager-extension/plugin": { autosave: false },
  "apputils-extension/notification": {
    fetchNews: "false",
    checkForUpdates: false,
  },
  "notebook-extension/tracker": { windowingMode: "none" },
};

/** Starts JupyterLab and waits until it says where it is. */
export async function startLab(): Promise<Lab> {
  for (const [name, values] of Object.entries(settings)) {
    const path = `${scratch}/settings/@jupyterlab/${name}.jupyterlab-settings`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, JSON.stringify(values));
  }
  const lab = new Deno.Command(Deno.execPath(), {
    args: [
      ...["task", "lab", "--no-browser", "--port", "0", "--"],
      `--LabApp.user_settings_dir=${scratch}/settings`,
      `--LabApp.workspaces_dir=${scratch}/workspaces`,
      // So that cells are run by JupyterLab's own commands, whatever its menus are called.
      "--LabApp.expose_app_in_browser=True",
      // The notebook that this test brings along lies in .cache.
      "--ContentsManager.allow_hidden=True",
    ],
    cwd: projectFolder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = lab.stderr.pipeThrough(new TextDecoderStream());
  const log = await Deno.open(`${scratch}/lab.log`, {
    write: true,
    create: true,
    truncate: true,
  });
  const found = Promise.withResolvers<{ address: string; token: string }>();
  let text = "";
  const read = (async () => {
    for await (const part of said) {
      await log.write(new TextEncoder().encode(part));
      text += part;
      const [, address, token] =
        /(http:\/\/127\.0\.0\.1:\d+\/lab)\S*[?&]token=(\w+)/.exec(text) ?? [];
      if (address && token) found.resolve({ address, token });
    }
    log.close();
    found.reject(new Error(`JupyterLab has ended:\n${text}`));
  })();
  const { address, token } = await found.promise;
  return {
    address,
    token,
    async stop() {
      await endTree(lab.pid);
      await lab.status;
      await read;
    },
  };
}

/** Ends a process and those that it has started, the youngest first asked. */
async function endTree(pid: number): Promise<void> {
  const children = await capture("pgrep", ["-P", String(pid)]);
  for (const child of children?.stdout.match(/\d+/g) ?? []) {
    await endTree(Number(child));
  }
  try {
    Deno.kill(pid, "SIGTERM");
  } catch {
    // It has ended by itself.
  }
}
