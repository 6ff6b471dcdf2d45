import type { TensorInfo } from "@tensorflow/tfjs";
import fc from "fast-check";
import { createActivations } from "../../../lib/nn2/backbone/activations.ts";
import type { Forwarded } from "../../../lib/nn2/backbone/pass.ts";
import type { Step } from "../../../lib/nn2/backbone/plan.ts";
import type { Workspace } from "../../../lib/nn2/backbone/workspace.ts";
import { assert, assertEquals } from "../../assert.ts";

/** Tensors that stand for the activation of a node, and which of them are alive. */
function createFake() {
  const alive = new Map<TensorInfo, string>();
  const make = (name: string): TensorInfo => {
    const tensor = { dataId: {}, shape: [], dtype: "float32" } as TensorInfo;
    alive.set(tensor, name);
    return tensor;
  };
  const workspace = {
    free(tensor) {
      // The images are the caller's.
      if (alive.get(tensor) === "images") return;
      assert(alive.delete(tensor), "expected a tensor to be freed once");
    },
  } as Pick<Workspace, "free"> as Workspace;
  return { alive, make, workspace };
}

/** What the passes of a convolution, a pool and a concatenation do. */
const kinds = {
  convolution: { needs: ["inputs"], recomputesFrom: "nothing" },
  pool: { needs: ["inputs", "outputs"], recomputesFrom: undefined },
  concatenation: { needs: [], recomputesFrom: "inputs" },
} as const;
type Case = Pick<Step, "inputs" | "outputs"> & typeof kinds[keyof typeof kinds];

/** Up to eight steps of one or two outputs, each used by later steps. */
const cases: fc.Arbitrary<Case[]> = fc.array(
  fc.record({
    sources: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    width: fc.integer({ min: 1, max: 2 }),
    kind: fc.constantFrom(...Object.values(kinds)),
  }),
  { minLength: 1, maxLength: 8 },
).map((steps) => {
  const names = ["images"];
  return steps.map(({ sources, width, kind }, i) => {
    const inputs = [...new Set(sources.map((n) => names[n % names.length]!))];
    const outputs = Array.from({ length: width }, (_, k) => `${i}.${k}`);
    names.push(...outputs);
    return { ...kind, inputs, outputs };
  });
});

/** Whether the backward pass of a step asks for an activation. */
function reads({ inputs, outputs, needs }: Case, name: string): boolean {
  return needs.some((kind) =>
    (kind === "inputs" ? inputs : outputs).includes(name)
  );
}

Deno.test("createActivations() gives each activation wherever it is read, and frees what nobody reads", () => {
  fc.assert(fc.property(cases, fc.func(fc.boolean()), (cases, stays) => {
    const { alive, make, workspace } = createFake();
    const steps = cases.map((step): Step => ({
      ...step,
      pass: () => assert(false) as never,
    }));
    const images = make("images");
    const plan = { images: "images", features: "", steps, head: [] };
    const activations = createActivations(
      plan,
      images,
      workspace,
      (tensor) => stays(alive.get(tensor)!),
    );
    const read = (name: string) =>
      assertEquals(alive.get(activations.get(name)), name);
    const passed = cases.map((step, i): Forwarded => {
      step.inputs.forEach(read);
      const forwarded: Forwarded = {
        outputs: step.outputs.map(make),
        needs: step.needs,
        backward: () => ({ inputs: [] }),
        ...(step.recomputesFrom && {
          recompute(output, inputOf) {
            if (step.recomputesFrom === "inputs") {
              step.inputs.forEach((name, k) =>
                assertEquals(alive.get(inputOf(k)), name)
              );
            }
            return make(step.outputs[output]!);
          },
        }),
      };
      activations.forward(steps[i]!, forwarded);
      return forwarded;
    });
    // What was read waits for the backward pass only if it cannot be made again, or
    // is to stay all the same.
    for (const name of cases.flatMap(({ inputs }) => inputs)) {
      const maker = cases.find(({ outputs }) => outputs.includes(name));
      if (!maker) continue;
      const isKept = cases.some((step) => reads(step, name)) &&
        (!maker.recomputesFrom || stays(name));
      assertEquals([...alive.values()].includes(name), isKept, name);
    }
    cases.toReversed().forEach((step, back) => {
      const i = cases.length - 1 - back;
      [...step.inputs, ...step.outputs].filter((name) => reads(step, name))
        .forEach(read);
      activations.backward(steps[i]!, passed[i]!);
    });
    // Outputs that nobody asks for are the caller's.
    const taken = new Set(cases.flatMap(({ inputs }) => inputs));
    for (const name of alive.values()) {
      const isRead = cases.some((step) => reads(step, name));
      assert(name === "images" || (!taken.has(name) && !isRead), name);
    }
  }));
});
