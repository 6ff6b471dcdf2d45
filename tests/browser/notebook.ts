import type { BrowserContext, Page } from "playwright-core";
import type { NotebookFile } from "../../lib/commands/jupyter/notebook.ts";
import type { Lab } from "./lab.ts";

/** The part of JupyterLab in the page that is used here. */
interface JupyterWindow {
  jupyterapp: {
    commands: { execute(command: string, given?: object): Promise<unknown> };
    shell: {
      currentWidget: {
        context: { ready: Promise<void> };
        sessionContext: {
          ready: Promise<void>;
          session?: { kernel?: { status: string } };
          restartKernel(): Promise<void>;
          shutdown(): Promise<void>;
        };
        content: { widgets: unknown[]; activeCellIndex: number };
        model: { toJSON(): NotebookFile };
      };
    };
  };
}

/** A notebook in JupyterLab. */
export interface OpenNotebook {
  page: Page;
  /** Runs all cells; false if one threw. */
  runAll(): Promise<boolean>;
  /** Runs one cell. */
  run(cell: number): Promise<boolean>;
  restart(): Promise<void>;
  /** The notebook with the outputs that it has now. */
  content(): Promise<NotebookFile>;
  theme(name: "Light" | "Dark"): Promise<void>;
  /** Ends its kernel and closes the page. */
  close(): Promise<void>;
}

/** Opens a notebook in a page of its own; what is saved there reaches no file. */
export async function openNotebook(
  context: BrowserContext,
  { address, token }: Lab,
  path: string,
): Promise<OpenNotebook> {
  const page = await context.newPage();
  await page.route(
    "**/api/contents/**",
    (route) =>
      route.request().method() === "PUT"
        ? route.fulfill({ status: 403, body: "{}" })
        : route.continue(),
  );
  const name = path.split("/").pop()!.slice(0, 2);
  await page.goto(
    `${address}/workspaces/${name}/tree/${path}?token=${token}&reset`,
  );
  await page.waitForFunction(
    () => {
      const app = (globalThis as Partial<JupyterWindow>).jupyterapp;
      const session = app?.shell.currentWidget?.sessionContext?.session;
      return session?.kernel?.status === "idle";
    },
    null,
    { timeout: 300_000 },
  );
  await page.evaluate(() =>
    (globalThis as unknown as JupyterWindow).jupyterapp.commands
      .execute("application:toggle-left-area")
  );
  const execute = (command: string, given: object = {}) =>
    page.evaluate(
      ([command, given]) =>
        (globalThis as unknown as JupyterWindow).jupyterapp.commands
          .execute(command, given),
      [command, given] as const,
    );
  return {
    page,
    runAll: async () => await execute("notebook:run-all-cells") as boolean,
    run: async (cell) => {
      await page.evaluate((cell) => {
        const { content } = (globalThis as unknown as JupyterWindow)
          .jupyterapp.shell.currentWidget;
        content.activeCellIndex = cell;
      }, cell);
      return await execute("notebook:run-cell") as boolean;
    },
    restart: () =>
      page.evaluate(async () => {
        const { sessionContext } = (globalThis as unknown as JupyterWindow)
          .jupyterapp.shell.currentWidget;
        await sessionContext.restartKernel();
        await sessionContext.ready;
      }),
    content: () =>
      page.evaluate(() =>
        (globalThis as unknown as JupyterWindow).jupyterapp.shell
          .currentWidget.model.toJSON()
      ),
    theme: async (name) => {
      await execute("apputils:change-theme", { theme: `JupyterLab ${name}` });
    },
    close: async () => {
      await page.evaluate(() =>
        (globalThis as unknown as JupyterWindow).jupyterapp.shell
          .currentWidget.sessionContext.shutdown()
      );
      await page.close();
    },
  };
}
