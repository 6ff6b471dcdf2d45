import { divide } from "../elementwise/functions.ts";
import { scratchSlot } from "../linking/scratch.ts";
import type { ThreadKernels } from "../linking/thread_kernels.ts";
import { type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";
import { averagePool, l2Pool, maxPool } from "./functions.ts";
import {
  averagePoolGradient,
  l2PoolGradient,
  maxPoolGradient,
} from "./gradient_functions.ts";
import type { WindowGrid } from "./window_loop.ts";

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
  grid: WindowGrid;
  /** Bytes of an image, */
  inputBytes: number;
  /** and of what is pooled of it. */
  outputBytes: number;
  /** What average pooling divides each channel's gradient by. */
  divisors: number;
}

/** What is done with one image. */
type Pass = (kernels: ThreadKernels, at: Addresses, work: PoolWork) => void;

const forward = (code: typeof maxPool): Pass => ({ run }, { x, y }, { grid }) =>
  run(code, { x, y, ...grid });

const quotientSlot = scratchSlot("quotients of L2 pooling");

const passes = {
  maxPool: forward(maxPool),
  averagePool: forward(averagePool),
  l2Pool: forward(l2Pool),
  maxPoolGradient({ run, floats }, at, { grid, inputBytes }) {
    // Image by image, so that the zeros are still in the cache.
    floats().fill(0, at.dx / 4, (at.dx + inputBytes) / 4);
    run(maxPoolGradient, { ...at, ...grid });
  },
  averagePoolGradient({ run }, { dx, dy }, { grid, divisors }) {
    run(averagePoolGradient, { dy, divisors, dx, ...grid });
  },
  l2PoolGradient({ run, scratch }, { x, dx, y, dy }, { grid, outputBytes }) {
    const quotients = scratch(quotientSlot, outputBytes);
    run(divide, { a: dy, b: y, y: quotients, count: outputBytes / 4 });
    run(l2PoolGradient, { quotients, x, dx, ...grid });
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
