import { connect } from 'mqtt';
import { expect, it } from 'vitest';
import { openModbusServer } from '../../simulators/modbus-server.ts';
import { tsaRpmSimulator } from '../../simulators/tsa-rpm.ts';
import type { Alarm } from '../../src/domain/alarm.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { startService } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

describeWith(['mosquitto'], 'a post with a light tower and a barrier', () => {
  it('follows the alarm from the portal to the lamp; the broker says what is safe when the service is killed', async () => {
    await using broker = await startMosquitto();
    await using portal = await tsaRpmSimulator.start({
      deviceId: 'rpm',
      link: { type: 'tcp', host: '127.0.0.1', port: 0 },
      random: () => 0.5,
    });
    await using tower = await openModbusServer({ type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1 });
    const barrier = new Map<string, string>();
    await using opened = new AsyncDisposableStack();
    const watcher = opened.adopt(connect(broker.url, { protocolVersion: 5 }), (client) => client.endAsync(true));
    watcher.on('message', (topic, payload) => barrier.set(topic, payload.toString()));
    await watcher.subscribeAsync('cmnd/#', { qos: 1 });

    await using service = await startService({
      version: 1,
      site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
      mqtt: { brokers: { yard: { url: broker.url } } },
      lanes: [{ id: 'lane-1', name: 'Lane 1', kind: 'vehicle', join: { settleS: 1 } }],
      devices: [
        { id: 'rpm', lane: 'lane-1', driver: 'tsa-rpm', link: portal.link },
        {
          id: 'tower',
          lane: 'lane-1',
          driver: 'signal-output',
          link: tower.link,
          options: {
            signals: [
              {
                name: 'red',
                write: { table: 'coils', address: 0 },
                when: { priorities: ['critical', 'high'], states: ['unacknowledged'] },
              },
            ],
          },
        },
        {
          id: 'barrier',
          lane: 'lane-1',
          driver: 'signal-output',
          link: { type: 'mqtt', broker: 'yard', topic: 'stat/barrier/#' },
          options: {
            signals: [
              { name: 'closed', publish: { topic: 'cmnd/barrier' }, when: { priorities: ['critical', 'high'] } },
            ],
          },
        },
      ],
    });
    await until(
      'the portal watches: dark and open',
      () => tower.tables.coils.get(0) === 0 && barrier.get('cmnd/barrier') === 'OFF',
    );
    await portal.play({ do: 'occupancy', durationS: 2, gammaSigma: 20, speedup: 5 }, signal);
    await until('red and closed', () => tower.tables.coils.get(0) === 1 && barrier.get('cmnd/barrier') === 'ON');

    const { body } = await service.request<{ items: Alarm[] }>('GET', '/alarms?signal=gamma');
    const id = body.items[0]?.id ?? '';
    await service.request('POST', `/alarms/${id}/acknowledge`, {});
    await until('the lamp is for the unanswered only', () => tower.tables.coils.get(0) === 0);
    expect(barrier.get('cmnd/barrier')).toBe('ON');
    await service.request('POST', `/alarms/${id}/dispose`, { class: 'innocent', code: 'norm', note: 'tiles' });
    await until('open', () => barrier.get('cmnd/barrier') === 'OFF');

    await service.end('SIGKILL');
    await until('the broker closes it for us', () => barrier.get('cmnd/barrier') === 'ON');
    await service.start();
    await until('open again', () => barrier.get('cmnd/barrier') === 'OFF' && tower.tables.coils.get(0) === 0);
    await service.end('SIGTERM');
    expect([tower.tables.coils.get(0), barrier.get('cmnd/barrier')], 'safe at a stop').toEqual([1, 'ON']);
  });
});
