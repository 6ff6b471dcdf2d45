import { clashOf } from "../../../lib/commands/arguments/places.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("clashOf() ignores case and composition where a disk does", () => {
  const of = (real: string) => ({ real });
  const pairs = [["/a/W", "/a/w"], ["/a/\u00e9", "/a/e\u0301"]] as const;
  for (const [a, b] of pairs) {
    assertEquals(clashOf(of(a), of(b), true), "that of");
    assertEquals(clashOf(of(a), of(b), false), undefined);
    assertEquals(clashOf(of(a), of(`${b}/c`), true), "a place around that of");
  }
  assertEquals(clashOf(of("/a/b"), of("/a/bc"), true), undefined);
  const [one, other] = [{ dev: 1, ino: 5 }, { dev: 2, ino: 5 }];
  const at = (real: string, there: { dev: number; ino: number | null }) => ({
    real,
    there,
  });
  assertEquals(clashOf(at("/a", one), at("/b", one)), "that of");
  assertEquals(clashOf(at("/a", one), at("/b", other)), undefined);
  // Where there are no such numbers, paths decide.
  const none = { dev: 0, ino: null };
  assertEquals(clashOf(at("/a", none), at("/b", none)), undefined);
});
