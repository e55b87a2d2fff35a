import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DeviceStatus } from '../../domain/device.ts';
import { ServiceState } from '../../domain/service.ts';
import { byProfile } from '../../domain/sharing/masking.ts';
import { withheld } from '../../domain/sharing/personal.ts';
import { Lane, Site } from '../../domain/site.ts';
import { Mode } from '../../domain/words.ts';
import { IdParam, pageOf, wholeList } from '../lists.ts';
import { Driver, type HttpParts } from '../parts.ts';
import { found } from '../versions.ts';
import type { View } from '../view.ts';

/** `service`: as somebody last said; null: in service since it was configured. */
const LaneStatus = Lane.extend({ mode: Mode, service: ServiceState.nullable() });

/** The post as configured, and how its devices are. */
export const siteRoutes: FastifyPluginAsyncZod<
  Pick<HttpParts, 'site' | 'lanes' | 'laneService' | 'devices' | 'drivers'> & { view: View }
> = async (app, parts) => {
  const config = { access: 'read-site' } as const;
  const tags = ['site'];
  const lanesFor = (request: FastifyRequest) => {
    const { lanes } = parts.view.viewer(request);
    return parts.lanes.filter(({ id }) => lanes?.includes(id) ?? true);
  };
  const devicesFor = (request: FastifyRequest) => {
    const { lanes, personalData } = parts.view.viewer(request);
    const of = byProfile(personalData);
    return parts
      .devices()
      .filter(({ laneId }) => lanes?.includes(laneId) ?? true)
      .map((device) => ({
        ...device,
        // A message that could not be read may hold an identity.
        refusals: device.refusals.map((refusal) => ({ ...refusal, bytes: of('bytes', refusal.bytes) ?? withheld })),
      }));
  };
  app.get('/site', { config, schema: { tags, response: { 200: Site } } }, async () => parts.site);
  app.get('/lanes', { config, schema: { tags, response: { 200: pageOf(LaneStatus) } } }, async (request) =>
    wholeList(
      lanesFor(request).map((lane) => ({
        ...lane,
        mode: lane.mode ?? parts.site.mode,
        service: parts.laneService(lane.id),
      })),
    ),
  );
  app.get('/devices', { config, schema: { tags, response: { 200: pageOf(DeviceStatus) } } }, async (request) =>
    wholeList(devicesFor(request)),
  );
  app.get(
    '/devices/:id',
    { config, schema: { tags, params: IdParam, response: { 200: DeviceStatus } } },
    async (request) => {
      const { id } = request.params;
      return found(
        devicesFor(request).find((device) => device.id === id),
        `device ${id}`,
      );
    },
  );
  app.get('/drivers', { config, schema: { tags, response: { 200: pageOf(Driver) } } }, async () =>
    wholeList(parts.drivers),
  );
};
