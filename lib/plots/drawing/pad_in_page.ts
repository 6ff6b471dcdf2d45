import type { drawOnCanvas, OpenStroke } from "./draw_on_canvas.ts";
import type { grayOfFile, PostedPicture } from "./gray_of_file.ts";
import type { padMarkup } from "./pad_markup.ts";

/** What a page asks: to read a drawing, or to enroll it under a name first. */
export interface PadQuestion {
  strokes?: OpenStroke[];
  photograph?: PostedPicture;
  name?: string;
}

/** What it is told: a picture as SVG with a line of text, or what is wrong. */
export interface PadReply {
  picture?: string;
  note?: string;
  error?: string;
}

/** What the page works with; functions run from their sources too. */
export interface PadParts {
  drawOnCanvas: typeof drawOnCanvas;
  grayOfFile: typeof grayOfFile;
  padMarkup: typeof padMarkup;
  /** Who answers: the Jupyter kernel, or a network in the page itself. */
  ask: (question: PadQuestion) => Promise<PadReply>;
  /** Called where nothing is drawn any more. */
  emptied?: () => void;
}

/** How a pad looks at first. */
export interface PadStart {
  strokes: OpenStroke[];
  /** How wide the pen is, in shares of the sheet's side. */
  pen: number;
  reply: PadReply;
  canEnroll: boolean;
  /** Whether the first stroke takes away what is drawn at first; no by default. */
  isExample?: boolean;
  /** What is said while an answer takes long, and where none comes. */
  sayings: { busy: string; gone: string };
}

/**
 * Makes a sheet to draw on, with the answer beside it, in each element of a page that
 * has the id as its `data-pad`. While one draws, the newest drawing is asked about, and
 * one drawing at a time. This runs in the page, not here: its source is what the
 * output holds, so it uses nothing from outside of it.
 *
 * The element says how many answers there were as `data-answers`, and how long
 * the last one and the slowest took, from the event to the picture, as
 * `data-milliseconds` and `data-slowest`.
 */
export function padInPage(
  id: string,
  { drawOnCanvas, grayOfFile, padMarkup, ask, emptied }: PadParts,
  start: PadStart,
): void {
  const begin = (root: HTMLElement) => {
    root.innerHTML = padMarkup(start.canEnroll);
    const find = <T extends Element = HTMLElement>(selector: string) =>
      root.querySelector<T>(selector)!;
    const said = find("[data-part=said]");
    const answer = find("[data-part=answer]");
    let photograph: PostedPicture | undefined;
    let drawnAt: number | undefined;
    const toEnroll: { at: number; question: PadQuestion }[] = [];
    let isAsking = false;
    let refusedAt = 0;
    let [answers, slowest] = [0, 0];

    const show = ({ picture, note, error }: PadReply) => {
      said.textContent = error ?? note ?? "";
      said.style.color = error ? "#b60002" : "";
      if (picture === undefined) return;
      answer.innerHTML = picture;
      answer.style.opacity = "1";
      answer.setAttribute("aria-label", note ?? "");
      find<SVGElement>("[data-part=answer] svg").style.cssText =
        "max-width:100%;height:auto";
    };
    const measure = (since: number) => {
      const took = performance.now() - since;
      slowest = Math.max(slowest, took);
      Object.assign(root.dataset, {
        answers: String(++answers),
        milliseconds: took.toFixed(1),
        slowest: slowest.toFixed(1),
      });
      find("[data-part=time]").textContent = `Answered in ${
        took.toFixed(0)
      } ms.`;
    };
    const isEmpty = () => sheet.strokes.length === 0 && !photograph;
    const empty = () => {
      show({ note: "" });
      answer.style.opacity = "0.35";
      emptied?.();
    };
    const question = (): PadQuestion =>
      photograph ? { photograph } : { strokes: sheet.strokes };
    /** What is to be enrolled comes first; of drawings only the newest counts. */
    const next = () => {
      const named = toEnroll.shift();
      if (named) return named;
      if (drawnAt === undefined) return undefined;
      const drawn = { at: drawnAt, question: question() };
      drawnAt = undefined;
      return drawn;
    };
    const run = async () => {
      if (isAsking) return;
      isAsking = true;
      for (let asked = next(); asked; asked = next()) {
        const { busy, gone } = start.sayings;
        const late = setTimeout(() => show({ note: busy }), 1500);
        const reply = await ask(asked.question)
          .catch((): PadReply => ({ error: gone }));
        clearTimeout(late);
        // The sheet was cleared since then.
        if (asked.question.name === undefined && isEmpty()) {
          empty();
          continue;
        }
        // What was said of a file since then stays.
        if (refusedAt < asked.at) show(reply);
        if (reply.error) answer.style.opacity = "0.35";
        measure(asked.at);
      }
      isAsking = false;
    };
    const changed = (at: number) => {
      if (sheet.strokes.length > 0) photograph = undefined;
      // More of it is to come.
      if (sheet.isDot() && !isEmpty()) return;
      drawnAt = isEmpty() ? undefined : at;
      if (isEmpty()) empty();
      else void run();
    };
    const sheet = drawOnCanvas(
      find<HTMLCanvasElement>("canvas"),
      start.strokes,
      start.pen,
      changed,
      start.isExample,
    );
    const take = async (file: Blob | null | undefined) => {
      if (!file) return;
      const since = performance.now();
      try {
        const { posted, canvas } = await grayOfFile(file, 160);
        sheet.clear(canvas);
        photograph = posted;
        changed(since);
      } catch (error) {
        refusedAt = performance.now();
        show({ error: (error as Error).message });
      }
    };
    find("[data-do=Undo]").onclick = ({ timeStamp }) => {
      sheet.undo();
      changed(timeStamp);
    };
    find("[data-do=Clear]").onclick = ({ timeStamp }) => {
      photograph = undefined;
      sheet.clear();
      changed(timeStamp);
    };
    const input = find<HTMLInputElement>("input[type=file]");
    input.onchange = () => {
      void take(input.files?.[0]);
      input.value = "";
    };
    root.addEventListener("paste", ({ clipboardData }) => {
      void take(clipboardData?.files[0]);
    });
    root.addEventListener("dragover", (event) => event.preventDefault());
    root.addEventListener("drop", (event) => {
      event.preventDefault();
      event.stopPropagation();
      void take(event.dataTransfer?.files[0]);
    });
    root.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      const { value } = find<HTMLInputElement>("[name=name]");
      const asked = structuredClone({ ...question(), name: value });
      toEnroll.push({ at: event.timeStamp, question: asked });
      void run();
    });
    show(start.reply);
  };
  const places = document.querySelectorAll<HTMLElement>(`[data-pad="${id}"]`);
  for (const root of places) {
    if (!root.querySelector("canvas")) begin(root);
  }
}
