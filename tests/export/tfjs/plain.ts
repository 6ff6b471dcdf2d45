/**
 * TensorFlow.js as it comes, with an export and nothing else of this project. Its
 * arguments are a backend, the address of an export and a folder, where the export's
 * nn2.js and images.bin lie. It writes embeddings.bin, and prints what the model says
 * of itself.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { pathToFileURL } from "node:url";

/** Where an export is loaded from. */
const sources: Record<string, (address: string, folder: string) => unknown> = {
  http: (address) => `${address}/model.json`,
  // Some handler of tf.io's kind.
  handler: (_, folder) => ({
    load: () =>
      tf.io.getModelArtifactsForJSON(
        JSON.parse(Deno.readTextFileSync(`${folder}/model.json`)),
        ([group]) => {
          const { paths, weights } = group!;
          const shards = paths.map((path) =>
            Deno.readFileSync(`${folder}/${path}`).buffer
          );
          return Promise.resolve([weights, shards]);
        },
      ),
  }),
  // What a page's file input gives.
  files: (_, folder) =>
    tf.io.browserFiles(
      [...Deno.readDirSync(folder)].map(({ name }) => name)
        .filter((name) => /^(model\.json|weights-.*)$/.test(name))
        .sort((a, b) => a < b ? -1 : 1)
        .map((name) =>
          new File([Deno.readFileSync(`${folder}/${name}`)], name)
        ),
    ),
};

if (import.meta.main) {
  const [backend, source, address, folder] = Deno.args as [
    string,
    string,
    string,
    string,
  ];
  if (!await tf.setBackend(backend)) throw new Error(`no backend ${backend}`);
  const { registerLayers } = await import(
    pathToFileURL(`${folder}/nn2.js`).href
  );
  registerLayers(tf);
  const begun = performance.now();
  const model = await tf.loadLayersModel(
    sources[source]!(address, folder) as string,
  );
  const seconds = (performance.now() - begun) / 1000;
  const [, ...shape] = model.inputs[0]!.shape as number[];
  const values = new Float32Array(
    (await Deno.readFile(`${folder}/images.bin`)).buffer,
  );
  const images = tf.tensor(values, [
    values.length / shape.reduce((a, b) => a * b),
    ...shape,
  ]);
  const embeddings = model.predict(images) as tf.Tensor;
  const bytes = new Float32Array(await embeddings.data()).buffer;
  await Deno.writeFile(`${folder}/embeddings.bin`, new Uint8Array(bytes));
  const metadata = model.getUserDefinedMetadata();
  const classes = [...new Set(model.layers.map((l) => l.getClassName()))];
  console.log(JSON.stringify({ metadata, classes, seconds }));
}
