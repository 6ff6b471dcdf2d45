import type { TensorInfo } from "@tensorflow/tfjs";
import type { WasmBackend } from "../runtime/host.ts";
import { share } from "../tensors/sharing.ts";
import { sizeOf, valuesOf } from "./arrays.ts";

/**
 * A tensor repeated to a larger shape, as in numpy; the caller disposes it. tfjs's
 * `Tile` takes a hundred times as long.
 *
 * @param shape Must be one that the tensor's shape can be broadcast to.
 */
export function broadcastTo(
  backend: WasmBackend,
  x: TensorInfo,
  shape: number[],
): TensorInfo {
  if (x.shape.join() === shape.join()) return share(x, backend);
  const out = backend.makeOutput(shape, x.dtype);
  if (sizeOf(shape) === 0) return out;
  const [from, to] = [valuesOf(backend, x), valuesOf(backend, out)];
  const own = [...new Array(shape.length - x.shape.length).fill(1), ...x.shape];
  // Behind this axis nothing is repeated.
  const end = shape.findLastIndex((side, axis) => side !== own[axis]) + 1;
  const run = sizeOf(shape.slice(end));
  let source = 0;
  const fill = (axis: number, first: number) => {
    if (axis === end) {
      to.set(from.subarray(source, source += run), first);
      return;
    }
    const size = sizeOf(shape.slice(axis + 1));
    fill(axis + 1, first);
    for (let i = 1; i < shape[axis]!; i++) {
      const at = first + i * size;
      if (own[axis] === 1) to.copyWithin(at, first, first + size);
      else fill(axis + 1, at);
    }
  };
  fill(0, 0);
  return out;
}
