import { expect, test } from 'vitest';
import { type EventSchema, generate, type OpenApi } from '../../docs/targeting/generate.ts';
import { startHttpBench } from '../http/http-bench.ts';

test('the types that are given away are those of the service (`npx vitest run tests/targeting -u` makes them anew)', async () => {
  await using bench = await startHttpBench();
  const get = async (path: string) => (await bench.call(path)).json();
  const { items } = (await get('/api/v1/schemas')) as { items: { schema: string }[] };
  const events = await Promise.all(items.map(({ schema }) => get(schema) as Promise<EventSchema>));
  const types = await generate((await get('/api/v1/openapi.json')) as OpenApi, events);
  await expect(types).toMatchFileSnapshot('../../docs/targeting/api.ts');
});
