import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { messageOf } from '../errors.ts';
import { pathText } from './problem.ts';

/** `line` and `column` begin at 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlSource {
  /** The data; undefined when the text is not YAML. */
  readonly value: unknown;
  readonly faults: readonly { readonly place: Place; readonly path: string; readonly message: string }[];
  /** Where a path stands: its key, else its nearest ancestor (what is missing, or comes from an alias). */
  placeOf(path: readonly PropertyKey[]): Place;
}

/** Reads one YAML 1.2 document without ever throwing. A key given twice is a fault; the data is usable all the same. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const places = new Map<string, Place>();
  const placeOf = (path: readonly PropertyKey[]) => nearest(places, path) ?? { line: 1, column: 1 };

  // Pretty errors would quote the source, which may hold a secret somebody put there by mistake.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  const syntax = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    place: placeAt(pos[0]),
    path: '',
    message,
  }));
  if (syntax.length > 0) return { value: undefined, faults: syntax, placeOf };

  const duplicates: { place: Place; path: string; message: string }[] = [];
  const note = (node: Node | null | undefined, path: readonly PropertyKey[], start = node?.range?.[0] ?? 0) => {
    const place = placeAt(start);
    const name = pathText(path);
    if (places.has(name))
      duplicates.push({ place, path: name, message: `is given twice, first in line ${placeOf(path).line}` });
    else places.set(name, place);
    if (isSeq<Node>(node)) for (const [index, item] of node.items.entries()) note(item, [...path, index]);
    if (isMap<Node, Node | null>(node)) {
      for (const { key, value } of node.items) note(value, [...path, keyOf(key)], key.range?.[0]);
    }
  };
  note(document.contents, []);
  try {
    return { value: document.toJS(), faults: duplicates, placeOf };
  } catch (error) {
    // An alias without its anchor, or aliases that multiply without end.
    return { value: undefined, faults: [{ place: placeOf([]), path: '', message: messageOf(error) }], placeOf };
  }
}

function keyOf(key: Node): string {
  return isScalar(key) ? String(key.value) : key.toString();
}

function nearest(places: ReadonlyMap<string, Place>, path: readonly PropertyKey[]): Place | undefined {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const place = places.get(pathText(path.slice(0, depth)));
    if (place !== undefined) return place;
  }
  return undefined;
}
