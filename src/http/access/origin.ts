import type { FastifyRequest } from 'fastify';
import { LanewatchError } from '../../errors.ts';

const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
/** From our own page, or typed by the user. `same-site` is another host or port beside us. */
const ownSites: readonly string[] = ['same-origin', 'none'];

/**
 * A browser sends cookies and client certificates by itself, so what changes something (or opens a live stream, which no
 * same-origin policy covers) must come from our own pages: by Fetch Metadata, and by Origin. A bearer token is never sent by itself.
 */
export function refuseForeignPages(request: FastifyRequest, publicUrl: string | null): void {
  const { origin, authorization, 'sec-fetch-site': site } = request.headers;
  if (authorization !== undefined || (safeMethods.includes(request.method) && !request.ws)) return;
  if (typeof site === 'string' && !ownSites.includes(site)) refuse();
  if (origin === undefined || origin === publicUrl) return;
  if (!URL.canParse(origin) || new URL(origin).host !== request.host) refuse();
}

function refuse(): never {
  throw new LanewatchError('not-allowed', 'the request comes from a page of another host');
}
