import { sectionText, whole } from "../../../lib/experiment/report/text.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("sectionText() indents what stands below the title", () => {
  const text = sectionText({
    title: "Search",
    about: "Not for the terminal.",
    headlines: [],
    tables: [{
      caption: "",
      head: ["K", "recall"],
      rows: [["1", "90 %"], ["16", "100 %"]],
      numeric: [false, true],
    }],
    notes: ["One.", "Two."],
    drawings: [],
    json: {},
  });
  assertEquals(
    text,
    `Search

  K   recall
  1     90 %
  16   100 %

  One.
  Two.`,
  );
});

Deno.test("whole() sets thousands apart", () => {
  assertEquals([whole(7), whole(45_000_000)], ["7", "45,000,000"]);
});
