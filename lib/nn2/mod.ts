/**
 * The network: FaceNet's NN2, from the table of the paper to a `tf.LayersModel`
 * that turns images into embeddings of unit length; the layers that TensorFlow.js
 * lacks; and names for the weights. It runs on any backend of tfjs.
 *
 * @module
 */
export { createNN2, type NN2Options } from "./model.ts";
export { networkEmbed } from "./embed.ts";
export type { Normalization } from "./graph.ts";
export { inputShape, type InputSize, NN2, nn2Rows, type Row } from "./table.ts";
export { type ModuleSummary, summarizeNN2 } from "./summary.ts";
export { namedWeights, setNamedWeights } from "./weights.ts";
export { l2Pool, L2Pooling } from "./layers/l2_pooling.ts";
export { normalizedConv2d } from "./layers/normalized_conv2d.ts";
export type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "./layers/normalized_conv2d_options.ts";
export {
  NormalizedConvolution,
  type NormalizedConvolutionConfig,
} from "./layers/normalized_convolution.ts";
export { LocalResponseNormalization } from "./layers/local_response_normalization.ts";
export { L2Normalization } from "./layers/l2_normalization.ts";
