import { z } from 'zod';
import type { DeviceStatus } from '../domain/device.ts';
import type { ServiceState } from '../domain/service.ts';
import type { Sharer } from '../domain/sharing/sharer.ts';
import type { Viewer } from '../domain/sharing/viewer.ts';
import type { Lane, Site } from '../domain/site.ts';
import type { Unmasking } from '../domain/unmasking.ts';
import type { AccessStore, Principal } from '../ports/access.ts';
import type { Attachments } from '../ports/attachments.ts';
import type { AccessLog, Audit } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandPort } from '../ports/desk.ts';
import type { EventFeed, ReadingFeed } from '../ports/feed.ts';
import type { WebhookPort } from '../ports/feeds.ts';
import type { FigureBook } from '../ports/figures.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { Journal, Records } from '../ports/journal.ts';
import type { Log } from '../ports/log.ts';
import type { Spectra } from '../ports/spectra.ts';
import type { EdgeOptions } from './access/edge-options.ts';
import type { LiveLimits } from './live/limits.ts';

/** A driver as technicians choose it; `optionsSchema` is the JSON Schema of a device's `options`. */
export const Driver = z.object({
  name: z.string(),
  title: z.string(),
  links: z.array(z.string()),
  optionsSchema: z.record(z.string(), z.unknown()),
  /** JSON Schema of a profile's data; null for a driver without profiles. */
  profileSchema: z.record(z.string(), z.unknown()).nullable(),
  profiles: z.array(z.object({ name: z.string(), title: z.string(), source: z.string() })),
});
export type Driver = z.infer<typeof Driver>;

/** Everything the HTTP edge is built from. */
export interface HttpParts {
  readonly site: Site;
  readonly lanes: readonly Lane[];
  devices(): readonly DeviceStatus[];
  /** What was last said of a lane's service, or null. */
  laneService(laneId: string): ServiceState | null;
  readonly drivers: readonly Driver[];
  readonly commands: CommandPort;
  readonly journal: Pick<Journal, 'head' | 'read' | 'receipt'>;
  readonly records: Records;
  readonly audit: Audit;
  readonly accessLog: AccessLog;
  /** Of the last day, oldest first. */
  unmaskings(): readonly Unmasking[];
  /** What a person may see whole, for another has agreed. */
  unmaskedFor(name: string): readonly string[];
  /** Decides what of anything leaves, for whom. */
  readonly sharer: Sharer;
  /** A principal's limits, from the sharing policy. */
  viewerOf(principal: Principal): Viewer;
  readonly figures: FigureBook;
  readonly events: EventFeed;
  readonly readings: ReadingFeed;
  readonly spectra: Pick<Spectra, 'find'>;
  readonly attachments: Omit<Attachments, 'sweep'>;
  readonly access: AccessStore;
  /** Vouches for people, where one is configured. */
  readonly identityProvider?: IdentityProvider | null;
  /** Other than usual, as configured. */
  readonly edge?: Partial<EdgeOptions>;
  readonly webhooks: WebhookPort;
  ready(): { readonly ok: boolean; readonly reasons: readonly string[] };
  /** Prometheus text exposition. */
  metrics(): Promise<string>;
  /** The built dashboard, or null to serve none. */
  readonly dashboardDir: string | null;
  readonly clock: Clock;
  readonly log: Log;
  /** Other than the product's own, for tests. */
  readonly liveLimits?: Partial<LiveLimits>;
}
