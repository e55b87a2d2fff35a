/**
 * Every error the product raises on purpose: a stable code, what it means and its HTTP status (RFC 9457).
 * One place maps to HTTP (src/http/problem.ts), one to device status (src/runtime/supervisor.ts).
 */
export const catalogue = {
  'link-lost': { status: 502, title: 'The link to the device was lost' },
  'link-refused': { status: 502, title: 'The link to the device could not be opened' },
  'link-timeout': { status: 504, title: 'The device did not answer in time' },
  'protocol-broken': { status: 502, title: 'The device speaks something else than expected' },
  'configuration-fault': { status: 500, title: 'The device is configured in a way that cannot work' },
  'not-found': { status: 404, title: 'No such thing' },
  'not-authenticated': { status: 401, title: 'No valid credential' },
  'not-allowed': { status: 403, title: 'The credential does not allow this' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'unsupported-media-type': { status: 415, title: 'The content type is not one this address takes' },
  'invalid-request': { status: 422, title: 'The request does not fit its schema' },
  'unknown-code': { status: 422, title: 'The code is not on the list' },
  'forbidden-transition': { status: 409, title: 'The present state does not allow this' },
  'stale-version': { status: 412, title: 'The resource has changed since it was read' },
  'idempotency-conflict': { status: 409, title: 'The idempotency key was used with another request' },
  'cursor-unknown': { status: 400, title: 'The cursor is not one of ours' },
  'too-large': { status: 413, title: 'The request is too large' },
  'provider-unavailable': { status: 502, title: 'The identity provider cannot be reached' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'set-up-needed': { status: 503, title: 'The first administrator is still to be made' },
  'journal-unavailable': { status: 503, title: 'The journal cannot be written' },
  stopping: { status: 503, title: 'The service is stopping' },
  internal: { status: 500, title: 'Something went wrong here' },
} as const;

export type ErrorCode = keyof typeof catalogue;

/** An error with a catalogue code; `message` is the detail shown to the user and names what to fix. */
export class LanewatchError extends Error {
  readonly code: ErrorCode;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    detail: string,
    options: { cause?: unknown; extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LanewatchError';
    this.code = code;
    this.extra = options.extra ?? {};
  }

  get status(): number {
    return catalogue[this.code].status;
  }
}

/** The readable message of whatever was thrown (modbus-serial throws plain objects). */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}
