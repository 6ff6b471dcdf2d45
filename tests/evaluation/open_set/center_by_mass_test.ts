import { centerByMass } from "../../../lib/evaluation/open_set/center_by_mass.ts";
import { assertEquals } from "../../assert.ts";

const size = { height: 3, width: 5 };

Deno.test("centerByMass() moves ink to the middle, by whole pixels", () => {
  for (let place = 0; place < 15; place++) {
    const image = new Uint8Array(15);
    image[place] = 100;
    assertEquals(centerByMass(image, size).indexOf(100), 7);
    assertEquals(image[place], 100);
  }
});

Deno.test("centerByMass() leaves an image without ink, and loses what leaves it", () => {
  const none = new Array(5).fill(0);
  assertEquals(
    [...centerByMass(new Uint8Array(15), size)],
    [...none, ...none, ...none],
  );
  const ink = [255, 255, 255, 255, 0];
  const image = Uint8Array.from([...ink, ...none, 0, 0, 0, 0, 1]);
  assertEquals([...centerByMass(image, size)], [...none, ...ink, ...none]);
});
