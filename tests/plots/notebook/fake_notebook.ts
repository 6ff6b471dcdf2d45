import type { MimeBundle } from "../../../lib/plots/encode/mime_bundle.ts";
import type {
  DisplayOptions,
  Notebook,
} from "../../../lib/plots/notebook/output.ts";

/** A notebook that keeps what it was told to display. */
export interface FakeNotebook extends Notebook {
  displayed: { bundle: MimeBundle; options: DisplayOptions }[];
}

/** Makes a notebook without a kernel. */
export function fakeNotebook(): FakeNotebook {
  const displayed: FakeNotebook["displayed"] = [];
  return {
    displayed,
    display: (bundle, options = {}) => {
      displayed.push({ bundle, options });
      return Promise.resolve();
    },
    plotly: () =>
      Promise.resolve({ urls: ["http://here/plotly.js"], integrity: "sum" }),
  };
}
