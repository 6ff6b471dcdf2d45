import fc from "fast-check";
import { giveRoles } from "../../../lib/experiment/measured/roles.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../assert.ts";

const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

Deno.test("giveRoles() gives every digit one role", () => {
  fc.assert(fc.property(
    fc.subarray(digits, { maxLength: 8 }),
    fc.nat(),
    (leftOut, seed) => {
      const roles = giveRoles(digits, leftOut, createRandom(seed));
      const { known, calibratedOn, testedOn, unseen } = roles;
      const all = [...known, ...calibratedOn, ...testedOn];
      // One digit alone cannot both choose a threshold and test it.
      const shown = digits.filter((digit) =>
        leftOut.length !== 1 || digit !== leftOut[0]
      );
      assertEquals(all.toSorted(), shown);
      assert(calibratedOn.length > 0 && testedOn.length > 0);
      assertEquals(unseen, leftOut.length >= 2);
      if (unseen) {
        assertEquals([...calibratedOn, ...testedOn].toSorted(), leftOut);
      }
      assertEquals(giveRoles(digits, leftOut, createRandom(seed)), roles);
    },
  ));
});
