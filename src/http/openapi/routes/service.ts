import type { RouteDocs } from '../route-doc.ts';

/** The service itself. */
export const serviceDocs: RouteDocs = {
  'GET /healthz': { summary: 'Is the process alive?', response: { ok: true } },
  'GET /readyz': {
    summary: 'Does it take commands and messages?',
    description: '503 with the reasons while the journal cannot be written.',
    response: { ok: true, reasons: [] },
  },
  'GET /metrics': {
    summary: 'Metrics in the Prometheus text format',
    answers: {
      200: {
        type: 'text/plain',
        example: '# TYPE lanewatch_journal_head gauge\nlanewatch_journal_head 4711\n',
      },
    },
  },
  'GET /openapi.json': {
    summary: 'This document',
    answers: { 200: { type: 'application/json', schema: { type: 'object' }, example: { openapi: '3.1.0' } } },
  },
};
