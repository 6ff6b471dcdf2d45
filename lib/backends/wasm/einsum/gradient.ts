import * as tf from "@tensorflow/tfjs";

/**
 * The gradient of `tf.einsum`, of which tfjs has none: dy is multiplied with the
 * other tensor by the equation turned round, and repeated along what only this
 * tensor has.
 */
export const einsumGradient: tf.GradConfig = {
  kernelName: "Einsum",
  saveAllInputs: true,
  gradFunc(dy, saved, attrs) {
    const { equation } = attrs as { equation: string };
    const [left, output] = equation.replace(/\s/g, "").split("->") as [
      string,
      string,
    ];
    const terms = left.split(",");
    const ofInput = (x: tf.Tensor, i: number) => () => {
      const others = terms.map((labels, k) => ({ labels, tensor: saved[k]! }))
        .toSpliced(i, 1);
      const known = output + others.map(({ labels }) => labels).join("");
      const labels = [...terms[i]!];
      const isKnown = (label: string) => known.includes(label);
      const sources = [output, ...others.map(({ labels }) => labels)].join(",");
      const gradient = tf.einsum(
        `${sources}->${labels.filter(isKnown).join("")}`,
        dy as tf.Tensor,
        ...others.map(({ tensor }) => tf.cast(tensor, "float32")),
      );
      const aligned = x.shape.map((side, axis) =>
        isKnown(labels[axis]!) ? side : 1
      );
      return tf.broadcastTo(tf.reshape(gradient, aligned), x.shape);
    };
    return Object.fromEntries(saved.map((x, i) => [i, ofInput(x, i)]));
  },
};
