import type { TensorInfo } from "@tensorflow/tfjs";
import type { Call } from "../runtime/kernel.ts";
import { launch } from "../runtime/launch.ts";
import { groupSize } from "./gradient_code.ts";
import { gradientShaders, mostTogether } from "./gradient_shaders.ts";

/** A normalization whose gradient is asked for. */
export interface GradientWork {
  dy: TensorInfo;
  z: TensorInfo;
  table: TensorInfo;
  outputs: Record<"dz" | "dGamma" | "dBeta" | "dBias", TensorInfo>;
  channels: number;
}

const rowsOf = {
  /** So few are one workgroup's: one launch takes less than two. */
  whole: 2048,
  /** Otherwise a workgroup has so many at least. */
  least: 128,
};

/** As many workgroups keep a device busy. */
const manyGroups = 512;

/** Makes the gradients of normalizations over so many rows, where dz may be dy. */
export function runGradients(
  call: Call,
  all: readonly GradientWork[],
  rows: number,
  inPlace: boolean,
): void {
  const { maxStorageBuffersPerShaderStage: most } = call.backend.device.limits;
  // One buffer is for the parts of all.
  const together = Math.floor((most - 1) / (inPlace ? 6 : 7));
  const step = Math.max(1, Math.min(mostTogether, together));
  for (let first = 0; first < all.length; first += step) {
    runTogether(call, all.slice(first, first + step), rows, inPlace);
  }
}

function runTogether(
  { backend, output }: Call,
  all: readonly GradientWork[],
  rows: number,
  inPlace: boolean,
): void {
  const lanes = all.every(({ channels }) => channels % 4 === 0) ? 4 : 1;
  const isWhole = rows <= rowsOf.whole;
  const constants: Record<string, number> = { rows };
  let across = 0;
  all.forEach(({ channels }, i) => {
    const elements = channels / lanes;
    const width = widthFor(elements, isWhole ? 2 : 16);
    across += Math.ceil(elements / width);
    const own = { channels: elements, width, end: across, partsAt: 0 };
    Object.assign(constants, numbered(own, i));
  });
  const wanted = Math.ceil(manyGroups / across);
  const groupRows = isWhole
    ? rows
    : Math.max(rowsOf.least, Math.ceil(rows / wanted));
  const count = Math.ceil(rows / groupRows);
  Object.assign(constants, { groupRows, count });
  let channels = 0;
  all.forEach((each, i) => {
    constants[`partsAt${i}`] = 2 * count * channels / lanes;
    channels += each.channels;
  });
  const inputs = numberedAll(all, ({ dy, z, table }) => ({ dy, z, table }));
  const read = numberedAll(all, ({ dy, z, table }) => ({
    ...inPlace ? {} : { dy },
    z,
    table,
  }));
  const outputs = numberedAll(all, (each) => each.outputs);
  const variant = inPlace ? "inPlace" : "apart";
  const workgroups = [across, count] as const;
  const launchAll = { constants, workgroups };
  if (isWhole) {
    const shader = gradientShaders.whole[variant][lanes][all.length]!;
    launch(backend, shader, { inputs: read, outputs, ...launchAll });
    return;
  }
  const parts = output([count, 2, channels]);
  launch(backend, gradientShaders.parts[lanes][all.length]!, {
    inputs,
    outputs: { parts },
    ...launchAll,
  });
  launch(backend, gradientShaders.finish[variant][lanes][all.length]!, {
    inputs: { ...read, parts },
    outputs,
    ...launchAll,
  });
  backend.disposeData(parts.dataId);
}

/** The least power of 2 that has all elements, up to the greatest. */
function widthFor(elements: number, greatest: number): number {
  const needed = 2 ** Math.ceil(Math.log2(elements));
  return Math.min(needed, greatest, groupSize);
}

const numbered = <Value>(named: Record<string, Value>, i: number) =>
  Object.fromEntries(
    Object.entries(named).map(([name, value]) => [`${name}${i}`, value]),
  );

const numberedAll = <Item, Value>(
  all: readonly Item[],
  namedOf: (item: Item) => Record<string, Value>,
): Record<string, Value> =>
  Object.assign({}, ...all.map((item, i) => numbered(namedOf(item), i)));
