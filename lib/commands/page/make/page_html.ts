import { escapeHtml } from "../../../plots/encode/escape.ts";
import { colors } from "../../../plots/figures/style.ts";
import { toScript } from "../../../plots/notebook/figure_bundle.ts";
import { boot, simdProbe } from "../app/boot.ts";
import { inflateParts } from "../app/inflate_parts.ts";
import type { PageFacts } from "../format/page_data.ts";
import { partsMarkup } from "../format/parts.ts";
import style from "./style.css" with { type: "text" };

/** What may happen in the page: nothing comes from elsewhere, and nothing goes there. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "connect-src blob: data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** What a page is put together from. */
export interface PageParts {
  facts: PageFacts;
  /** The packed tensors. */
  bytes: Uint8Array;
  /** The program, as a module without imports. */
  program: string;
}

/** The whole page; what starts it stands before what takes long to come. */
export function pageHtml({ facts, bytes, program }: PageParts): string {
  const { name, precision, accuracy, tested } = facts;
  const own = Object.entries({ ...colors, red: "#b60002" })
    .map(([name, color]) => `--${name}:${color}`).join(";");
  const rounding = precision === "int8"
    ? "whole numbers of 8 bits"
    : "numbers of 16 bits";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Draw a digit: a network trained on MNIST reads it in this page.">
<title>Draw a digit</title>
<link rel="icon" href="data:,">
<style>:root{${own}}
${style}</style>
</head>
<body>
<header>
<h1>Draw a digit</h1>
<p>A network that was trained on MNIST reads it in this page. Nothing is sent anywhere.</p>
</header>
<div id="loading" role="status"><span data-part="loaded">The network is being unpacked.</span><progress aria-label="Unpacking the network" max="1" value="0"></progress></div>
<noscript><p>This page needs JavaScript: the network runs in it.</p></noscript>
<main data-pad="page"></main>
<footer>
<p>The drawing becomes ${facts.embeddingSize} numbers, its embedding. The digit is the one whose centroid, the mean of ${
    facts.labels.length / 10
  } embeddings of training images, is nearest in squared distance. The network has seen digits alone, so what is no digit can be taken for one: a house for a 0.</p>
<p>Network: NN2 of <a href="https://arxiv.org/abs/1503.03832">FaceNet</a>, weights “${
    escapeHtml(name)
  }” with filters as ${rounding}. When this page was made it read ${
    (100 * accuracy).toFixed(1)
  } % of ${
    tested.toLocaleString("en")
  } test images right. It runs on <a href="https://www.tensorflow.org/js">TensorFlow.js</a> (Apache 2.0).</p>
</footer>
<script type="application/json" id="facts">${toScript(facts)}</script>
${
    partsMarkup("program", new TextEncoder().encode(program))
  }<script>(${boot})({ inflateParts: ${inflateParts}, vectors: ${
    toScript(simdProbe)
  } });</script>
${partsMarkup("data", bytes)}</body>
</html>
`;
}
