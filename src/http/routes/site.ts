import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DeviceStatus } from '../../domain/device.ts';
import { ServiceState } from '../../domain/service.ts';
import { Lane, Site } from '../../domain/site.ts';
import { Mode } from '../../domain/words.ts';
import { IdParam, pageOf, wholeList } from '../lists.ts';
import { Driver, type HttpParts } from '../parts.ts';
import { found } from '../versions.ts';

/** `service`: as somebody last said; null: in service since it was configured. */
const LaneStatus = Lane.extend({ mode: Mode, service: ServiceState.nullable() });

/** The post as configured, and how its devices are. */
export const siteRoutes: FastifyPluginAsyncZod<
  Pick<HttpParts, 'site' | 'lanes' | 'laneService' | 'devices' | 'drivers'>
> = async (app, parts) => {
  const config = { access: 'read-site' } as const;
  const tags = ['site'];
  app.get('/site', { config, schema: { tags, response: { 200: Site } } }, async () => parts.site);
  app.get('/lanes', { config, schema: { tags, response: { 200: pageOf(LaneStatus) } } }, async () =>
    wholeList(
      parts.lanes.map((lane) => ({ ...lane, mode: lane.mode ?? parts.site.mode, service: parts.laneService(lane.id) })),
    ),
  );
  app.get('/devices', { config, schema: { tags, response: { 200: pageOf(DeviceStatus) } } }, async () =>
    wholeList(parts.devices()),
  );
  app.get(
    '/devices/:id',
    { config, schema: { tags, params: IdParam, response: { 200: DeviceStatus } } },
    async ({ params: { id } }) =>
      found(
        parts.devices().find((device) => device.id === id),
        `device ${id}`,
      ),
  );
  app.get('/drivers', { config, schema: { tags, response: { 200: pageOf(Driver) } } }, async () =>
    wholeList(parts.drivers),
  );
};
