/** One tag of a page: `<p class="a">` is p with its attributes. */
export interface Tag {
  name: string;
  attributes: string;
}

/**
 * Reads the tags of a page that is strict with itself: every element that has
 * an end names it, in order, and no text or attribute holds a bare < or >.
 *
 * @throws {SyntaxError} If it is not.
 */
export function readTags(page: string): Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  let rest = page.replace(/^<!DOCTYPE html>\n/, "");
  while (rest !== "") {
    const next = /^([^<>]*)<(\/?)([a-z0-9]+)((?:\s+[a-z-]+="[^"<>]*")*)>/.exec(
      rest,
    );
    if (!next) {
      if (/^[^<>]*$/.test(rest)) break;
      throw new SyntaxError(`Cannot read a tag: ${rest.slice(0, 80)}`);
    }
    const [all, , end, name = "", attributes = ""] = next;
    rest = rest.slice(all.length);
    if (end) {
      const last = open.pop();
      if (last !== name) throw new SyntaxError(`</${name}> ends ${last}`);
      continue;
    }
    tags.push({ name, attributes });
    if (name === "meta") continue;
    open.push(name);
    // What stands in these is no HTML, and ends where a browser says it does.
    if (name === "script" || name === "style") {
      rest = rest.slice(rest.search(new RegExp(`</${name}`, "i")));
    }
  }
  if (open.length > 0) throw new SyntaxError(`${open.join(", ")} never end`);
  return tags;
}
