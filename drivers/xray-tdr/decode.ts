import { type DecodedDocument, decodeJsonDocument } from '../transport/json-document.ts';
import { ThreatReport } from './schema.ts';

/** The bytes of one message → the report, or a named refusal. Pure; never throws. */
export function decode(bytes: Uint8Array, maxBytes: number): DecodedDocument<ThreatReport> {
  return decodeJsonDocument(bytes, ThreatReport, maxBytes);
}
