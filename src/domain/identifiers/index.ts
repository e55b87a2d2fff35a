import type { IdentifierKind } from '../words.ts';
import { parseBoardingPass } from './boarding-pass.ts';
import { isAirWaybill, isContainer, isImo } from './check-digits.ts';

export { icaoCheckDigit } from './check-digits.ts';

/** An identifier in the one form in which it is compared. */
export interface NormalIdentifier {
  readonly kind: IdentifierKind;
  /** Upper case, without separators. */
  readonly value: string;
  readonly issuer: string | null;
  /** Well formed, and its check digit right where the kind has one. */
  readonly valid: boolean;
  /** What is wrong with it, or null. */
  readonly problem: string | null;
}

interface Form {
  readonly valid: (value: string) => boolean;
  readonly problem: string;
}
const plain = (form: RegExp, problem: string): Form => ({ valid: (value) => form.test(value), problem });
const anything = plain(/^.{1,100}$/, 'is empty or too long');

/** How each kind is recognised (domain.md, "Identifiers"). */
const forms: Readonly<Record<IdentifierKind, Form>> = {
  container: { valid: isContainer, problem: 'fails the ISO 6346 check digit' },
  awb: { valid: isAirWaybill, problem: 'fails the air waybill check digit (serial mod 7)' },
  imo: { valid: isImo, problem: 'fails the IMO number check digit' },
  'bag-tag': plain(/^\d{10}$/, 'is not ten digits (IATA bag tag)'),
  'travel-document': plain(/^[A-Z0-9]{5,12}$/, 'is not 5 to 12 letters and digits'),
  plate: plain(/^[\p{L}\p{N}]{2,12}$/u, 'is not 2 to 12 letters and digits'),
  uld: plain(/^[A-Z][A-Z0-9]{2}\d{4,5}[A-Z0-9]{2}$/, 'is not a ULD number (type, serial, owner)'),
  flight: plain(/^[A-Z0-9]{2}[A-Z]?\d{1,4}[A-Z]?(\d{8})?$/, 'is not a flight designator'),
  declaration: plain(/^[A-Z0-9]{5,35}$/, 'is not 5 to 35 letters and digits'),
  'bill-of-lading': plain(/^[A-Z0-9]{4,35}$/, 'is not 4 to 35 letters and digits'),
  'boarding-pass': anything,
  rfid: anything,
  gmr: anything,
  other: anything,
};

/** Kinds that name exactly one thing, so that equal valid values are an exact match. */
const strong: ReadonlySet<IdentifierKind> = new Set(['container', 'travel-document', 'bag-tag', 'awb', 'declaration']);

export function isStrong(kind: IdentifierKind): boolean {
  return strong.has(kind);
}

/** Kinds that many subjects have in common, and so name nobody in particular. */
const shared: ReadonlySet<string> = new Set<IdentifierKind>(['flight', 'imo']);

export function isShared(kind: string): boolean {
  return shared.has(kind);
}

/** Most are: they need no work, and a list has a million. */
const isNormal = /^[A-Z0-9]*$/;

/** Brings an identifier, read or targeted, into its normal form. Never throws: what is wrong stands in `problem`. */
export function normaliseIdentifier(kind: IdentifierKind, raw: string, issuer?: string | null): NormalIdentifier {
  // A pass is compared by what it says, not by its block: that also holds what may change.
  const text = (kind === 'boarding-pass' ? parseBoardingPass(raw)?.key : undefined) ?? raw;
  const value = isNormal.test(text)
    ? text
    : text
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[\s\-./_·<]/g, '');
  const form = forms[kind];
  const valid = form.valid(value);
  const authority = issuer?.trim().toUpperCase() ?? '';
  return { kind, value, issuer: authority === '' ? null : authority, valid, problem: valid ? null : form.problem };
}

/** Characters that optical reading takes for each other. */
const lookalikes = ['O0', 'I1', 'B8', 'S5', 'Z2', 'G6'];

/** Valid values one confusable character away from a read that fails its check; bounded by its length. */
export function ocrCorrections(kind: IdentifierKind, value: string): readonly string[] {
  return confusions(value.slice(0, 100))
    .filter((swapped) => forms[kind].valid(swapped))
    .slice(0, 10);
}

/** All texts that differ from this one in one confusable character. */
export function confusions(text: string): readonly string[] {
  return Array.from(text, (mark, at) =>
    lookalikes.flatMap((pair) => {
      const other = pair[0] === mark ? pair[1] : pair[1] === mark ? pair[0] : undefined;
      return other === undefined ? [] : [text.slice(0, at) + other + text.slice(at + 1)];
    }),
  ).flat();
}
