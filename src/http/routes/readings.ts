import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { LiveReading } from '../../ports/feed.ts';
import { pageOf, TimeParam, wholeList } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import type { View } from '../view.ts';

const Reading = z.object({
  deviceId: z.string(),
  laneId: z.string(),
  quantity: z.string(),
  value: z.number(),
  unit: z.string(),
  quality: z.enum(['good', 'alarm', 'fault']),
  at: z.iso.datetime(),
});
const ReadingQuery = z.strictObject({
  device: z.string().min(1).max(100).describe('Of one device, by its id.'),
  quantity: z.string().max(100).optional().describe('e.g. `gamma`, `neutron`; all where left out.'),
  from: TimeParam.optional().describe('Taken at this time or later.'),
  to: TimeParam.optional().describe('Taken before this time.'),
  step: z.coerce.number().positive().max(86_400).optional().describe('Seconds: one point, the highest, of each step.'),
});

/** Count rates for charts. */
export const readingRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'readings'> & { view: View }> = async (
  app,
  { readings, view },
) => {
  app.get(
    '/readings',
    {
      config: { access: 'read-readings' },
      schema: { tags: ['readings'], querystring: ReadingQuery, response: { 200: pageOf(Reading) } },
    },
    async (request) => {
      const { device, quantity, from, to, step } = request.query;
      const { lanes } = view.viewer(request);
      const all = readings
        .history({ device, quantity, fromMs: timeMs(from), toMs: timeMs(to) })
        .filter(({ laneId }) => lanes?.includes(laneId) ?? true);
      return wholeList(step === undefined ? all : peaks(all, step * 1_000));
    },
  );
};

function timeMs(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

/** The highest reading of each quantity and step: a thinned chart must not lose the peak that raised an alarm. */
function peaks(readings: readonly LiveReading[], stepMs: number): readonly LiveReading[] {
  const highest = new Map<string, LiveReading>();
  for (const reading of readings) {
    const key = `${reading.quantity} ${Math.floor(Date.parse(reading.at) / stepMs)}`;
    const known = highest.get(key);
    if (known === undefined || reading.value > known.value) highest.set(key, reading);
  }
  return [...highest.values()];
}
