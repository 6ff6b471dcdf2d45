/**
 * The layers of FaceNet's NN2 (arXiv 1503.03832) that TensorFlow.js lacks:
 *
 *     import { registerLayers } from "./nn2.js";
 *     registerLayers(tf);
 *     const model = await tf.loadLayersModel("model.json");
 *
 * MIT license. Made of the project's TypeScript by tests/export/tfjs/make_layers.ts.
 */
export function registerLayers(tf) {
  // lib/nn2/layers/concatenation.ts

  // lib/nn2/layers/backward_pass.ts
  function freeAfterGradient(dy, saved) {
    if (belongsToPass(dy)) dy.dispose();
    if (tf.engine().state.gradientDepth === 0) tf.dispose(saved);
  }
  function freeOnceAdded(x, dx) {
    const scope = passScope();
    if (!scope) return dx;
    const returned = scope.returned ??= {
      inputs: /* @__PURE__ */ new Set(),
      added: [],
    };
    tf.dispose(returned.added);
    returned.added = returned.inputs.has(x.id)
      ? [
        dx,
      ]
      : [];
    returned.inputs.add(x.id);
    return dx;
  }
  function isOverwritable(dy) {
    return belongsToPass(dy) && tf.backend().refCount(dy.dataId) === 1;
  }
  function belongsToPass(dy) {
    const scope = passScope();
    return scope !== void 0 && dy.scopeId === scope.id && !dy.kept;
  }
  function passScope() {
    const { activeScope } = tf.engine().state;
    return activeScope?.name === "backward" ? activeScope : void 0;
  }

  // lib/nn2/layers/concatenation.ts
  const ChannelConcatenation = class extends tf.layers.Layer {
    /** The name in a saved model. */
    static className = "ChannelConcatenation";
    computeOutputShape(inputShapes) {
      const [first] = inputShapes;
      const channels = inputShapes.reduce((sum3, shape) => sum3 + shape[3], 0);
      return first.with(3, channels);
    }
    call(inputs) {
      const parts = [
        inputs,
      ].flat();
      const sizes = parts.map(({ shape }) => shape[3]);
      const concatenate = tf.customGrad(() => ({
        value: tf.concat4d(parts, 3),
        gradFunc: (dy) => {
          const gradients = tf.split(dy, sizes, 3);
          freeAfterGradient(dy, []);
          return gradients;
        },
      }));
      return concatenate(...parts);
    }
  };
  tf.serialization.registerClass(ChannelConcatenation);

  // lib/nn2/layers/l2_normalization.ts

  // lib/backends/engine/kernels.ts
  function hasKernel(name) {
    return tf.getKernel(name, tf.getBackend()) !== void 0;
  }
  function runKernel(name, inputs, attributes = {}) {
    const outputs = tf.engine().runKernel(name, inputs, attributes);
    return [
      outputs,
    ].flat();
  }

  // lib/nn2/layers/l2_normalization.ts
  const leastSquaredLength = 1e-12;
  const L2Normalization = class extends tf.layers.Layer {
    /** The name in a saved model. */
    static className = "L2Normalization";
    call(inputs) {
      const [x] = [
        inputs,
      ].flat();
      return x.rank === 2 && hasKernel("UnitLength")
        ? unitLengthByKernel(x)
        : unitLengthByOperations(x);
    }
  };
  function unitLengthByKernel(x) {
    const normalize = tf.customGrad((...given) => {
      const [x2, save] = given;
      const [value] = runKernel("UnitLength", {
        x: x2,
      });
      save([
        x2,
        value,
      ]);
      const gradFunc = (dy, saved) => {
        const [x3, y] = saved;
        return runKernel("UnitLengthGrad", {
          dy,
          x: x3,
          y,
        })[0];
      };
      return {
        value,
        gradFunc,
      };
    });
    return normalize(x);
  }
  function unitLengthByOperations(x) {
    return tf.tidy(() => {
      const squares = tf.sum(tf.square(x), -1, true);
      return tf.div(x, tf.sqrt(tf.maximum(squares, leastSquaredLength)));
    });
  }
  tf.serialization.registerClass(L2Normalization);

  // lib/nn2/layers/l2_pooling.ts

  // lib/numeric/refuse.ts
  function refuse(action, expected, got) {
    throw new RangeError(`Cannot ${action}: expected ${expected}, got ${got}`);
  }
  const longest = 60;
  function shown(value) {
    if (value === void 0) return "nothing";
    if (typeof value === "string") return JSON.stringify(shortened(value));
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "function") return "a function";
    if (typeof value !== "object" || value === null) return String(value);
    if (Array.isArray(value) || ArrayBuffer.isView(value)) return listed(value);
    if ("shape" in value && Array.isArray(value.shape)) {
      return `a tensor of shape ${listed(value.shape)}`;
    }
    const keys = Object.keys(value);
    return keys.length === 0
      ? "an object without keys"
      : `an object with ${shortened(keys.join(", "))}`;
  }
  function listed(list) {
    if (list instanceof DataView) return `${list.byteLength} bytes`;
    const items = Array.from(list).slice(0, longest);
    const text = items.map((item) =>
      Array.isArray(item) ? "[\u2026]" : shown(item)
    );
    return `[${shortened(text.join(", "))}]`;
  }
  const shortened = (text) =>
    text.length > longest ? `${text.slice(0, longest)}\u2026` : text;

  // lib/numeric/options.ts
  function optionsOf(action, options) {
    if (typeof options === "object" && options && !Array.isArray(options)) {
      return options;
    }
    refuse(action, "an object with options", shown(options));
  }

  // lib/numeric/shape.ts
  function checkShape(action, name, tensor, shape, least = 1) {
    const expected = `${name} of shape [${shape.join(", ")}]`;
    if (!isTensor(tensor)) refuse(action, expected, shown(tensor));
    if (tensor.dtype === "string" || tensor.dtype === "complex64") {
      refuse(action, `${name} to be numbers`, `a tensor of ${tensor.dtype}`);
    }
    const fits = tensor.shape.length === shape.length &&
      tensor.shape.every((size, i) =>
        typeof shape[i] === "string" ? size >= least : size === shape[i]
      );
    if (!fits) refuse(action, expected, shown(tensor));
  }
  const mostBytes = 2 ** 32;
  function checkRoom(action, name, sides, bytes = 4) {
    const count = sides.reduce((product, side) => product * side, 1);
    if (count * bytes <= mostBytes) return;
    refuse(
      action,
      `${name} of at most 4 GiB`,
      `${sides.join(" \xD7 ")} values of ${bytes} bytes`,
    );
  }
  function isTensor(value) {
    return typeof value === "object" && value !== null && "dtype" in value &&
      "dataSync" in value && "shape" in value && Array.isArray(value.shape);
  }

  // lib/numeric/domain.ts
  function expectation(domain) {
    if (domain.type === "boolean") return "true or false";
    if (domain.type === "kind") return domain.expected;
    if (domain.type === "choice") return `one of ${domain.of.join(", ")}`;
    if (domain.type === "list") {
      const { item, most: most2 } = domain;
      return `a list of at most ${most2}, each once and ${expectation(item)}`;
    }
    const kind = domain.type === "integer" ? "a whole number" : "a number";
    const { min, above, max, below } = domain;
    if (min !== void 0 && max !== void 0) {
      return `${kind} from ${min} to ${max}`;
    }
    const bounds = [
      ...min === void 0 ? [] : [
        `of ${min} or more`,
      ],
      ...above === void 0 ? [] : [
        `above ${above}`,
      ],
      ...max === void 0 ? [] : [
        `of at most ${max}`,
      ],
      ...below === void 0 ? [] : [
        `below ${below}`,
      ],
    ];
    return [
      kind,
      bounds.join(" and "),
    ].join(" ").trim();
  }
  function isIn(domain, value) {
    if (domain.type === "boolean") return typeof value === "boolean";
    if (domain.type === "kind") return domain.has(value);
    if (domain.type === "choice") {
      return domain.of.includes(value);
    }
    if (domain.type === "list") return isListIn(domain, value);
    const isKind = domain.type === "integer"
      ? Number.isSafeInteger(value)
      : Number.isFinite(value);
    if (!isKind) return false;
    const number = value;
    const { min, above, max, below } = domain;
    return !(number < min || number <= above || number > max ||
      number >= below);
  }
  function isListIn({ item, most: most2 }, value) {
    if (!Array.isArray(value) || value.length > most2) return false;
    return new Set(value).size === value.length &&
      Array.from(value).every((each) => isIn(item, each));
  }
  function checkValue(action, name, value, domain) {
    if (isIn(domain, value)) return;
    refuse(action, `${name} to be ${expectation(domain)}`, shown(value));
  }
  function checkWhole(
    action,
    name,
    value,
    min = 0,
    max = Infinity,
    reason = "",
  ) {
    const domain = max === Infinity
      ? {
        type: "integer",
        min,
      }
      : {
        type: "integer",
        min,
        max,
      };
    if (isIn(domain, value)) return;
    const expected = `${name} to be ${expectation(domain)}`;
    refuse(action, reason ? `${expected}, ${reason}` : expected, shown(value));
  }

  // lib/nn2/layers/window.ts
  const most = 2 ** 31 - 1;
  function checkWindow(action, window) {
    for (const [name, value] of Object.entries(window)) {
      checkWhole(action, name, value, 1, most);
    }
    const [side] = Object.values(window);
    checkRoom(action, "a window", [
      side,
      side,
    ]);
  }
  function windowedShape(shape, stride, channels = shape.at(-1)) {
    const windows = (side) => side && Math.ceil(side / stride);
    return [
      ...shape.slice(0, -3),
      ...shape.slice(-3, -1).map(windows),
      channels,
    ];
  }
  function samePadding(length, size, stride) {
    const windows = Math.ceil(length / stride);
    const total = Math.max((windows - 1) * stride + size - length, 0);
    const before = Math.floor(total / 2);
    return [
      before,
      total - before,
    ];
  }

  // lib/nn2/layers/l2_pooling.ts
  const l2PoolingEpsilon = 1e-12;
  function l2Pool(x, size, stride) {
    const action = "pool by the Euclidean norm";
    checkShape(action, "x", x, [
      "batch",
      "height",
      "width",
      "channels",
    ], 0);
    checkWindow(action, {
      size,
      stride,
    });
    const [batch, height, width, channels] = x.shape;
    const padded = [
      batch,
      height + size,
      width + size,
      channels,
    ];
    checkRoom(action, "padded images", padded);
    return hasKernel("L2Pool")
      ? l2PoolByKernel(x, size, stride)
      : l2PoolByOperations(x, size, stride);
  }
  function l2PoolByKernel(x, size, stride) {
    const window = {
      filterSize: size,
      strides: stride,
      pad: "same",
    };
    const pool = tf.customGrad((...given) => {
      const [x2, save] = given;
      const [value] = runKernel("L2Pool", {
        x: x2,
      }, window);
      save([
        x2,
        value,
      ]);
      const gradFunc = (dy, saved) => {
        const [input, output] = saved;
        const [dx] = runKernel("L2PoolGrad", {
          dy,
          input,
          output,
        }, window);
        freeAfterGradient(dy, saved);
        return freeOnceAdded(x2, dx);
      };
      return {
        value,
        gradFunc,
      };
    });
    return pool(x);
  }
  function l2PoolByOperations(x, size, stride) {
    return tf.tidy(() => {
      const padded = tf.pad(tf.square(x), [
        [
          0,
          0,
        ],
        samePadding(x.shape[1], size, stride),
        samePadding(x.shape[2], size, stride),
        [
          0,
          0,
        ],
      ]);
      const sums = tf.mul(tf.avgPool(padded, size, stride, "valid"), size ** 2);
      return tf.sqrt(tf.add(sums, l2PoolingEpsilon));
    });
  }
  const L2Pooling = class extends tf.layers.Layer {
    /** The name in a saved model. */
    static className = "L2Pooling";
    #size;
    #stride;
    constructor(config) {
      const action = "make an L2 pooling layer";
      super(optionsOf(action, config));
      const { size, stride } = config;
      checkWindow(action, {
        size,
        stride,
      });
      this.#size = size;
      this.#stride = stride;
    }
    computeOutputShape(inputShape) {
      return windowedShape(inputShape, this.#stride);
    }
    call(inputs) {
      const [x] = [
        inputs,
      ].flat();
      return l2Pool(x, this.#size, this.#stride);
    }
    getConfig() {
      return {
        ...super.getConfig(),
        size: this.#size,
        stride: this.#stride,
      };
    }
  };
  tf.serialization.registerClass(L2Pooling);

  // lib/nn2/layers/local_response_normalization.ts
  const localResponse = {
    size: 5,
    alpha: 1e-4 / 5,
    beta: 0.75,
    bias: 1,
  };
  const LocalResponseNormalization = class extends tf.layers.Layer {
    /** The name in a saved model. */
    static className = "LocalResponseNormalization";
    call(inputs) {
      const [x] = [
        inputs,
      ].flat();
      const { size, bias, alpha, beta } = localResponse;
      return tf.localResponseNormalization(
        x,
        (size - 1) / 2,
        bias,
        alpha,
        beta,
      );
    }
  };
  tf.serialization.registerClass(LocalResponseNormalization);

  // lib/nn2/layers/normalized_convolution.ts

  // lib/nn2/layers/he_normal.ts
  function heNormal(seed) {
    return tf.initializers.varianceScaling({
      scale: 2 / 0.8796256610342398 ** 2,
      mode: "fanIn",
      distribution: "normal",
      seed,
    });
  }

  // lib/nn2/layers/normalized_conv2d.ts

  // lib/nn2/layers/normalized_conv2d_kernels.ts
  function convolveByKernel(call, x, weights, options) {
    const inputs = kernelInputs(x, weights);
    const outputs = call("NormalizedConv2DTraining", inputs, {
      ...options,
    });
    return outputs;
  }
  function kernelInputs(x, { kernel, ...others }) {
    return {
      x,
      filter: kernel,
      ...others,
    };
  }
  function gradientByKernel(call, inputs, inPlace) {
    const outputs = call("NormalizationGrad", inputs, {
      inPlace,
    });
    return outputs;
  }
  function convolutionGradients(
    call,
    { x, dz, filter, sum: sum3 },
    { strides, inputGradient },
  ) {
    const geometry = {
      strides,
      pad: "same",
      dataFormat: "NHWC",
      // The values are of a size that Winograd's transforms round little.
      isNormalized: true,
      filterShape: filter.shape,
      inputShape: x.shape,
    };
    const [dFilter] = call("Conv2DBackpropFilter", {
      x,
      dy: dz,
    }, geometry);
    const inputs = {
      dy: dz,
      filter,
      ...sum3 && {
        sum: sum3,
      },
    };
    return inputGradient
      ? [
        dFilter,
        call("Conv2DBackpropInput", inputs, geometry)[0],
      ]
      : [
        dFilter,
      ];
  }

  // lib/nn2/layers/normalized_conv2d_operations.ts
  const axes = [
    0,
    1,
    2,
  ];
  function convolveByOperations(
    x,
    { kernel, bias, gamma, beta, movingMean, movingVariance },
    { strides, epsilon, momentum },
  ) {
    const z = tf.conv2d(x, kernel, strides, "same");
    const { mean, variance } = tf.moments(z, axes);
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const scale = tf.mul(gamma, inverse);
    const move = (moving, current) =>
      tf.add(tf.mul(moving, momentum), tf.mul(current, 1 - momentum));
    return [
      tf.relu(tf.add(tf.mul(tf.sub(z, mean), scale), beta)),
      z,
      tf.stack([
        mean,
        inverse,
        scale,
        beta,
      ]),
      move(movingMean, tf.add(mean, bias)),
      move(movingVariance, variance),
    ];
  }
  function gradientByOperations(dy, z, constants) {
    return tf.tidy(() => {
      const [mean, inverse, scale, beta] = tf.unstack(constants);
      const distance = tf.sub(z, mean);
      const passes = tf.step(tf.add(tf.mul(distance, scale), beta));
      const normalized = tf.mul(distance, inverse);
      const dSum = tf.mul(dy, passes);
      const dBeta = tf.sum(dSum, axes);
      const dGamma = tf.sum(tf.mul(dSum, normalized), axes);
      const throughStatistics = tf.div(
        tf.add(dBeta, tf.mul(normalized, dGamma)),
        z.size / z.shape[3],
      );
      const dz = tf.mul(tf.sub(dSum, throughStatistics), scale);
      return [
        dz,
        dGamma,
        dBeta,
      ];
    });
  }
  function inferByOperations(
    x,
    { kernel, bias, gamma, beta, movingMean, movingVariance },
    { strides, epsilon },
  ) {
    return tf.tidy(() => {
      const z = tf.add(tf.conv2d(x, kernel, strides, "same"), bias);
      return tf.relu(
        tf.batchNorm(z, movingMean, movingVariance, beta, gamma, epsilon),
      );
    });
  }

  // lib/nn2/layers/normalized_conv2d_options.ts
  const batchNormalizationDefaults = {
    epsilon: 1e-3,
    momentum: 0.9,
  };
  function checkConvolution(action, options) {
    const { strides, epsilon, momentum, inputGradient } = optionsOf(
      action,
      options,
    );
    checkWindow(action, {
      strides,
    });
    checkValue(action, "epsilon", epsilon, {
      type: "number",
      min: 0,
    });
    checkValue(action, "momentum", momentum, {
      type: "number",
      min: 0,
      max: 1,
    });
    checkValue(action, "inputGradient", inputGradient, {
      type: "boolean",
    });
  }
  function checkFit(action, x, weights) {
    const { kernel, ...perFilter } = optionsOf(action, weights);
    const window = [
      "height",
      "width",
      "channels",
      "filters",
    ];
    checkShape(action, "kernel", kernel, window);
    const [, , channels, filters] = kernel.shape;
    checkShape(action, "x", x, [
      "batch",
      "height",
      "width",
      channels,
    ], 0);
    const { bias, gamma, beta, movingMean, movingVariance } = perFilter;
    const all = {
      bias,
      gamma,
      beta,
      movingMean,
      movingVariance,
    };
    for (const [name, tensor] of Object.entries(all)) {
      checkShape(action, name, tensor, [
        filters,
      ]);
    }
    for (
      const [name, moved] of Object.entries({
        movingMean,
        movingVariance,
      })
    ) {
      if (!("assign" in moved)) {
        refuse(action, `${name} to be a variable`, shown(moved));
      }
    }
  }

  // lib/nn2/layers/normalized_conv2d.ts
  function normalizedConv2d(x, weights, options, training) {
    const action = "convolve and normalize";
    checkConvolution(action, options);
    checkValue(action, "training", training, {
      type: "boolean",
    });
    checkFit(action, x, weights);
    return training ? train(x, weights, options) : infer(x, weights, options);
  }
  function infer(x, weights, options) {
    const kernel = "NormalizedConv2DInference";
    if (!hasKernel(kernel) || tf.engine().isTapeOn()) {
      return inferByOperations(x, weights, options);
    }
    const inputs = kernelInputs(x, weights);
    return runKernel(kernel, inputs, {
      ...options,
    })[0];
  }
  function train(x, weights, options) {
    const { kernel, bias, gamma, beta, movingMean, movingVariance } = weights;
    const hasKernels = hasKernel("NormalizedConv2DTraining");
    const convolve = tf.customGrad((...given) => {
      const save = given.at(-1);
      const [y, z, constants, ...moved] = hasKernels
        ? convolveByKernel(runKernel, x, weights, options)
        : convolveByOperations(x, weights, options);
      save([
        x,
        kernel,
        z,
        constants,
      ]);
      if (x.size > 0) {
        movingMean.assign(moved[0]);
        movingVariance.assign(moved[1]);
      }
      const gradFunc = (dy, saved) => {
        if (tf.engine().isTapeOn()) {
          throw new Error(
            "Cannot differentiate normalizedConv2d twice: expected no gradient around its gradient in training, got one",
          );
        }
        const [images2, filter, z2, constants2] = saved;
        const [dz, dGamma, dBeta, zeros] = hasKernels
          ? gradientByKernel(runKernel, {
            dy,
            z: z2,
            constants: constants2,
          }, isOverwritable(dy))
          : gradientByOperations(dy, z2, constants2);
        const convolved = {
          x: images2,
          dz,
          filter,
        };
        const [dKernel, dx] = convolutionGradients(
          runKernel,
          convolved,
          options,
        );
        const dBias = zeros ?? tf.zerosLike(dBeta);
        dz.dispose();
        freeAfterGradient(dy, saved);
        const gradients = [
          dKernel,
          dBias,
          dGamma,
          dBeta,
        ];
        return dx
          ? [
            ...gradients,
            freeOnceAdded(x, dx),
          ]
          : gradients;
      };
      return {
        value: y,
        gradFunc,
      };
    });
    const images = options.inputGradient
      ? [
        x,
      ]
      : [];
    return convolve(kernel, bias, gamma, beta, ...images);
  }

  // lib/nn2/layers/normalized_convolution.ts
  const NormalizedConvolution = class extends tf.layers.Layer {
    /** The name in a saved model. */
    static className = "NormalizedConvolution";
    #config;
    #weights;
    constructor(config) {
      const action = "make a normalized convolution";
      super(optionsOf(action, config));
      const {
        filters,
        kernelSize,
        seed,
        strides = 1,
        epsilon = batchNormalizationDefaults.epsilon,
        momentum = batchNormalizationDefaults.momentum,
        inputGradient = true,
      } = config;
      const options = {
        strides,
        epsilon,
        momentum,
        inputGradient,
      };
      checkConvolution(action, options);
      checkWindow(action, {
        kernelSize,
        filters,
      });
      checkWhole(action, "seed", seed, 1, 2 ** 31 - 1);
      checkRoom(action, "a kernel", [
        kernelSize,
        kernelSize,
        filters,
      ]);
      this.#config = {
        filters,
        kernelSize,
        seed,
        ...options,
      };
    }
    build(inputShape) {
      const { filters, kernelSize, seed } = this.#config;
      const channels = inputShape[3];
      const shape = [
        kernelSize,
        kernelSize,
        channels,
        filters,
      ];
      checkRoom("build a normalized convolution", "a kernel", shape);
      this.inputSpec = [
        new tf.InputSpec({
          ndim: 4,
          axes: {
            3: channels,
          },
        }),
      ];
      const ones = tf.initializers.ones();
      const zeros = tf.initializers.zeros();
      const perFilter = (name, start, trainable = true) =>
        this.addWeight(
          name,
          [
            filters,
          ],
          "float32",
          start,
          void 0,
          trainable,
        );
      const kernel = this.addWeight("kernel", shape, "float32", heNormal(seed));
      this.#weights = {
        kernel,
        bias: perFilter("bias", zeros),
        gamma: perFilter("gamma", ones),
        beta: perFilter("beta", zeros),
        movingMean: perFilter("moving_mean", zeros, false),
        movingVariance: perFilter("moving_variance", ones, false),
      };
      super.build(inputShape);
    }
    computeOutputShape(inputShape) {
      const { filters, strides } = this.#config;
      return windowedShape(inputShape, strides, filters);
    }
    call(inputs, options) {
      const [x] = [
        inputs,
      ].flat();
      return normalizedConv2d(
        x,
        this.variables(),
        this.#config,
        (options?.training ?? false) && !this.isFrozen,
      );
    }
    /** Whether none of its weights is trained: `trainable` is false, or the model's is. */
    get isFrozen() {
      return this.trainableWeights.length === 0 && this.built;
    }
    /** The weights of the layer, which must be built. */
    variables() {
      return Object.fromEntries(
        Object.entries(this.#weights).map(([name, held]) => [
          name,
          held.read(),
        ]),
      );
    }
    /** What `normalizedConv2d` is told. */
    get options() {
      return this.#config;
    }
    getConfig() {
      return {
        ...super.getConfig(),
        ...this.#config,
      };
    }
  };
  tf.serialization.registerClass(NormalizedConvolution);
}
