import { sha256 } from '../examples/ids.ts';
import { accessFact } from '../examples/post.ts';
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
  'GET /audit': {
    summary: 'Who was let in, saw personal data, did something or was refused',
    description: 'Newest first. Part of the journal, and chained with it.',
    response: {
      items: [{ ...accessFact, sequence: 44, at: '2026-11-23T09:10:26.020Z', granted: true }],
      next: null,
    },
  },
  'GET /journal/head': {
    summary: 'The newest event’s sequence and hash',
    description: 'Keep it, and a journal that was cut short is noticed.',
    response: { sequence: 4711, sha256 },
  },
  'GET /openapi.json': {
    summary: 'This document',
    answers: { 200: { type: 'application/json', schema: { type: 'object' }, example: { openapi: '3.1.0' } } },
  },
};
