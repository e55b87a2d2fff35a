import type { RouteDocs } from '../route-doc.ts';

const page = { type: 'text/html', example: '<!doctype html><title>Lanewatch</title>' };

/** Sessions of browsers. */
export const accessDocs: RouteDocs = {
  'GET /signin': {
    summary: 'The page to sign in on; with `code` the one-time link',
    answers: { 200: page, 303: null },
  },
  'GET /session': { summary: 'Whom the credential stands for', response: { name: 'anna', role: 'operator' } },
  'POST /session': {
    summary: 'Begins a browser’s session, by a token',
    request: { token: 'a-bearer-token' },
    response: { name: 'anna', role: 'operator' },
    problems: ['not-authenticated'],
  },
  'DELETE /session': { summary: 'Ends the session', answers: { 204: null } },
  'POST /sign-in-links': {
    summary: 'A one-time sign-in link, good for ten minutes',
    request: { name: 'anna', role: 'operator' },
    response: { url: 'https://lanewatch.example/signin?code=b6e0d4f27a063f0a6c812e9b4d7a8c15' },
  },
};
