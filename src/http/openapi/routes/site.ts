import { lane } from '../examples/post.ts';
import type { RouteDocs } from '../route-doc.ts';

const suppress = {
  service: 'suppressed',
  reason: 'calibration with a source',
  until: '2099-11-23T15:00:00Z',
};

/** The post as configured, its equipment, what it measures, and how it copes. */
export const siteDocs: RouteDocs = {
  'GET /site': { summary: 'The post' },
  'GET /lanes': {
    summary: 'The lanes and their service',
    response: { items: [{ ...lane, mode: 'operational', service: null }], next: null },
  },
  'GET /devices': { summary: 'How every device is', description: 'Link and health, never detection.' },
  'GET /devices/:id': { summary: 'How one device is' },
  'GET /drivers': {
    summary: 'The drivers a device may have',
    description: 'With the JSON Schemas of their options and profiles.',
    response: {
      items: [
        {
          name: 'tsa-rpm',
          title: 'TSA radiation portal monitor',
          links: ['tcp', 'serial', 'folder'],
          optionsSchema: { type: 'object', properties: { silenceLimitS: { type: 'number' } } },
          profileSchema: null,
          profiles: [],
        },
      ],
      next: null,
    },
  },
  'PUT /lanes/:id/service': {
    summary: 'Takes a lane out of service, suppresses it, or puts it back',
    description:
      'Its alarms are recorded and not presented meanwhile. A reason is asked for unless it is back in service.',
    request: suppress,
  },
  'PUT /devices/:id/service': {
    summary: 'Takes a device out of service, suppresses it, or puts it back',
    description:
      'Its alarms are recorded and not presented meanwhile. A reason is asked for unless it is back in service.',
    request: suppress,
  },
  'GET /readings': {
    summary: 'Count rates for charts',
    description: 'The latest values of one device: readings are not journalled.',
    response: {
      items: [
        {
          deviceId: 'rpm-1',
          laneId: 'container-import',
          quantity: 'gamma',
          value: 880,
          unit: 'cps',
          quality: 'good',
          at: '2026-11-23T09:09:59.950Z',
        },
      ],
      next: null,
    },
  },
  'GET /figures': {
    summary: 'How the post copes: alarms, examinations, matches',
    description: 'Over a period, and now. No subject is named; exercises, tests and training are left out.',
  },
  'GET /passages': { summary: 'Who and what passed', description: 'Newest first.' },
  'GET /passages/:id': { summary: 'One passage, with all that joined it' },
  'GET /spectra/:id': {
    summary: 'The spectra of a document',
    description: `Named by the passage: \`reports[].spectra.id\`.`,
  },
  'POST /matches/:id/judge': {
    summary: 'A person’s verdict on a match',
    description:
      'Apart from the disposition of its alarm. A rejected pair is not proposed again until the target changes.',
    request: { verdict: 'confirmed', note: 'number seen on the door' },
  },
};
