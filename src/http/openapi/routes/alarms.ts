import type { RouteDocs } from '../route-doc.ts';

/** The board. */
export const alarmDocs: RouteDocs = {
  'GET /alarms': {
    summary: 'The board and its history',
    description: 'Newest first. Several states, priorities or signals are separated by commas.',
  },
  'GET /alarms/:id': { summary: 'One alarm' },
  'POST /alarms/:id/acknowledge': {
    summary: 'Somebody deals with it',
    request: { note: 'lane closed' },
  },
  'POST /alarms/:id/comment': {
    summary: 'Writes something down about it',
    request: { text: 'the driver says: fertiliser' },
  },
  'POST /alarms/:id/shelve': {
    summary: 'Takes it off the board for a while',
    description:
      'It comes back at `until`, by `unshelve`, and when its priority rises. The policy says for how long at most.',
    request: { reason: 'known source in the next lane', until: '2026-11-23T10:00:00Z' },
  },
  'POST /alarms/:id/unshelve': { summary: 'Puts it back on the board', request: {} },
  'POST /alarms/:id/dispose': {
    summary: 'The verdict: was the alarm real?',
    description:
      'A class and one of its codes; a code that is not on the list is answered with the list. Where the policy asks for two persons, the first verdict waits for a second.',
    request: { class: 'innocent', code: 'norm', note: 'fertiliser, as declared' },
    problems: ['unknown-code'],
  },
  'POST /alarms/:id/reopen': {
    summary: 'Takes the verdict back',
    request: { note: 'the papers were of another container' },
  },
};
