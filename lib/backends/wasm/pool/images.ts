import type { Grid } from "./spans.ts";
import { type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Task } from "../threads/task.ts";

/** Addresses of images, and of what is pooled of them, or of their gradients. */
interface Addresses {
  x: number;
  dx: number;
  y: number;
  dy: number;
}

/** What is done with the images of a batch; all of one call have the same size. */
export interface PoolWork extends CutUnits, Addresses {
  pass: keyof typeof passes;
  grid: Grid;
  /** Bytes of an image, */
  inputBytes: number;
  /** and of what is pooled of it. */
  outputBytes: number;
  /** What each value of a gradient is divided by, for average pooling. */
  divisors: number;
}

/** What is done with one image. */
type Pass = (kernels: ThreadKernels, at: Addresses, work: PoolWork) => void;

const forward = (name: "maxPool" | "averagePool" | "l2Pool"): Pass =>
(
  { call },
  { x, y },
  { grid },
) => call[name]!(x, y, ...grid);

const passes = {
  maxPool: forward("maxPool"),
  averagePool: forward("averagePool"),
  l2Pool: forward("l2Pool"),
  maxPoolGradient({ call, floats }, { x, dx, y, dy }, { grid, inputBytes }) {
    // Image by image, so that the zeros are still in the cache.
    floats().fill(0, dx / 4, (dx + inputBytes) / 4);
    call.maxPoolGradient!(x, dx, y, dy, ...grid);
  },
  averagePoolGradient({ call }, { dx, dy }, { grid, inputBytes, divisors }) {
    call.sumPool!(dy, dx, ...grid);
    call.quotients!(dx, divisors, dx, inputBytes / 4);
  },
  l2PoolGradient({ call, scratch }, { x, dx, y, dy }, { grid, outputBytes }) {
    const quotients = scratch("pool quotients", outputBytes);
    call.quotients!(dy, y, quotients, outputBytes / 4);
    call.l2PoolGradient!(quotients, x, dx, ...grid);
  },
} satisfies Record<string, Pass>;

/** Pools some of the images, or has their gradient. */
export const poolImages: Task<PoolWork> = {
  name: "pool images",
  run(kernels, work, piece) {
    const { first, count } = unitsOf(work, piece);
    const pass: Pass = passes[work.pass];
    for (let image = first; image < first + count; image++) {
      const [input, output] = [
        image * work.inputBytes,
        image * work.outputBytes,
      ];
      pass(kernels, {
        x: work.x + input,
        dx: work.dx + input,
        y: work.y + output,
        dy: work.dy + output,
      }, work);
    }
  },
};
