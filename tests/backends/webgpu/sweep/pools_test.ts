import { nameOf, poolings, poolsAndGradients } from "../../cases/pools.ts";
import { assertDeviceEqualsCpu, deviceTest } from "../device.ts";

for (const pooling of poolings) {
  for (const [pool, compute] of Object.entries(poolsAndGradients(pooling))) {
    const name = `${pool}() and its gradient equal the cpu backend's`;
    deviceTest(
      `${name}: ${nameOf(pooling)}`,
      () => assertDeviceEqualsCpu(compute, 1e-5),
    );
  }
}
