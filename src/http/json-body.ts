import type { FastifyInstance } from 'fastify';
import { LanewatchError } from '../errors.ts';

/** JSON bodies; an empty one is no body, since many clients name the content type whether they send anything or not. */
export function readJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return parse(request, body, (error, value) => {
      if (error !== null) done(new LanewatchError('malformed-request', 'the body is not JSON', { cause: error }));
      else done(null, value);
    });
  });
}
