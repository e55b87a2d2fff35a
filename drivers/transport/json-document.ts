/** A document that fits its schema, or a named refusal. */
export type DecodedDocument<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: 'too-large' | 'not-utf8' | 'not-json' | 'schema';
      /** For `schema` the path of the first fault and what is wrong there. */
      readonly reason: string;
    };

/** What is needed of a zod schema. */
interface DocumentSchema<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly Fault[] } };
}
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The bytes of one message (JSON, UTF-8) → its value. Pure; never throws. */
export function decodeJsonDocument<T>(
  bytes: Uint8Array,
  schema: DocumentSchema<T>,
  maxBytes: number,
): DecodedDocument<T> {
  if (bytes.length > maxBytes) {
    return { ok: false, code: 'too-large', reason: `${bytes.length} bytes, at most ${maxBytes} are taken` };
  }
  const text = attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (!text.ok) return { ok: false, code: 'not-utf8', reason: 'the bytes are not UTF-8' };
  const json = attempt((): unknown => JSON.parse(text.value));
  if (!json.ok) return { ok: false, code: 'not-json', reason: json.reason };
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [fault] = parsed.error.issues;
  return { ok: false, code: 'schema', reason: `${pathOf(fault?.path ?? [])}: ${fault?.message ?? 'does not fit'}` };
}

function attempt<T>(
  read: () => T,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string } {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    return { ok: false, reason: String(error) };
  }
}

/** `threats[0].category`; `$` for the document itself. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '$' ? String(key) : `${text}.${String(key)}`;
  }, '$');
}
