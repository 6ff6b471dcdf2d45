import { isSoftware } from "../runtime/is_software.ts";
import type { WebGpuBackend } from "../runtime/tfjs_backend.ts";
import {
  type ProductForm,
  productForms,
  type ProductSize,
  tilesOf,
} from "./product_forms.ts";
import { tileDepth } from "./stage_tile.ts";

/** How a product is launched. */
export interface ProductPlan {
  form: ProductForm;
  /** How many k a part sums: a multiple of 16. */
  partDepth: number;
  parts: number;
}

/** Workgroups that keep a device busy: two cores, or a large GPU's 132 processors. */
const busy = { software: 8, hardware: 264 };

/**
 * The steps of `tileDepth` in a part, at most. Mesa's llvmpipe ends all loops of an
 * invocation after 65,536 rounds, without a word.
 */
const mostSteps = 2048;

/**
 * Chooses a product's form and the parts of its depth, by its size and the device.
 *
 * A device that is a program on the CPU gets a form without common memory, in which
 * each value that is read is used more often. A GPU gets large tiles where there are
 * enough of them, else small ones.
 *
 * @param mostParts 1 where the depth must be summed at once (default: as many as keep
 * the device busy). Each part is a result of its own: see `sumParts`.
 */
export function planProduct(
  backend: WebGpuBackend,
  size: ProductSize,
  mostParts = Infinity,
): ProductPlan {
  const software = isSoftware(backend);
  const form = software ? registersFor(size) : tilesFor(size);
  const wanted = software ? busy.software : busy.hardware;
  const most = Math.min(
    mostParts,
    Math.ceil(wanted / Math.max(1, groupsOf(size, form))),
  );
  const steps = Math.ceil(size.depth / tileDepth);
  const fit = mostParts === 1 ? Infinity : mostSteps;
  const partSteps = Math.min(fit, Math.ceil(steps / most));
  const partDepth = tileDepth * Math.max(1, partSteps);
  const parts = Math.max(1, Math.ceil(size.depth / partDepth));
  return { form, partDepth, parts };
}

const tilesFor = (size: ProductSize): ProductForm =>
  groupsOf(size, "largeTiles") >= busy.hardware ? "largeTiles" : "smallTiles";

/**
 * The form of registers with the least time. With 16 × 16 a value is used twice as
 * often, and a product takes two thirds of the time; with 8 × 8 a workgroup reaches
 * less beyond a small one.
 *
 * With one lane, or several terms, 16 × 16 has so much code that it takes seconds to
 * compile.
 */
function registersFor(size: ProductSize): ProductForm {
  const forms: ProductForm[] = ["tallRegisters", "wideRegisters"];
  if (size.lanes === 4 && (size.terms ?? 1) === 1) {
    forms.push("tallManyRegisters", "wideManyRegisters");
  }
  const timeOf = (form: ProductForm) => {
    const { rows, columns } = productForms[form];
    const eachTime = rows * columns > 512 ? 2 / 3 : 1;
    return groupsOf(size, form) * rows * columns * eachTime;
  };
  return forms.reduce((best, form) =>
    timeOf(form) < timeOf(best) ? form : best
  );
}

function groupsOf(size: ProductSize, form: ProductForm): number {
  const [down, across] = tilesOf(size, form);
  return down * across;
}
