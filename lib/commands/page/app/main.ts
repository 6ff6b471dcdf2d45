/**
 * The program of the page that `deno task page` writes. It runs in a browser.
 *
 * @module
 */
import { centerAsMnist } from "../../../digits/drawing/center_as_mnist.ts";
import { usualPen } from "../../../digits/strokes/draw_strokes.ts";
import { drawOnCanvas } from "../../../plots/drawing/draw_on_canvas.ts";
import { grayOfFile } from "../../../plots/drawing/gray_of_file.ts";
import {
  padInPage,
  type PadQuestion,
  type PadReply,
} from "../../../plots/drawing/pad_in_page.ts";
import { readQuestion } from "../../../plots/drawing/read_question.ts";
import { unpack } from "../format/packed.ts";
import type { PageFacts } from "../format/page_data.ts";
import { appMarkup } from "./app_markup.ts";
import { type AnswerView, answerView } from "./draw_answer.ts";
import { example } from "./example.ts";
import { inflateParts } from "./inflate_parts.ts";
import { openNetwork, startEngine } from "./open_network.ts";
import { showProgress } from "./progress.ts";
import { recognize, sentence } from "./recognize.ts";

start(
  document.querySelector<HTMLElement>("[data-pad]")!,
  JSON.parse(document.getElementById("facts")!.textContent!),
);

/** Shows the sheet at once, and answers when the network is open. */
function start(root: HTMLElement, facts: PageFacts): void {
  const opened = open(root, facts);
  opened.catch((error: Error) => {
    dispatchEvent(new CustomEvent("facenet-failed", { detail: error.message }));
  });
  let view: AnswerView | undefined;
  opened.then((network) => view = network.view, () => {});
  padInPage(root.dataset.pad!, {
    drawOnCanvas,
    grayOfFile,
    padMarkup: () => appMarkup(facts),
    ask: async (question) => (await opened).answer(question),
    emptied: () => view?.clear(),
  }, {
    strokes: example,
    isExample: true,
    pen: usualPen,
    reply: { note: "" },
    canEnroll: false,
    sayings: {
      busy: "The network is still being unpacked. The answer follows.",
      gone: "There is no answer, as the network could not be opened.",
    },
  });
  takeFromAnywhere(root);
}

/** What is pasted or dropped beside the sheet, where nothing has the focus, goes to it too. */
function takeFromAnywhere(root: HTMLElement): void {
  const isBeside = ({ target }: Event) => !root.contains(target as Node);
  addEventListener("paste", (event) => {
    if (!isBeside(event)) return;
    const { clipboardData } = event as ClipboardEvent;
    root.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
  });
  // Else the browser would leave the page to show the file.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    if (!isBeside(event)) return;
    event.preventDefault();
    const { dataTransfer } = event;
    root.dispatchEvent(new DragEvent("drop", { dataTransfer }));
  });
}

/** What answers drawings, and where it shows them. */
interface Opened {
  answer(question: PadQuestion): Promise<PadReply>;
  view: AnswerView;
}

/** Opens the network, and shows what it says of the example. */
async function open(root: HTMLElement, facts: PageFacts): Promise<Opened> {
  const progress = showProgress();
  // The sheet is there by then, and can be drawn on meanwhile.
  await wholePage((share) => progress(0.4 * share));
  const bytes = await inflateParts(
    "data",
    (share) => progress(0.4 + 0.3 * share),
  );
  await startEngine();
  const tensors = unpack(facts.tensors, bytes);
  const { embed, gallery } = await openNetwork(
    facts,
    tensors,
    (share) => progress(0.7 + 0.3 * share),
  );
  const view = answerView(root, gallery, facts);
  const answer = async (question: PadQuestion): Promise<PadReply> => {
    try {
      const { picture } = readQuestion(JSON.stringify(question));
      const image = centerAsMnist(picture);
      const said = recognize(await embed(image), gallery, facts);
      view.show(image, said);
      return { note: sentence(said) };
    } catch (error) {
      view.clear();
      return { error: plainError(error as Error) };
    }
  };
  const { note = "" } = await answer({ strokes: example });
  if (root.dataset.answers === undefined) {
    root.querySelector("[data-part=said]")!.textContent = note;
  }
  progress(1);
  // For a console: `await facenet.embed(new Uint8Array(784))`.
  Object.assign(globalThis, { facenet: { embed } });
  root.dataset.opened = performance.now().toFixed(0);
  return { answer, view };
}

/** Waits until all of the page is there: from a server it comes little by little. */
async function wholePage(onProgress: (share: number) => void): Promise<void> {
  do {
    const pieces = document.querySelectorAll("[data-part=data]");
    const count = Number(pieces[0]?.getAttribute("data-count") ?? Infinity);
    onProgress(pieces.length / count);
    await new Promise((resolve) => setTimeout(resolve, 20));
  } while (document.readyState === "loading");
}

/** What is wrong, without the names of functions where a hand does that often. */
function plainError({ message }: Error): string {
  if (message.endsWith("got a dot")) return "This is a dot. Draw a digit.";
  if (message.endsWith("got an empty sheet")) return "The sheet is empty.";
  return message;
}
