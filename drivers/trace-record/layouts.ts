import { boundedMatch } from './bounded-match.ts';
import type { TraceProfile } from './profile.ts';

/** A record's texts by field, in order where one comes more than once. */
export interface Fields {
  readonly is: 'sample' | 'state';
  readonly of: ReadonlyMap<string, readonly string[]>;
}
export type Split =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** More substances in one sample than any unit reports; also bounds the work. */
const mostSubstances = 64;
const kinds = ['sample', 'state'] as const;

/** The text of a record → its fields, by the profile's layout. Pure; never throws. */
export function split(text: string, { layout, substance }: TraceProfile): Split {
  switch (layout.by) {
    case 'delimiter':
      return byDelimiter(text, layout);
    case 'keys':
      return byKeys(text, layout);
    case 'pattern':
      return byPattern(text, layout, substance.between);
    default:
      return layout satisfies never;
  }
}

type Layout<By> = Extract<TraceProfile['layout'], { by: By }>;

function byDelimiter(text: string, layout: Layout<'delimiter'>): Split {
  const [tag = '', ...values] = text.split(layout.delimiter);
  const is = kinds.find((kind) => layout[kind]?.tag === tag);
  const columns = is === undefined ? undefined : layout[is]?.columns;
  if (is === undefined || columns === undefined) return refuse('unknown-record', `record type ${tag} is not known`);
  const counted = columns.indexOf('count');
  const repeats = columns.includes('substances');
  const count = repeats ? Number(/^\d{1,3}$/.exec(values[counted] ?? '')?.[0] ?? Number.NaN) : 0;
  if (repeats && !(count <= mostSubstances)) return refuse('not-a-number', `substance count ${values[counted]}`);
  const names = columns.flatMap((column) => (column === 'substances' ? Array<string>(count).fill(column) : [column]));
  if (values.length !== names.length) {
    return refuse('wrong-field-count', `${values.length + 1} fields, ${names.length + 1} expected`);
  }
  return good(
    is,
    names.map((name, at) => [name, values[at] ?? ''] as const),
  );
}

function byKeys(text: string, layout: Layout<'keys'>): Split {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => {
    const at = line.indexOf(layout.separator);
    return at < 0 ? null : ([line.slice(0, at).trim(), line.slice(at + layout.separator.length).trim()] as const);
  });
  const bad = pairs.indexOf(null);
  if (bad >= 0) return refuse('cut-record', `line ${bad + 1} has no ${layout.separator}`);
  const known = pairs.filter((pair) => pair !== null);
  const is = kinds.find((kind) => known.some(([key]) => key === layout[kind]?.when));
  const keys = is === undefined ? undefined : layout[is]?.keys;
  if (is === undefined || keys === undefined) {
    return refuse('unknown-record', `none of the keys ${known.map(([key]) => key).join(', ')} tells what it is`);
  }
  if (known.length > mostSubstances * 4) return refuse('wrong-field-count', `${known.length} lines in one record`);
  // Keys that are not in the profile are a unit's own business.
  return good(
    is,
    known.map(([key, value]) => [(Object.hasOwn(keys, key) ? keys[key] : undefined) ?? 'ignored', value] as const),
  );
}

function byPattern(text: string, layout: Layout<'pattern'>, between: string): Split {
  for (const is of kinds) {
    const pattern = layout[is]?.pattern;
    const match = pattern === undefined ? null : boundedMatch(pattern, text.trimEnd());
    if (match?.ok === false) return refuse('pattern-too-slow', `the profile's pattern of a ${is} finds no end in it`);
    if (match === null || match.groups === null) continue;
    const pairs = Object.entries(match.groups).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const listed = pairs.flatMap(([name, value]) =>
      name === 'substances'
        ? value
            .split(between)
            .filter(Boolean)
            .slice(0, mostSubstances + 1)
            .map((one) => [name, one] as const)
        : [[name, value] as const],
    );
    if (listed.length > mostSubstances + pairs.length) return refuse('wrong-field-count', 'too many substances');
    return good(is, listed);
  }
  return refuse('unknown-record', 'the record fits no pattern of the profile');
}

function good(is: Fields['is'], pairs: readonly (readonly [string, string])[]): Split {
  const of = new Map<string, string[]>();
  for (const [name, value] of pairs) of.set(name, [...(of.get(name) ?? []), value]);
  return { ok: true, fields: { is, of } };
}

function refuse(code: string, reason: string): Split {
  return { ok: false, code, reason: reason.slice(0, 300) };
}
