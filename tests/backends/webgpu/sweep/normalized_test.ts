import {
  nameOf,
  normalizedAndGradients,
  normalizedConvolutions,
} from "../../cases/normalized.ts";
import { assertDeviceEqualsCpu, deviceTest } from "../device.ts";

/** Those that take the cpu backend seconds have nothing that others have not here. */
const few = normalizedConvolutions.filter(({ x, size, filters }) =>
  x.reduce((product, side) => product * side, size ** 2 * filters) < 5e6
);

for (const convolution of few) {
  const name = nameOf(convolution);
  deviceTest(
    `normalizedConv2d() and its gradients equal the composed ones: ${name}`,
    () => assertDeviceEqualsCpu(normalizedAndGradients(convolution), 2e-4),
  );
}
