import { ids } from '../examples/ids.ts';
import type { RouteDocs } from '../route-doc.ts';

const page = { type: 'text/html', example: '<!doctype html><title>Lanewatch</title>' };

const anna = { name: 'anna', role: 'operator', agency: null, lanes: ['lane-1'] };
const user = {
  ...anna,
  disabled: false,
  provider: null,
  createdAt: '2026-03-02T08:00:00.000Z',
  changedAt: '2026-03-02T08:00:00.000Z',
  signedInAt: null,
  lockedUntil: null,
};
const token = {
  id: '5f0c2a9b7d1e4c36',
  name: 'targeting system',
  role: 'targeting',
  agency: 'piu',
  lanes: null,
  scopes: ['read-board', 'read-events', 'write-targets'],
  createdAt: '2026-03-02T08:00:00.000Z',
  createdBy: 'boss',
  expiresAt: '2099-03-02T08:00:00.000Z',
  lastUsedAt: null,
};
const given = { name: token.name, role: token.role, agency: token.agency, scopes: token.scopes };
const password = 'correct horse battery';
const session = { ...anna, scopes: null, password: true };

/** Who signs in and how: sessions of browsers, users, tokens of services. */
export const accessDocs: RouteDocs = {
  'GET /signin': {
    summary: 'The page to sign in on; with `code` the one-time link',
    answers: { 200: page, 303: null },
  },
  'GET /setup': {
    summary: 'The page to make the first administrator on',
    description: 'While there is no user and no token; its address, with a one-time code, is in the log of the start.',
    answers: { 200: page, 303: null },
  },
  'POST /setup': {
    summary: 'Makes the first administrator, and begins their session',
    request: { code: 'of-the-address-in-the-log', name: 'boss', password },
    answers: {
      201: {
        type: 'application/json',
        schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
        example: { name: 'boss' },
      },
    },
    problems: ['not-authenticated', 'forbidden-transition', 'too-many-requests'],
  },
  'GET /signin/oidc': {
    summary: 'Leaves for the identity provider, where one is configured',
    answers: { 303: null },
    problems: ['not-found', 'provider-unavailable'],
  },
  'GET /signin/oidc/callback': {
    summary: 'Comes back from the identity provider, and begins the session',
    answers: { 200: page },
    problems: ['not-found', 'not-authenticated', 'not-allowed', 'forbidden-transition', 'provider-unavailable'],
  },
  'GET /session': {
    summary: 'Whom the credential stands for',
    description: '`password`: they signed in with one here, and can change it.',
    response: session,
  },
  'GET /unmaskings': {
    summary: 'Who asked to see masked data whole, and what was decided',
    description: 'Of the last day, newest first.',
  },
  'POST /unmaskings': {
    summary: 'Asks to see masked data whole',
    description: 'Another person decides.',
    request: { subject: `targets/${ids.target}`, reason: 'the name decides whether it is the same person' },
  },
  'POST /unmaskings/:id/decide': {
    summary: 'Agrees, or does not',
    description: 'Another person than who asked, who may then see it whole for an hour.',
    request: { approve: true },
  },
  'POST /session': {
    summary: 'Begins a browser’s session, by name and password or by a token',
    description: 'Too many wrong passwords for a name, or from an address, have to wait: `Retry-After` says how long.',
    request: { token: 'a-bearer-token' },
    response: session,
    problems: ['not-authenticated'],
  },
  'DELETE /session': { summary: 'Ends the session', answers: { 204: null } },
  'PUT /session/password': {
    summary: 'Changes the own password; all other sessions of the user end, this one gets a new secret',
    request: { present: password, password: 'a green tea at eight' },
    answers: { 204: null },
    problems: ['forbidden-transition'],
  },
  'POST /sign-in-links': {
    summary: 'A one-time sign-in link, good for ten minutes',
    request: { name: 'anna', role: 'operator' },
    response: { url: 'https://lanewatch.example/signin?code=b6e0d4f27a063f0a6c812e9b4d7a8c15' },
  },
  'GET /users': { summary: 'Everybody who signs in', response: { items: [user], next: null } },
  'GET /users/:name': { summary: 'One user', response: user },
  'POST /users': {
    summary: 'Makes a user with a first password',
    description:
      'Passwords have at least 12 characters, are hardly the name and not among the most common ones. `agency` null: the post’s own; `lanes` null: all.',
    request: { ...anna, password },
    response: user,
    problems: ['forbidden-transition'],
  },
  'PUT /users/:name': {
    summary: 'Says what a user is given, disables, sets a new password',
    description:
      'Whatever changes ends their sessions and live streams at once. What a user of an identity provider is given is said there. The last administrator stays.',
    request: { role: 'supervisor', agency: null, lanes: null, disabled: false },
    response: { ...user, role: 'supervisor', lanes: null },
    problems: ['forbidden-transition'],
  },
  'DELETE /users/:name': {
    summary: 'Removes a user and ends their sessions; the last administrator stays',
    answers: { 204: null },
    problems: ['forbidden-transition'],
  },
  'DELETE /users/:name/lock-out': {
    summary: 'Ends the wait after too many wrong passwords',
    answers: { 204: null },
  },
  'GET /tokens': { summary: 'Every token of a service, without its secret', response: { items: [token], next: null } },
  'POST /tokens': {
    summary: 'Makes a bearer token for a service; `secret` is told this once',
    description:
      '`scopes`: some of what the role may do; null: all of it. `agency` null: the post’s own; `lanes` null: all.',
    request: { ...given, expiresAt: token.expiresAt },
    response: { ...token, secret: 'lw_9mX2…' },
    problems: ['forbidden-transition'],
  },
  'DELETE /tokens/:id': {
    summary: 'Ends a token, and the sessions that were opened by it',
    answers: { 204: null },
  },
};
