import type { PageFacts } from "../format/page_data.ts";

const sheet =
  "Sheet to draw on, with mouse, finger or pen, or with the arrow keys; the space bar puts the pen down and lifts it";

/** What the page's program shows, as HTML; `padInPage` finds its parts by their names. */
export function appMarkup({ labels, shown }: PageFacts): string {
  const digits = Array.from(
    { length: 10 },
    (_, digit) =>
      `<li data-digit="${digit}"><b>${digit}</b><span></span><i></i></li>`,
  );
  const neighbors = Array.from(
    { length: 8 },
    () =>
      `<li><canvas width="28" height="28" aria-hidden="true"></canvas><span></span></li>`,
  );
  const line = (name: string) =>
    `<li class="line ${name}" aria-hidden="true"></li>`;
  return `<section class="draw" aria-label="Drawing">
<canvas width="560" height="560" tabindex="0" role="application" aria-label="${sheet}"></canvas>
<div class="tools">
<button type="button" data-do="Undo">Undo</button>
<button type="button" data-do="Clear">Clear</button>
<label class="file"><input type="file" accept="image/*"><span>Open a picture</span></label>
</div>
<details class="small"><summary>Keyboard and pictures</summary>
<p>With the keyboard: go to the sheet with Tab, move with the arrow keys, put the pen down and lift it with the space bar.</p>
<p>A picture of a digit on paper can also be pasted or dropped here. Show one digit and paper around it.</p>
</details>
</section>
<section class="answer" aria-label="Answer">
<div class="verdict"><div class="digit" data-part="digit" aria-hidden="true"></div>
<div><p data-part="said" role="status"></p><p class="small" data-part="time"></p></div></div>
<div class="parts" data-part="answer" style="opacity:0.35">
<figure class="seen"><figcaption>As MNIST would hold it</figcaption><canvas data-part="seen" width="28" height="28" role="img" aria-label="The drawing as an image of 28 by 28 pixels"></canvas></figure>
<figure class="distances"><figcaption>Squared distance to each digit’s centroid</figcaption><ol class="bars">${
    digits.join("")
  }${line("accept")}${
    line("refuse")
  }</ol><p class="small key"><span class="accept">Up to this line a digit is accepted.</span> <span class="refuse">Above this line it is none of them.</span></p></figure>
<figure class="near"><figcaption>The nearest of ${
    labels.length.toLocaleString("en")
  } training images: digit, squared distance</figcaption><ol data-part="neighbors">${
    neighbors.join("")
  }</ol></figure>
</div>
</section>
<section class="map" aria-label="Map">
<figure><figcaption>Its place on a map of embeddings</figcaption><svg data-part="map" role="img" aria-label="A map of the embeddings of training images; a ring is where the drawing lies" viewBox="0 0 300 220"></svg><p class="small">A point is a training image, the ring is the drawing. The map shows ${
    Math.round(100 * shown)
  } % of the variance of the embeddings: images that lie together here may lie apart.</p></figure>
</section>`;
}
