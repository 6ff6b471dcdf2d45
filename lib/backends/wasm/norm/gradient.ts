import { scratchSlot } from "../linking/scratch.ts";
import { channelParts, channelView, layout } from "../runtime/channels.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { cutByValues, runByRows } from "../runtime/row_pieces.ts";
import { share } from "../tensors/sharing.ts";
import { normalizationGradient } from "./functions.ts";
import { sumNormalized } from "./sums.ts";

const slopes = scratchSlot("q and r of a normalization's gradient");

/**
 * The gradient of batch normalization and its ReLU, down to the convolution's
 * result z (`NormalizationGrad`, not part of tfjs): `{dy, z, constants}` →
 * `[dz, dGamma, dBeta]`, in two passes. Where the ReLU cut off follows from z.
 *
 * With `inPlace` dz takes the memory of dy, which nobody else may use then.
 *
 * With ẑ = (z − mean) · inverse,
 * dz = scale · (g − (Σ g + ẑ · Σ g·ẑ) / rows) = g · scale + (z − mean) · q + r.
 */
export const normalizationGradientKernel: WasmKernel = wasmKernel(
  "NormalizationGrad",
  ({ host, backend, take, attributes }) => {
    const { inPlace = false } = attributes as { inPlace?: boolean };
    const z = take("z");
    const { channels, rows } = layout(z);
    const dy = take("dy", z.shape);
    const constants = take("constants", [4, channels]);
    const dz = inPlace ? dy : host.output(z.shape);
    const [dGamma, dBeta] = [host.output([channels]), host.output([channels])];
    const [mean, inverse, scale, beta] = channelParts(
      host.addressOf(constants),
      channels,
    );
    const at = { dy: host.addressOf(dy), x: host.addressOf(z) };
    const given = { ...at, mean, scale, beta, channels };
    const [gradients, products] = sumNormalized(host, given, rows);
    const [q, r] = channelParts(
      host.scratch(slopes, 2 * channels * 4),
      channels,
    );
    const floats = host.floats();
    const dGammas = channelView(host, dGamma, channels);
    channelView(host, dBeta, channels).set(gradients);
    for (let c = 0; c < channels; c++) {
      const share = floats[scale / 4 + c]! / Math.max(1, rows);
      const deviation = floats[inverse / 4 + c]!;
      dGammas[c] = products[c]! * deviation;
      floats[q / 4 + c] = -share * products[c]! * deviation ** 2;
      floats[r / 4 + c] = -share * gradients[c]!;
    }
    const step = channels * 4;
    runByRows(host, normalizationGradient, {
      dy: { at: at.dy, step },
      x: { at: at.x, step },
      ...{ mean, scale, beta, q, r },
      dx: { at: host.addressOf(dz), step },
      rows: "rows",
      channels,
    }, cutByValues(rows, 3 * channels));
    return [inPlace ? share(dy, backend) : dz, dGamma, dBeta];
  },
);
