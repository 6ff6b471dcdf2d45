import { cameraOf } from "../../../../lib/plots/picture/space/camera.ts";
import { assertEquals } from "../../../assert.ts";

const rounded = (seen: object) =>
  Object.values(seen).map((one) => Number(one.toFixed(3)) + 0);

Deno.test("cameraOf() sees x to the right from the front, and z up", () => {
  const ranges = Object.fromEntries(
    ["x", "y", "z"].map((letter) => [`${letter}axis`, { range: [0, 2] }]),
  );
  const camera = { eye: { x: 0, y: -2, z: 0 } };
  const see = cameraOf({ ...ranges, camera }, []);
  assertEquals(rounded(see([2, 1, 1])), [1, 0, 0]);
  assertEquals(rounded(see([1, 0, 1])), [0, 0, 1]);
  assertEquals(rounded(see([1, 1, 2])), [0, 1, 0]);
});

Deno.test("cameraOf() keeps lengths, from everywhere", () => {
  const range = { range: [-1, 1] };
  for (
    const eye of [{ x: 1.3, y: 1.1, z: 0.8 }, { x: -2, y: 0.1, z: -3 }, {}]
  ) {
    const see = cameraOf(
      { xaxis: range, yaxis: range, zaxis: range, camera: { eye } },
      [],
    );
    const { right, up, near } = see([0.6, -0.3, 0.2]);
    assertEquals(rounded([Math.hypot(right, up, near)]), [0.7]);
  }
});

Deno.test("cameraOf() fits what is drawn, in a cube or in its own shape", () => {
  const places = [[0, 0, 0], [4, 2, 0]] as const;
  const camera = { eye: { x: 0, y: -1, z: 0 } };
  assertEquals(rounded(cameraOf({ camera }, places)(places[1])), [1, 0, -1]);
  const see = cameraOf({ camera, aspectmode: "data" }, places);
  assertEquals(rounded(see(places[1])), [1, 0, -0.5]);
});
