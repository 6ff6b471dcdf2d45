import { optionsOf } from "../../numeric/options.ts";
import { checkItems } from "../../numeric/list.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import type { GrayPicture } from "../../digits/drawing/gray_picture.ts";
import { drawStrokes, usualPen } from "../../digits/strokes/draw_strokes.ts";
import type { Strokes } from "../../digits/strokes/strokes.ts";
import { standInPicture } from "../encode/playable.ts";
import { type Figure, isFigure } from "../figures/figure.ts";
import { playableBundle, toScript } from "../notebook/figure_bundle.ts";
import {
  currentNotebook,
  type Notebook,
  outputsSent,
} from "../notebook/output.ts";
import { show } from "../notebook/show.ts";
import { answerInTurn } from "../pages/answer_in_turn.ts";
import { servePage } from "../pages/page_server.ts";
import { figurePicture } from "../picture/picture.ts";
import { stillFigure } from "../picture/still_figure.ts";
import { askKernel } from "./ask_kernel.ts";
import { drawOnCanvas, type OpenStroke } from "./draw_on_canvas.ts";
import { grayOfFile } from "./gray_of_file.ts";
import { padInPage, type PadReply, type PadStart } from "./pad_in_page.ts";
import { padMarkup } from "./pad_markup.ts";
import { padPicture } from "./pad_picture.ts";
import { readQuestion } from "./read_question.ts";

/** What there is to say about a drawing. */
export interface PadAnswer {
  /** Without what only moves in a page: it is drawn as a picture. */
  figure: Figure;
  /** A line of plain text. */
  note: string;
}

/** What is drawn at first, and what the pad can do beside answering. */
export interface PadOptions {
  /** The drawing that is there at first, and in viewers without a Jupyter kernel. */
  example: Strokes;
  /**
   * Called with a drawing to enroll, before it is answered; without it there is no such
   * button. What it returns stands before the note.
   */
  enroll?: (name: string, picture: GrayPicture) => string | Promise<string>;
}

const action = "make a drawing pad";
const warmUps = 5;

/**
 * Shows a sheet to draw on, with mouse, finger, pen or arrow keys. While one draws, the Jupyter kernel
 * answers the newest drawing, one at a time. Pictures of drawings can be pasted, dropped
 * or chosen as files.
 *
 * The example is answered first, some times to warm up; an error then is the cell's. An error later
 * is said in the page, and the drawing stays. Where no kernel listens, such as on GitHub, the
 * example and its answer are what is seen.
 *
 * @param answer Given a drawing as white ink on black, with its side of 140 pixels, or a
 * photograph's ink of up to 160. Calls follow one another.
 * @param notebook Where to show it; the one whose kernel runs this by default.
 * @throws {RangeError} If the example is no drawing, or its answer has no figure.
 *
 * @example
 * ```ts
 * import { barChart } from "../figures/bar_chart.ts";
 *
 * await drawingPad(({ pixels }) => {
 *   let ink = 0;
 *   for (const value of pixels) ink += value / 255;
 *   return { figure: barChart({ ink }), note: `${ink} pixels of ink` };
 * }, { example: [[[0.2, 0.2], [0.8, 0.8]]] });
 * ```
 */
export async function drawingPad(
  answer: (picture: GrayPicture) => PadAnswer | Promise<PadAnswer>,
  options: PadOptions,
  notebook: Notebook | undefined = currentNotebook(),
): Promise<void> {
  const { example, enroll } = optionsOf(action, options);
  const answerTo = async (picture: GrayPicture) => {
    const { figure, note } = optionsOf(action, await answer(picture));
    checkItems(action, "a figure as the answer", [figure], isFigure);
    const drawn = figurePicture(stillFigure(figure));
    if (drawn === undefined) {
      refuse(action, "a figure without 3-D", shown(figure));
    }
    return { figure, reply: { picture: drawn, note: `${note}` } };
  };
  const { figure, reply } = await answerTo(drawStrokes(example));
  if (!notebook) return await show(figure);
  // V8 compiles what it has seen some times; the first stroke should not wait for it.
  for (let k = 0; k < warmUps; k++) await answerTo(drawStrokes(example));

  const { address } = servePage(
    answerInTurn(async (body): Promise<PadReply> => {
      const { picture, name } = readQuestion(body);
      const enrolled = name === undefined ? "" : await enroll?.(name, picture);
      const { reply } = await answerTo(picture);
      return enrolled ? { ...reply, note: `${enrolled} ${reply.note}` } : reply;
    }),
    { mostBytes: 262_144, instead: `draw ${answer} ${enroll}` },
  );
  const picture = padPicture(example, usualPen, reply.picture);
  const text = `[sheet to draw on: ${reply.note}; run the cell to draw]`;
  const start: PadStart = {
    strokes: example.map((stroke) =>
      stroke.map((point): OpenStroke[number] => [...point])
    ),
    pen: usualPen,
    reply,
    canEnroll: enroll !== undefined,
    sayings: {
      busy: "The Jupyter kernel is busy. The answer follows.",
      gone:
        "The Jupyter kernel does not answer. Run this cell in a notebook to draw.",
    },
  };
  const id = crypto.randomUUID();
  // JupyterLab's shortcuts would take the arrow keys.
  const html =
    `<div class="facenet-pad" data-pad="${id}" data-lm-suppress-shortcuts="true" style="max-width:960px;background:white;color:#24292f;color-scheme:light;font:14px Helvetica,Arial,sans-serif">${
      standInPicture({ picture, text })
    }</div>
<script>(${padInPage})(${toScript(id)}, {
drawOnCanvas: ${drawOnCanvas},
grayOfFile: ${grayOfFile},
padMarkup: ${padMarkup},
ask: (${askKernel})(${toScript(address)}),
}, ${toScript(start)});</script>`;
  const sent = playableBundle({ html, picture, text });
  await notebook.display(sent);
  await outputsSent(sent);
}
