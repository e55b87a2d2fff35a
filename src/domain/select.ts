/** A path into a JSON value: property names and list indexes. */
export type Path = readonly (string | number)[];

/** `$`, `.name`, `[0]`, `['any name']` → the path; null for anything else. Nothing is evaluated. Pure. */
export function parseSelector(text: string): Path | null {
  if (!text.startsWith('$')) return null;
  const path: (string | number)[] = [];
  const step = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(\d{1,6})\]|\['([^'\\]{1,100})'\]/uy;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null) return null;
    const [, plain, index, quoted] = found;
    path.push(index === undefined ? (plain ?? quoted ?? '') : Number(index));
  }
  return path;
}

/** What is there; undefined where nothing is. Inherited properties are not there. Pure. */
export function selectFrom(value: unknown, selector: string): unknown {
  return (parseSelector(selector) ?? []).reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    return Reflect.get(at, key);
  }, value);
}
