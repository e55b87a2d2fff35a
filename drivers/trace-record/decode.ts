import { checked } from './checksum.ts';
import { type Fields, split } from './layouts.ts';
import type { TraceProfile } from './profile.ts';
import type { Decoded, TraceRecord } from './record.ts';
import { timeIn } from './times.ts';

type Sample = Extract<TraceRecord, { type: 'sample' }>;
type Substance = Sample['substances'][number];

/** One record without its framing → what it says, by the profile, or a named refusal. Pure; never throws. */
export function decode(record: Uint8Array, profile: TraceProfile, timeZone: string): Decoded {
  const summed = checked(record, profile.checksum);
  if (!summed.ok) return summed;
  if (/[^\x20-\x7e\r\n\t]/.test(summed.text)) {
    return refuse('not-ascii', 'the record holds bytes that are no printable ASCII');
  }
  const found = split(summed.text, profile);
  if (!found.ok) return found;
  return found.fields.is === 'state' ? stateOf(found.fields, profile) : sampleOf(found.fields, profile, timeZone);
}

function sampleOf(fields: Fields, profile: TraceProfile, timeZone: string): Decoded {
  const number = first(fields, 'number');
  if (!/^\d{1,9}$/.test(number)) return refuse('not-a-number', `sample number ${number}`);
  const told = [first(fields, 'date'), first(fields, 'time')].filter(Boolean).join(' ');
  const atMs = timeIn(told, profile.time, timeZone);
  if (atMs === null) return refuse('time', `time ${told} is not ${profile.time.format}`);
  const mode = first(fields, 'mode');
  if (profile.modes?.includes(mode) === false) {
    return refuse('unknown-mode', `mode ${mode} is not ${profile.modes.join(', ')}`);
  }
  const word = first(fields, 'result');
  const result = own(profile.results, word);
  if (result === undefined) {
    return refuse('unknown-result', `result ${word} is not ${Object.keys(profile.results).join(', ')}`);
  }
  const substances = substancesOf(fields, profile);
  const bad = substances.indexOf(null);
  if (bad >= 0)
    return refuse('substance', `substance ${bad + 1} is not a name with ${profile.substance.parts.join(', ')}`);
  const subject = first(fields, 'subject');
  const record: Sample = {
    type: 'sample',
    serial: first(fields, 'serial'),
    number: Number(number),
    atMs,
    mode,
    result,
    substances: substances.filter((substance) => substance !== null),
    subject: profile.noSubject.includes(subject) ? null : subject,
  };
  return { ok: true, record };
}

/** Written as one text each, or as a name and its figures in fields of their own, the n-th of each together. */
function substancesOf(fields: Fields, profile: TraceProfile): readonly (Substance | null)[] {
  const { parts, delimiter } = profile.substance;
  const whole = (fields.of.get('substances') ?? []).map((text) => {
    const pieces = text.split(delimiter);
    const name = pieces.slice(0, pieces.length - parts.length).join(delimiter);
    const figures = new Map(
      parts.map((part, at) => [part as string, pieces[pieces.length - parts.length + at]] as const),
    );
    return substanceOf(name, figures, profile);
  });
  const apart = (fields.of.get('substance') ?? []).map((name, at) => {
    const figures = new Map(['peak', 'threshold', 'k0'].map((part) => [part, fields.of.get(part)?.[at]] as const));
    return substanceOf(name, figures, profile);
  });
  return [...whole, ...apart];
}

function substanceOf(
  name: string,
  figures: ReadonlyMap<string, string | undefined>,
  { aliases }: TraceProfile,
): Substance | null {
  const [peak, threshold, k0] = ['peak', 'threshold', 'k0'].map((part) => figureOf(figures.get(part)));
  if (name.trim() === '' || peak == null || threshold === null || k0 === null) return null;
  // A k0 of 0 is how units say that they have none.
  return {
    name: own(aliases, name.trim()) ?? name.trim(),
    peak,
    threshold: threshold ?? null,
    k0: k0 === 0 ? null : (k0 ?? null),
  };
}

/** Undefined where there is none, null where it is no measured value: so many digits are none. */
function figureOf(text: string | undefined): number | null | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text.trim()) ? Number(text) : null;
}

function stateOf(fields: Fields, { states }: TraceProfile): Decoded {
  const word = first(fields, 'state');
  const state = own(states, word);
  if (state === undefined) return refuse('unknown-state', `state ${word} is not ${Object.keys(states).join(', ')}`);
  const [serial, code, text] = [first(fields, 'serial'), first(fields, 'code'), first(fields, 'text')];
  return { ok: true, record: { type: 'state', serial, state, code, text } };
}

function first({ of }: Fields, name: string): string {
  return of.get(name)?.[0] ?? '';
}

/** The words come from outside: `constructor` is none. */
function own<T>(words: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function refuse(code: string, reason: string): Decoded {
  return { ok: false, code, reason: reason.slice(0, 300) };
}
