/**
 * What the tests of the folders of lib allow.
 *
 * @module
 */

/** A file imports from its own room and from those of lines above its own. */
export const order = [
  ["numeric"],
  ["files"],
  ["backends"],
  ["digits"],
  ["nn2", "triplets", "plots"],
  ["training", "evaluation"],
  ["experiment", "export"],
  ["commands"],
  ["mod.ts"],
  // One page that is read and run by itself: it imports nothing, and nothing imports it.
  ["microfacenet.ts"],
];

/** What one takes in at a glance, a dozen files, and the room's `mod.ts`. */
export const mostFiles = 13;

/** Variables of modules that change, and why they may. */
export const state = {
  "lib/backends/wasm/complex/kernels.ts":
    "which of tfjs's backends have been taught to read complex numbers",
  "lib/backends/wasm/runtime/host.ts": "the host of each of tfjs's backends",
  "lib/backends/wasm/runtime/memory.ts":
    "the memory of each of tfjs's backends",
  "lib/backends/wasm/runtime/provide_module.ts":
    "tfjs takes the bytes of its module once in a process",
  "lib/backends/wasm/threads/start_worker.ts":
    "where the program of its threads lies in the npm package",
  "lib/backends/wasm/winograd/use.ts": "what setWinograd sets",
  "lib/backends/webgpu/device/device_errors.ts":
    "what each device has reported and nobody was told yet",
  "lib/backends/webgpu/runtime/pipelines.ts": "the pipelines of each device",
  "lib/backends/webgpu/runtime/submissions.ts":
    "what each backend has recorded and not yet submitted",
  "lib/plots/pages/page_server.ts":
    "a cell that is run again takes its former page away",
  "lib/plots/pages/plotly_source.ts": "Plotly is read once in a process",
  "lib/training/step/check_batch.ts": "which images are known to be finite",
  "lib/training/step/step.ts": "which networks are in the middle of a step",
};

/** Folders of tests that are about no single folder of lib. */
export const ownFolders = [
  "tests/backends/cases",
  "tests/backends/wasm/models",
  "tests/backends/wasm/threads/bits",
  "tests/backends/wasm/threads/programs",
  "tests/backends/webgpu/sweep",
  "tests/browser",
  "tests/domains",
  "tests/evaluation/golden",
  "tests/fixtures",
  "tests/house",
  "tests/nn2/golden",
  "tests/triplets/golden",
];

/** Words that stood where the field has its own, and those. */
export const formerWords: Record<string, RegExp> = {
  "checkpoint writer": /keeper|kept run/i,
  color: /colour/i,
  "data-parallel threads": /\b(team|teammates?|colleagues?)\b/i,
  "indirection buffer": /address table|addressTable/i,
  "resolve settings": /\bsettles?\b/,
  "subject": /contestant|contender/i,
  "task": /\berrands?\b|\btrays?\b/i,
  "tile layout": /tile ?arena/i,
  "triplet counts": /census/i,
  backbone: /\btrunks?\b|trunkOf/i,
};

/** A name that stays for one version, exported or a property, with the comment that says so. */
export const deprecated =
  /\/\*\*(?:(?!\*\/)[^])*@deprecated[^]*?\*\/\s*(?:export[^;]*;|\w+: [^;,]*[;,])/g;
