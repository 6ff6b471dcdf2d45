/** What make_layers.ts puts into one file: each registers a layer of NN2. */
import "../../../lib/nn2/layers/concatenation.ts";
import "../../../lib/nn2/layers/l2_normalization.ts";
import "../../../lib/nn2/layers/l2_pooling.ts";
import "../../../lib/nn2/layers/local_response_normalization.ts";
import "../../../lib/nn2/layers/normalized_convolution.ts";
