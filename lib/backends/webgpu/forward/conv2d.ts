import type { NamedTensorInfoMap } from "@tensorflow/tfjs";
import { sizeOf, type WebGpuKernel, webGpuKernel } from "../runtime/kernel.ts";
import { finishedConvolution, rectified } from "./finished.ts";
import { takeConvolved } from "./take_convolved.ts";
import { isPlain } from "../conv/windows.ts";

type Activation = "linear" | "relu";

/** A convolution without and with a bias, by what follows it. */
const convolutions = (["linear", "relu"] as const).map((activation) => {
  const after = (value: string) =>
    activation === "relu" ? rectified(`(${value})`) : value;
  const name = `convolution, ${activation}`;
  return [activation, {
    bare: finishedConvolution({
      name,
      inputs: [],
      constants: {},
      declare: () => "",
      valueOf: after,
    }),
    biased: finishedConvolution({
      name: `${name}, with bias`,
      inputs: ["bias"],
      constants: {},
      declare: (read, q) => `let bias${q} = ${read("bias")};`,
      valueOf: (sum, q) => after(`${sum} + bias${q}`),
    }),
  }] as const;
});
const byActivation = new Map(convolutions);

/** tfjs's convolutions of images, where something else than a ReLU does not follow. */
export const convolutionKernels: WebGpuKernel[] = ["Conv2D", "FusedConv2D"].map(
  (kernelName) =>
    webGpuKernel(
      kernelName,
      (call) => {
        const { activation = "linear", ...attributes } = call.attributes as {
          strides: unknown;
          pad: unknown;
          activation?: Activation;
        };
        const given = takeConvolved(call, attributes);
        const filters = given.windows.outChannels;
        const bias = call.takeOptional("bias", [filters]);
        const { bare, biased } = byActivation.get(activation)!;
        return bias
          ? biased(call, given, { bias }, {})
          : bare(call, given, {}, {});
      },
      (attributes, inputs) => isPlain(attributes) && isOurs(attributes, inputs),
    ),
);

/** Whether it is of float32, of something, and followed by what we have. */
function isOurs(
  attributes: unknown,
  { x, filter, bias, preluActivationWeights }: NamedTensorInfoMap,
): boolean {
  const { activation = "linear" } = attributes as { activation?: string };
  return byActivation.has(activation as Activation) &&
    !preluActivationWeights &&
    (!bias || bias.shape.join() === `${filter?.shape[3]}`) &&
    [x, filter].every((tensor) =>
      tensor?.dtype === "float32" && sizeOf(tensor.shape) > 0
    );
}
