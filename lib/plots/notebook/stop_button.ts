import { escapeHtml } from "../encode/escape.ts";
import { currentNotebook, type Notebook, outputsSent } from "./output.ts";
import { servePage } from "../pages/page_server.ts";

/** A button below a notebook's cell that asks what runs there to end. */
export interface StopButton {
  /** Aborted once the button is pressed. */
  signal: AbortSignal;
  /** Takes the button away and says below the cell how it ended; once. */
  finish(): Promise<void>;
}

/**
 * Shows a button that stops what a cell does, wherever that looks at the signal.
 * Jupyter's own button cannot: Deno's kernel does not come back from being
 * interrupted while it awaits something.
 *
 * The button is a page that this process serves to this machine alone, at an
 * address that nobody can guess, until `finish`. It answers when the code that
 * runs awaits something; training does so at each step.
 *
 * Outside of a notebook there is no button, and the signal never comes.
 *
 * @param label What is stopped.
 * @param notebook Where to show it; the one whose kernel runs this by default.
 * @throws {Deno.errors.NotCapable} In a notebook, if the process may not serve
 * on 127.0.0.1.
 *
 * @example Five steps, or fewer
 * ```ts
 * const stop = await stopButton("Counting");
 * for (let step = 1; step <= 5 && !stop.signal.aborted; step++) {
 *   await new Promise((resolve) => setTimeout(resolve));
 * }
 * await stop.finish();
 * ```
 */
export async function stopButton(
  label: string,
  notebook: Notebook | undefined = currentNotebook(),
): Promise<StopButton> {
  const pressed = new AbortController();
  if (!notebook) return { signal: pressed.signal, finish: async () => {} };
  const { address, close } = servePage(({ method }) => {
    if (method === "POST") pressed.abort();
    return page(label, pressed.signal.aborted);
  }, { instead: `stop ${label}` });
  const display_id = crypto.randomUUID();
  await notebook.display({
    "text/html":
      `<div><iframe src="${address}" title="Stop" style="border:0;width:100%;height:3em"></iframe><br>` +
      `<small>No button? It is <a href="${address}" target="_blank">here</a>.</small></div>`,
    "text/plain": `${label} can be stopped at ${address}`,
  }, { display_id, update: false });
  return {
    signal: pressed.signal,
    async finish() {
      const text = `${label}: ${
        pressed.signal.aborted ? "stopped by the button" : "not stopped"
      }`;
      await notebook.display({
        "text/html": `<div>${escapeHtml(text)}</div>`,
        "text/plain": text,
      }, { display_id, update: true });
      await outputsSent();
      await close();
    },
  };
}

function page(label: string, isPressed: boolean): Response {
  const name = escapeHtml(label);
  const button = isPressed
    ? `<p>${name} ends after this step.</p>`
    : `<form method="post"><button>Stop: ${name}</button></form>`;
  const style =
    `<style>:root{color-scheme:light dark}body{margin:.5em 0;font:1em system-ui}p{margin:0}</style>`;
  return new Response(
    `<!doctype html><meta charset="utf-8"><title>${name}</title>${style}${button}`,
    { headers: { "content-type": "text/html; charset=utf-8" } },
  );
}
