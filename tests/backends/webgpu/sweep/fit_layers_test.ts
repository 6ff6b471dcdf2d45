import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertLosses, fitLosses, fits } from "../../cases/fit_layers.ts";
import { deviceTest, useWebGpu } from "../device.ts";

for (const [name, fit] of Object.entries(fits)) {
  deviceTest(
    `model.fit() trains as the cpu backend does: ${name}`,
    async () => {
      await useBackend("cpu");
      const expected = await fitLosses(fit);
      await useWebGpu();
      assertLosses(await fitLosses(fit), expected);
    },
  );
}
