import fc from "fast-check";
import { flagName, parseFlags } from "../../../lib/commands/arguments/flags.ts";
import { FlagError } from "../../../lib/commands/arguments/option.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const spec = {
  name: "deno task example",
  description: "An example.",
  options: {
    steps: { type: "integer", min: 1, max: 1000, description: "steps" },
    lr: { type: "number", above: 0, default: 0.01, description: "rate" },
    preset: {
      type: "choice",
      of: ["quick", "full"],
      default: "quick",
      description: "length",
    },
    classesPerBatch: { type: "integer", min: 2, description: "classes" },
    out: { type: "path", description: "folder" },
    write: { type: "boolean", description: "write" },
  },
} as const;

const none = { lr: 0.01, preset: "quick", write: false, positionals: [] };

Deno.test("parseFlags() gives defaults, and leaves out what has none", () => {
  assertEquals<unknown>(parseFlags([], spec), none);
});

Deno.test("parseFlags() reads every type of option", () => {
  const flags = parseFlags(
    "--steps 20 --lr=1e-3 --preset full --classes-per-batch 8 --out a/b --write"
      .split(" "),
    spec,
  );
  assertEquals<unknown>(flags, {
    steps: 20,
    lr: 0.001,
    preset: "full",
    classesPerBatch: 8,
    out: "a/b",
    write: true,
    positionals: [],
  });
});

Deno.test("parseFlags() takes the bounds of a range", () => {
  assertEquals(parseFlags(["--steps", "1"], spec).steps, 1);
  assertEquals(parseFlags(["--steps", "1000"], spec).steps, 1000);
});

Deno.test("parseFlags() takes the last of an option given twice", () => {
  assertEquals(parseFlags(["--steps", "1", "--steps=2"], spec).steps, 2);
});

const bad: [args: string, message: string][] = [
  ["--steps 0", "--steps: expected a whole number from 1 to 1000, got 0"],
  ["--steps 1001", "got 1001"],
  ["--steps 1.5", "got 1.5"],
  ["--steps ten", "got ten"],
  ["--steps", "got nothing"],
  ["--steps=", "got nothing"],
  ["--steps --write", "got --write"],
  ["--steps Infinity", "got Infinity"],
  ["--lr 0", "--lr: expected a number above 0, got 0"],
  ["--lr -0.1", "got -0.1"],
  ["--lr NaN", "got NaN"],
  ["--preset slow", "--preset: expected one of quick, full, got slow"],
  ["--preset toString", "got toString"],
  ["--classes-per-batch 1", "expected a whole number of 2 or more, got 1"],
  ["--out=", "--out: expected a path, got nothing"],
  ["--write=yes", "--write: expected no value, got yes"],
  ["--no-write", "Cannot read --no-write: expected one of --steps, --lr"],
  ["--stpes 3", "Cannot read --stpes: expected one of --steps, --lr"],
  ["--classesPerBatch 3", "Cannot read --classesPerBatch"],
  ["--constructor 3", "Cannot read --constructor"],
  ["-s 3", "Cannot read -s"],
  ["-w", "Cannot read -w"],
  ["more", "Cannot read more: expected only options"],
  ["-- more", "Cannot read more: expected only options"],
];
for (const [args, message] of bad) {
  Deno.test(`parseFlags() refuses "${args}"`, () => {
    assertThrows(() => parseFlags(args.split(" "), spec), FlagError, message);
  });
}

Deno.test("parseFlags() keeps positional arguments, and all after --", () => {
  const withNames = {
    ...spec,
    positionals: { name: "name…", description: "names" },
  } as const;
  assertEquals(
    parseFlags(["05", "--write", "06", "--", "--unknown", "-x"], withNames)
      .positionals,
    ["05", "06", "--unknown", "-x"],
  );
});

Deno.test("parseFlags() gives back each number in range, and refuses the others", () => {
  fc.assert(fc.property(fc.integer(), (steps) => {
    const parse = () => parseFlags([`--steps=${steps}`], spec).steps;
    if (steps >= 1 && steps <= 1000) assertEquals(parse(), steps);
    else assertThrows(parse, FlagError, `got ${steps}`);
  }));
  fc.assert(fc.property(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-300 }),
    (lr) => assertEquals(parseFlags(["--lr", String(lr)], spec).lr, lr),
  ));
});

Deno.test("parseFlags() gives choices that are numbers as numbers", () => {
  const sizes = {
    name: "x",
    description: "y",
    options: {
      size: { type: "choice", of: [28, 224], default: 28, description: "z" },
    },
  } as const;
  const { size } = parseFlags(["--size", "224"], sizes);
  const typed: 28 | 224 = size;
  assertEquals(typed, 224);
  for (const text of ["28.0", "0x1c", "32", "NaN"]) {
    assertThrows(
      () => parseFlags(["--size", text], sizes),
      FlagError,
      `Cannot read --size: expected one of 28, 224, got ${text}`,
    );
  }
});

Deno.test("parseFlags() lets a path that is optional stand alone", () => {
  const resumable = {
    name: "x",
    description: "y",
    options: {
      resume: { type: "path", optional: true, description: "go on" },
      write: { type: "boolean", description: "write" },
    },
    positionals: { name: "name…", description: "names" },
  } as const;
  const parse = (args: string) => {
    const flags = parseFlags(args.split(" "), resumable);
    const resume: string | true | undefined = flags.resume;
    return [resume, flags.write, flags.positionals.join()];
  };
  assertEquals(parse("--write"), [undefined, true, ""]);
  assertEquals(parse("--resume"), [true, false, ""]);
  assertEquals(parse("--resume --write"), [true, true, ""]);
  assertEquals(parse("--resume a/b more"), ["a/b", false, "more"]);
  assertEquals(parse("--resume=a/b more"), ["a/b", false, "more"]);
  assertEquals(parse("--write more"), [undefined, true, "more"]);
  assertEquals(parse("--resume -- more"), [true, false, "more"]);
  assertThrows(
    () => parse("--resume="),
    FlagError,
    "expected a path, got nothing",
  );
});

Deno.test("flagName() writes an option as it is typed", () => {
  assertEquals(flagName("classesPerBatch"), "--classes-per-batch");
});

// The types are part of what is promised: this fails in `deno check`.
Deno.test("parseFlags() gives types to the values", () => {
  const flags = parseFlags(["--preset", "full"], spec);
  const preset: "quick" | "full" = flags.preset;
  const lr: number = flags.lr;
  const steps: number | undefined = flags.steps;
  // @ts-expect-error: an option without a default may be absent
  const sure: number = flags.steps;
  assertEquals([preset, lr, steps, sure], ["full", 0.01, undefined, undefined]);
});
