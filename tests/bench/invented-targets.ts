import { isContainer } from '../../src/domain/identifiers/check-digits.ts';
import type { TargetInput } from '../../src/domain/target.ts';

type Random = () => number;

/** Repeatable random numbers (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The first ranks are about equally common. */
const flat = 20;

/** Names of nobody: syllables put together, the common ones as common as in life (Zipf; the commonest is one in a hundred). */
function namePool(random: Random, size: number, syllables: readonly [number, number]): () => string {
  const onsets = [
    'b',
    'd',
    'f',
    'g',
    'h',
    'k',
    'l',
    'm',
    'n',
    'r',
    's',
    't',
    'v',
    'y',
    'z',
    'sh',
    'kh',
    'br',
    'st',
    '',
  ];
  const rests = ['a', 'e', 'i', 'o', 'u', 'an', 'en', 'ar', 'il', 'am', 'ed', 'us', 'aia', 'ou', 'ü', 'ö'];
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const names = Array.from({ length: size }, () => {
    const [fewest, most] = syllables;
    const count = fewest + Math.floor(random() * (most - fewest + 1));
    const name = Array.from({ length: count }, () => pick(onsets) + pick(rests)).join('');
    return name.charAt(0).toUpperCase() + name.slice(1);
  });
  return () => names[Math.floor(flat * (1 + size / flat) ** random() - flat)] ?? '';
}

/** An endless list of invented targets, the same for the same seed: two fifths people, then vehicles, containers, goods. */
export function* inventedTargets(seed = 1): Generator<TargetInput> {
  const random = seeded(seed);
  const given = namePool(random, 3_000, [1, 3]);
  const family = namePool(random, 60_000, [2, 4]);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const letters = (count: number) => Array.from({ length: count }, () => String.fromCharCode(65 + upTo(26))).join('');
  const digits = (count: number) => String(upTo(10 ** count)).padStart(count, '0');
  const state = () => ['UTO', 'XOM', 'ZZA', 'QQB'][upTo(4)] ?? 'UTO';
  const date = () =>
    `${1940 + upTo(70)}-${String(1 + upTo(12)).padStart(2, '0')}-${String(1 + upTo(28)).padStart(2, '0')}`;
  const common = () => ({
    originator: 'invented-unit',
    reasons: ['invented for a measurement'],
    handling: { tlp: 'amber' as const, release: [] },
    mode: 'operational' as const,
    validUntil: '2030-01-01T00:00:00Z',
  });
  for (let nth = 0; ; nth += 1) {
    const head = { ...common(), reference: `INV-${seed}-${nth}`, risk: 'medium' as const };
    const action = { requestedAction: 'examine' as const };
    const share = random();
    if (share < 0.4) {
      const name = random() < 0.3 ? `${given()} ${given()} ${family()}` : `${given()} ${family()}`;
      const identifiers = [{ kind: 'travel-document', value: letters(1) + digits(8), issuer: state() } as const];
      yield { ...head, ...action, kind: share < 0.38 ? 'passenger' : 'crew', name, birthDate: date(), identifiers };
    } else if (share < 0.65) {
      yield {
        ...head,
        ...action,
        kind: 'vehicle',
        identifiers: [{ kind: 'plate', value: letters(2) + digits(3) + letters(2) }],
      };
    } else if (share < 0.85) {
      yield {
        ...head,
        ...action,
        kind: 'container',
        identifiers: [{ kind: 'container', value: container(letters(3), digits(6)) }],
      };
    } else {
      const serial = digits(7);
      const awb = { kind: 'awb', value: `${digits(3)}${serial}${Number(serial) % 7}` } as const;
      const bill = { kind: 'bill-of-lading', value: letters(4) + digits(8) } as const;
      yield { ...head, ...action, kind: 'consignment', identifiers: share < 0.93 ? [awb] : [bill] };
    }
  }
}

function container(owner: string, serial: string): string {
  const digit = [...'0123456789'].find((check) => isContainer(`${owner}U${serial}${check}`));
  return `${owner}U${serial}${digit ?? '0'}`;
}
