import { selectFrom } from '../../src/domain/select.ts';
import { matchesTopic } from '../transport/mqtt-topic.ts';
import type { MqttProfile, Point } from './profile.ts';

export type Decoded =
  | {
      readonly ok: true;
      readonly values: ReadonlyMap<string, number>;
      /** The device's own time; null where it tells none. */
      readonly atMs: number | null;
      readonly refused: readonly string[];
    }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** One message → the values of its points, or a refusal. A value that cannot be leaves the others standing. Pure; never throws. */
export function decode(bytes: Uint8Array, topic: string, profile: MqttProfile): Decoded {
  if (bytes.length > profile.maxBytes) {
    return { ok: false, code: 'too-large', reason: `${bytes.length} bytes, at most ${profile.maxBytes} are taken` };
  }
  const payload = payloadOf(bytes, profile.payload);
  if (!payload.ok) return payload;
  const atMs =
    profile.time === undefined ? null : timeOf(selectFrom(payload.value, profile.time.select), profile.time.format);
  if (Number.isNaN(atMs)) return { ok: false, code: 'time', reason: `no time at ${profile.time?.select}` };
  const values = new Map<string, number>();
  const refused: string[] = [];
  for (const point of profile.points) {
    if (point.topic !== undefined && !matchesTopic(point.topic, topic)) continue;
    const found = selectFrom(payload.value, point.select);
    if (found === undefined || found === null) {
      if (point.required) return { ok: false, code: 'missing', reason: `nothing at ${point.select}` };
      continue;
    }
    const value = figureOf(point, found);
    if (value === null) refused.push(`${point.name} is ${String(JSON.stringify(found)).slice(0, 60)}`);
    else values.set(point.name, value);
  }
  return { ok: true, values, atMs, refused };
}

function payloadOf(
  bytes: Uint8Array,
  kind: MqttProfile['payload'],
): { readonly ok: true; readonly value: unknown } | Extract<Decoded, { ok: false }> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (kind === 'text') return { ok: true, value: text.trim() };
    if (kind === 'json') return { ok: true, value: JSON.parse(text) };
    const value = numberOf(text);
    return value === null
      ? { ok: false, code: 'not-a-number', reason: `${text.slice(0, 60)} is no number` }
      : { ok: true, value };
  } catch (error) {
    return { ok: false, code: kind === 'json' ? 'not-json' : 'not-utf8', reason: String(error) };
  }
}

function figureOf({ words, scale, add, valid }: Point, found: unknown): number | null {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = valid;
  const raw = typeof found === 'boolean' ? Number(found) : typeof found === 'number' ? found : wordOf(words, found);
  if (raw === null) return null;
  const value = raw * scale + add;
  return Number.isFinite(value) && value >= min && value <= max ? value : null;
}

function wordOf(words: Point['words'], found: unknown): number | null {
  if (typeof found !== 'string') return null;
  return Object.hasOwn(words, found) ? (words[found] ?? null) : numberOf(found);
}

function numberOf(text: string): number | null {
  return /^\s*[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})([eE][+-]?\d{1,3})?\s*$/.test(text) ? Number(text) : null;
}

/** NaN for what is no time. */
function timeOf(found: unknown, format: 'iso' | 's' | 'ms'): number {
  if (format === 'iso') {
    const whole =
      typeof found === 'string' && /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(found);
    return whole ? Date.parse(found) : Number.NaN;
  }
  const number =
    typeof found === 'number' ? found : typeof found === 'string' ? (numberOf(found) ?? Number.NaN) : Number.NaN;
  const ms = format === 's' ? number * 1000 : number;
  // Beyond the year 2999 it is another unit.
  return ms > 0 && ms < 32_503_680_000_000 ? Math.round(ms) : Number.NaN;
}
