import { type DecodedDocument, decodeJsonDocument } from '../transport/json-document.ts';
import { mapped, type XrayProfile } from './profile.ts';
import { ThreatReport } from './schema.ts';

/** The bytes of one message → the report, by the profile of its scanner, or a named refusal. Pure; never throws. */
export function decode(bytes: Uint8Array, maxBytes: number, profile: XrayProfile): DecodedDocument<ThreatReport> {
  const schema = { safeParse: (document: unknown) => ThreatReport.safeParse(mapped(document, profile)) };
  return decodeJsonDocument(bytes, schema, maxBytes);
}
