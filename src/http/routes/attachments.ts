import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Attachment, AttachmentType, attachmentLimitBytes, Sha256 } from '../../domain/attachment.ts';
import { LanewatchError } from '../../errors.ts';
import { principalOf } from '../guard.ts';
import type { HttpParts } from '../parts.ts';
import type { View } from '../view.ts';

/** Nothing of an attachment runs or loads anything, wherever it is opened. */
const contentPolicy = "default-src 'none'; sandbox";

/** Files of results: sent first, then named by their SHA-256 in a result; read by those who may read examinations. */
export const attachmentRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'attachments'> & { view: View }> = async (
  app,
  { view, attachments },
) => {
  const tags = ['examinations'];
  app.addContentTypeParser(AttachmentType.options, { bodyLimit: attachmentLimitBytes }, (_request, payload, done) =>
    done(null, payload),
  );
  app.post(
    '/attachments',
    {
      config: { access: 'work-examinations' },
      bodyLimit: attachmentLimitBytes,
      schema: {
        tags,
        consumes: AttachmentType.options,
        response: { 201: Attachment },
      },
    },
    async (request, reply) => {
      const type = AttachmentType.safeParse(request.headers['content-type']?.split(';')[0]?.trim().toLowerCase());
      if (!type.success || !(request.body instanceof Readable)) {
        throw new LanewatchError('unsupported-media-type', `send one of ${AttachmentType.options.join(', ')}`);
      }
      const kept = await attachments.keep(wholeOf(request.body), type.data, principalOf(request).name);
      return reply.code(201).send(kept);
    },
  );
  app.get(
    '/attachments/:sha256',
    {
      config: { access: 'read-examinations' },
      schema: { tags, params: z.object({ sha256: Sha256.describe('SHA-256 of its bytes, in hex.') }) },
    },
    async (request, reply) => {
      const { sha256 } = request.params;
      const kept = attachments.find(sha256);
      const seen = view.records(request);
      const named = seen.examinationsWith(sha256).some((id) => seen.examination(id) !== undefined);
      // A file may show anything: it is for those who get personal data whole.
      const theirs =
        kept?.uploadedBy.includes(principalOf(request).name) || (named && view.viewer(request).personalData === 'full');
      if (kept === undefined || !theirs) throw new LanewatchError('not-found', `no attachment ${sha256}`);
      reply
        .type(kept.type)
        .header('content-length', kept.size)
        .header('content-disposition', `attachment; filename="${sha256.slice(0, 16)}"`)
        .header('content-security-policy', contentPolicy)
        .header('x-content-type-options', 'nosniff');
      return reply.send(Readable.from(attachments.read(sha256)));
    },
  );
};

/** The chunks of a body. A refusal in the middle leaves the connection whole, so that its answer arrives. */
async function* wholeOf(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* body.iterator({ destroyOnReturn: false });
  } catch (cause) {
    throw new LanewatchError('malformed-request', 'the body was cut off', { cause });
  }
}
