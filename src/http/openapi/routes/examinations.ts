import { ids, sha256 } from '../examples/ids.ts';
import type { RouteDocs } from '../route-doc.ts';

/** The closed loop. */
export const examinationDocs: RouteDocs = {
  'GET /examinations': { summary: 'Examinations, by unit, state and what they are about' },
  'GET /examinations/:id': { summary: 'One examination' },
  'GET /units': {
    summary: 'Units with open examinations',
    response: {
      items: [
        {
          unit: 'yard',
          requested: 1,
          accepted: 0,
          started: 1,
          overdue: 0,
          nextDueAt: '2026-11-23T10:00:00.000Z',
          oldestRequestedAt: '2026-11-23T09:10:30.020Z',
        },
      ],
      next: null,
    },
  },
  'POST /examinations': {
    summary: 'Asks for an examination',
    description:
      'Of a target (also before it comes), an alarm or a passage. Reason, kind and unit are codes; one that is not on its list is answered with the list.',
    request: {
      targetId: ids.target,
      reason: 'targeting-recommendation',
      kind: 'riid',
      unit: 'yard',
      dueAt: '2099-11-23T10:00:00Z',
      requestedBy: 'freight-targeting',
    },
    problems: ['unknown-code', 'not-found'],
  },
  'POST /examinations/:id/accept': {
    summary: 'The unit will do it',
    description: 'Whoever accepts does it, unless somebody is named.',
    request: { assignee: 'otto' },
  },
  'POST /examinations/:id/assign': { summary: 'Somebody else is to do it', request: { assignee: 'olga' } },
  'POST /examinations/:id/start': { summary: 'It begins', request: { place: 'bay 2' } },
  'POST /examinations/:id/result': {
    summary: 'What was found',
    description: 'Attachments are sent first. The result closes no alarm.',
    request: {
      code: 'illegal-radioactive',
      findings: [{ what: 'Cs-137 source', quantity: 1.2, unit: 'GBq' }],
      method: 'riid',
      seizure: 'S-2026-11',
    },
    problems: ['unknown-code'],
  },
  'POST /examinations/:id/cancel': { summary: 'It is not wanted any more', request: { reason: 'the papers came' } },
  'POST /examinations/:id/delivered': {
    summary: 'The requester has the result',
    description: 'Without it within `examinations.deliveryS` the examination is overdue at the requester’s end.',
    request: {},
  },
  'POST /attachments': {
    summary: 'A file of a result',
    description:
      'As it is, with its content type, at most 20 MiB; the same bytes again are kept once. Its SHA-256 is its name.',
    request: 'Cs-137, 1.2 GBq, 662 keV\n',
    response: { sha256, size: 25, type: 'text/plain' },
    problems: ['invalid-request'],
  },
  'GET /attachments/:sha256': {
    summary: 'A file of a result',
    answers: { 200: { type: '*/*', schema: {}, example: 'Cs-137, 1.2 GBq, 662 keV\n' } },
  },
};
