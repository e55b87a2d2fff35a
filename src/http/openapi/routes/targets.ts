import type { RouteDocs } from '../route-doc.ts';

const freight = {
  originator: 'freight-targeting',
  reference: 'FT-2041',
  kind: 'container',
  identifiers: [{ kind: 'container', value: 'CSQU 305438-3' }],
  reasons: ['declared empty, weighs 12 t'],
  risk: 'high',
  requestedAction: 'examine',
  handling: { tlp: 'amber', release: [] },
  validUntil: '2099-12-01T00:00:00Z',
};
const line = (reference: string, plate: string) =>
  JSON.stringify({
    originator: 'freight-targeting',
    reference,
    kind: 'vehicle',
    identifiers: [{ kind: 'plate', value: plate, issuer: 'NL' }],
    risk: 'medium',
    requestedAction: 'notify',
  });

/** What the targeting units look for. */
export const targetDocs: RouteDocs = {
  'GET /targets': { summary: 'The list of targets', description: 'Newest first.' },
  'GET /targets/:id': { summary: 'One target' },
  'POST /targets': {
    summary: 'Sends a target',
    description:
      'The same one by (originator, reference): 201 when it is new, 200 when it is changed or the same. It is matched at once, also with what passed lately.',
    request: freight,
  },
  'PUT /targets/:id': { summary: 'Sends a target again, by our id', request: { ...freight, risk: 'critical' } },
  'DELETE /targets/:id': {
    summary: 'Withdraws a target',
    description: 'It stays on record, and matches nothing any more.',
  },
  'POST /targets/import': {
    summary: 'Sends a list, one JSON object a line',
    description:
      'A line has at most 64 KiB, a request 2 GiB: a million targets fit. Lines stand alone: a refused one changes nothing for the others. What broke off is sent again as it was.',
    request: `${line('FT-2042', 'AB-123-C')}\n${line('FT-2043', 'XY-987-Z')}\n`,
    response: { lines: 2, created: 2, kept: 0, refused: 0, warned: 0, refusals: [], warnings: [] },
  },
  'POST /targets/import/edifact': {
    summary: 'Sends a list of passengers or cargo: PAXLST, CUSCAR',
    description:
      'At most 16 MiB. A message with a fault is refused whole, with segment and position; the others are taken.',
    request: [
      "UNA:+.? '",
      "UNB+UNOA:4+AIRLINE+PIU+261123:0800+REF1'",
      "UNH+1+PAXLST:D:02B:UN:IATA'",
      "BGM+745'",
      "NAD+MS+++AIRLINE'",
      "TDT+20+KL1234+++KL'",
      "LOC+125+JFK'",
      "DTM+189:2611230600:201'",
      "LOC+87+AMS'",
      "DTM+232:2611231400:201'",
      "NAD+FL+++JANSEN:PIET'",
      "ATT+2++M'",
      "DTM+329:800102'",
      "NAT+2+NLD'",
      "DOC+P:110:111+SPECI2014'",
      "LOC+91+NLD'",
      "CNT+42:1'",
      "UNT+16+1'",
      "UNZ+1+REF1'",
    ].join('\n'),
    response: {
      created: 1,
      kept: 0,
      warned: 0,
      messages: [{ reference: '1', type: 'PAXLST', accepted: true, targets: 1, faults: [] }],
      faults: [],
      refusals: [],
    },
  },
};
