import type { RouteDoc, RouteDocs } from './route-doc.ts';
import { accessDocs } from './routes/access.ts';
import { alarmDocs } from './routes/alarms.ts';
import { eventDocs } from './routes/events.ts';
import { examinationDocs } from './routes/examinations.ts';
import { serviceDocs } from './routes/service.ts';
import { siteDocs } from './routes/site.ts';
import { subscriptionDocs } from './routes/subscriptions.ts';
import { targetDocs } from './routes/targets.ts';

const all: RouteDocs = {
  ...serviceDocs,
  ...siteDocs,
  ...alarmDocs,
  ...targetDocs,
  ...examinationDocs,
  ...eventDocs,
  ...subscriptionDocs,
  ...accessDocs,
};

/** The doc of a route, as registered. */
export function docOf(method: string, url: string): RouteDoc | undefined {
  return all[`${method} ${url.replace(/^\/api\/v1(?=\/)/, '')}`];
}

/** The routes that have one. */
export function documented(): readonly string[] {
  return Object.keys(all);
}
