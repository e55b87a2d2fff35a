import { type DecodedDocument, decodeJsonDocument } from '../transport/json-document.ts';
import { IdentityDocument } from './schema.ts';

/** The largest document taken: a read is text, its image stays at the reader. */
export const maxBytes = 256 * 1024;

/** The bytes of one message → the read as sent, or a named refusal. Pure; never throws. */
export function decode(bytes: Uint8Array): DecodedDocument<IdentityDocument> {
  return decodeJsonDocument(bytes, IdentityDocument, maxBytes);
}
