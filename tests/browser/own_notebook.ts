import type { NotebookFile } from "../../lib/commands/jupyter/notebook.ts";

const imports =
  `import { interact, lineChart, liveChart, loadMnist, scatter2d, show, slideshow, stopButton, withImages } from "@facenet/mnist";`;

/** What each cell of the notebook below shows. */
const cells = {
  images: `${imports}
const { test } = await loadMnist();
const points = { values: Float32Array.of(0, 0, 1, 1, 2, 0), count: 3, size: 2 };
const labels = test.labels.subarray(0, 3);
const cloud = scatter2d(points, labels);
const places = cloud.data.map(({ name }) => [...labels.keys()].filter((i) => String(labels[i]) === name));
await show(withImages(cloud, test, places));`,
  slideshow:
    `const frame = (k: number) => lineChart([{ name: "a", y: [0, k, 1] }], { title: "k = " + k });
await show(slideshow([1, 2, 3].map(frame), { names: ["1", "2", "3"], label: "k" }));`,
  interact: `await interact(
  { k: { min: 0, max: 10, step: 1, value: 2 } },
  ({ k }) => {
    if (k === 10) throw new Error("Cannot draw: expected k below 10, got 10");
    return frame(k);
  },
);`,
  grows: `const chart = liveChart();
const ys = [0];
for (let step = 1; step <= 16; step++) {
  ys.push(step);
  await chart.update(() => lineChart([{ name: "a", y: ys }]));
  await new Promise((resolve) => setTimeout(resolve, 250));
}
await chart.finish(() => lineChart([{ name: "a", y: ys }]));`,
  stops: `const stop = await stopButton("Counting");
let counted = 0;
while (counted < 1000 && !stop.signal.aborted) {
  counted++;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
await stop.finish();
await show("counted to " + counted);`,
  goesOn: `await show("after " + (counted < 1000 ? "a stop" : "all"));`,
  computes:
    `for (const end = Date.now() + 6000; Date.now() < end;) Math.sqrt(2);
await show("computed");`,
};

/** The numbers of the cells. */
export const cellOf = Object.fromEntries(
  Object.keys(cells).map((name, i) => [name, i]),
) as Record<keyof typeof cells, number>;

/** A notebook with one of each thing that moves. */
export const ownNotebook: NotebookFile = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
    language_info: { name: "typescript" },
  },
  cells: Object.entries(cells).map(([id, source]) => ({
    cell_type: "code",
    id,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  })),
};
