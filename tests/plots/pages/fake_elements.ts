/** An element of a page as far as the functions in lib/plots/pages use it. */
export class FakeElement {
  children: FakeElement[] = [];
  style: Record<string, string> = {};
  textContent = "";
  value = "";
  id = "";
  clientWidth = 500;
  offsetWidth = 100;
  offsetHeight = 50;
  isConnected = true;
  onclick = () => {};
  oninput = () => {};
  data: unknown[] = [];
  layout: Record<string, unknown> = {};
  listeners = new Map<string, ((event: unknown) => void)[]>();
  constructor(readonly tag = "div") {}
  on(event: string, listener: (event: unknown) => void) {
    this.listeners.set(event, [...this.listeners.get(event) ?? [], listener]);
  }
  addEventListener(event: string, listener: (event: unknown) => void) {
    this.on(event, listener);
  }
  emit(event: string, given: unknown = {}) {
    for (const listener of this.listeners.get(event) ?? []) listener(given);
  }
  append(...children: FakeElement[]) {
    this.children = [
      ...this.children.filter((child) => !children.includes(child)),
      ...children,
    ];
  }
  prepend(...children: FakeElement[]) {
    this.children = [...children, ...this.children];
  }
  replaceChildren(...children: FakeElement[]) {
    this.children = children;
  }
  getBoundingClientRect() {
    return { left: 0, top: 0 };
  }
  querySelector(selector: string): FakeElement | undefined {
    return this.children.find(({ id }) => id === selector);
  }
}

/**
 * A function of a page, as it is there: by its source alone, with a `window`, a
 * `document` and a `fetch` that a test gives.
 */
// deno-lint-ignore no-explicit-any
export function inPage<F extends (...given: any[]) => unknown>(
  run: F,
  window: object,
  elements: Record<string, FakeElement> = {},
  fetch: unknown = undefined,
): (...given: unknown[]) => unknown {
  const document = {
    getElementById: (id: string) => elements[id] ?? null,
    createElement: (tag: string) => new FakeElement(tag),
  };
  return new Function("globalThis", "document", "fetch", `return ${run}`)(
    window,
    document,
    fetch,
  );
}
