import type { Attachment, AttachmentType } from '../domain/attachment.ts';

/** An attachment that is kept, and who sent it. */
export interface KeptAttachment extends Attachment {
  readonly uploadedBy: readonly string[];
}

/** Files of examination results, each kept once under the SHA-256 of its bytes. */
export interface Attachments {
  /**
   * Durable when it resolves. Throws `too-large`, `invalid-request` when the bytes are not of the type,
   * `journal-unavailable` when they cannot be kept.
   */
  keep(bytes: AsyncIterable<Uint8Array>, type: AttachmentType, by: string): Promise<Attachment>;
  find(sha256: string): KeptAttachment | undefined;
  /** The bytes of one that was found. */
  read(sha256: string): AsyncIterable<Uint8Array>;
  /** Lets go of what no result names and was sent before `unusedBeforeMs`, and of all sent before `beforeMs`; says how many. */
  sweep(times: { readonly unusedBeforeMs: number; readonly beforeMs: number }): Promise<number>;
}
