import { z } from 'zod';

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hexadecimal digits');

/** What may be attached to a result: pictures, documents, measurements. */
export const AttachmentType = z.enum([
  'image/jpeg',
  'image/png',
  'application/pdf',
  'text/plain',
  'application/xml',
  'application/dicom',
]);

/** Something kept under the SHA-256 of its bytes. */
export const Attachment = z.object({ sha256: Sha256, size: z.int(), type: AttachmentType });

/** The longest file kept. */
export const attachmentLimitBytes = 20 * 1_048_576;
/** As many first bytes as `fitsType` needs to see. */
export const headBytes = 256;

export type AttachmentType = z.infer<typeof AttachmentType>;
export type Attachment = z.infer<typeof Attachment>;

/**
 * Do the first bytes look like what the type says? By each format's own signature (ISO 10918-1, PNG 5.2, ISO 32000 7.5.2,
 * DICOM PS3.10 7.1); text holds no NUL, and XML begins with `<`, a byte order mark and white space aside.
 */
export function fitsType(type: AttachmentType, head: Uint8Array): boolean {
  switch (type) {
    case 'image/jpeg':
      return holds(head, [0xff, 0xd8, 0xff]);
    case 'image/png':
      return holds(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    case 'application/pdf':
      return holds(head, ascii('%PDF-'));
    case 'application/dicom':
      return holds(head, ascii('DICM'), 128);
    case 'text/plain':
      return !head.includes(0);
    case 'application/xml':
      return !head.includes(0) && /^(\u00ef\u00bb\u00bf)?\s*</.test(String.fromCharCode(...head));
    default:
      return type satisfies never;
  }
}

/** Must its bytes be UTF-8 throughout, as text is? XML may be in an encoding that it names itself. */
export function isUtf8(type: AttachmentType): boolean {
  return type === 'text/plain';
}

function holds(bytes: Uint8Array, signature: readonly number[], at = 0): boolean {
  return signature.every((byte, index) => bytes[at + index] === byte);
}

function ascii(text: string): readonly number[] {
  return [...text].map((character) => character.charCodeAt(0));
}
