import { createHash } from 'node:crypto';
import type { Handled } from '../transport/messages.ts';
import { decode } from './decode.ts';
import { normalise } from './normalise.ts';
import type { N42Options } from './options.ts';

export interface Reading {
  readonly bytes: Uint8Array;
  readonly receivedAtMs: number;
  readonly timeZone: string;
  readonly options: N42Options;
}

/** Decodes and normalises one document: runs in a worker, so that megabytes of XML hold up no other lane. */
export function readDocument({ bytes, receivedAtMs, timeZone, options }: Reading): Handled {
  const decoded = decode(bytes, timeZone, options.maxBytes);
  if (!decoded.ok) return decoded;
  const digest = createHash('sha256').update(bytes).digest('hex');
  const { confidenceScale } = options;
  return { ok: true, observations: normalise(decoded.document, { receivedAtMs, digest, confidenceScale }) };
}
