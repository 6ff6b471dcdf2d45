/**
 * The subject that trains the small convnet with jax-js on WebAssembly. Its
 * arguments are the module and the number of threads. The module is named by the
 * one who starts this, so that nothing of it is in the project's deno.lock.
 *
 * @module
 */
import { answerRequests, timed } from "../../../experiment/bench/serve.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

const learningRate = 1e-3;
const decays = [0.9, 0.999] as const;
const epsilon = 1e-7;

if (import.meta.main) {
  const [module, threads] = Deno.args as [string, string];
  // jax-js takes as many threads as there are cores and cannot be told otherwise.
  Object.defineProperty(navigator, "hardwareConcurrency", {
    value: Number(threads),
  });
  const jax = await import(module);
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  await answerRequests({
    train: timed((_network, batch) => fitting(jax, batch!)),
  });
}

/** Prepares a training step; an array is given away where it has no `.ref`. */
function fitting(jax: Any, batch: string): () => Promise<void> {
  const { lax, nn, numpy: np, random, tree } = jax;
  const count = Number(batch);
  const weights = (shape: number[], inputs: number) =>
    random.normal(random.key(inputs), shape).mul(Math.sqrt(2 / inputs));
  const layer = (shape: number[], inputs: number, bias: number[]) => [
    weights(shape, inputs),
    np.zeros(bias),
  ];
  let parameters = [
    ...layer([32, 1, 3, 3], 9, [32, 1, 1]),
    ...layer([64, 32, 3, 3], 288, [64, 1, 1]),
    ...layer([1600, 128], 1600, [128]),
    ...layer([128, 10], 128, [10]),
  ];
  const block = (x: Any, filter: Any, bias: Any) =>
    lax.reduceWindow(
      nn.relu(lax.conv(x, filter, [1, 1], "VALID").add(bias)),
      np.max,
      [2, 2],
      [2, 2],
    );
  const loss = ([f1, b1, f2, b2, w3, b3, w4, b4]: Any[], x: Any, y: Any) => {
    const pixels = block(block(x, f1, b1), f2, b2).reshape([count, -1]);
    const hidden = nn.relu(np.matmul(pixels, w3).add(b3));
    const logits = np.matmul(hidden, w4).add(b4);
    return nn.logSoftmax(logits).mul(y).sum().mul(-1 / count);
  };
  const lossAndGradients = jax.jit(jax.valueAndGrad(loss));

  const update = adam(np, parameters);
  const images = random.uniform(random.key(1), [count, 1, 28, 28]);
  const classes = np.array(Array.from({ length: count }, (_, i) => i % 10), {
    dtype: np.int32,
  });
  const labels = nn.oneHot(classes, 10);
  return async () => {
    const [value, gradients] = lossAndGradients(
      tree.ref(parameters),
      images.ref,
      labels.ref,
    );
    value.dispose();
    parameters = update(parameters, gradients);
    await jax.blockUntilReady(parameters);
  };
}

/** Adam, one array after the other; gives what the parameters become. */
function adam(np: Any, parameters: Any[]) {
  const zeros = () => parameters.map(({ shape }) => np.zeros(shape));
  let means = zeros();
  let squares = zeros();
  let steps = 0;
  const [first, second] = decays;
  const mix = (old: Any, decay: number, now: Any) =>
    old.mul(decay).add(now.mul(1 - decay));
  return (parameters: Any[], gradients: Any[]): Any[] => {
    steps++;
    means = means.map((m, i) => mix(m, first, gradients[i].ref));
    squares = squares.map((v, i) =>
      mix(v, second, gradients[i].ref.mul(gradients[i]))
    );
    return parameters.map((p, i) => {
      const mean = means[i].ref.mul(learningRate / (1 - first ** steps));
      const square = squares[i].ref.mul(1 / (1 - second ** steps));
      return p.sub(mean.div(np.sqrt(square).add(epsilon)));
    });
  };
}
