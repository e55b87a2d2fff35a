import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openModbusServer } from '../../simulators/modbus-server.ts';
import { signalOutputSimulator } from '../../simulators/signal-output.ts';
import type { LaneBoard, Standing } from '../../src/ports/lane-board.ts';
import { runDriver, silentLog } from '../../tests/support/driver-bench.ts';
import { startMosquitto } from '../../tests/support/mosquitto.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { externalBroker } from '../transport/mqtt.ts';
import { signalOutput } from './definition.ts';

const { signal } = new AbortController();
const quiet: Standing = { alarms: [], occupied: false, blind: false };
const alarming: Standing = {
  ...quiet,
  alarms: [{ priority: 'critical', state: 'unacknowledged', signal: 'neutron', mode: 'operational' }],
};

/** A board that the test writes on. */
function chalkBoard() {
  let standing = quiet;
  const asked: string[] = [];
  const board: LaneBoard = {
    standing: (lanes) => {
      asked.push(...lanes);
      return standing;
    },
  };
  const write = (next: Standing) => {
    standing = next;
  };
  return { board, asked, write };
}

const link = { type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1 } as const;
const red = {
  name: 'red',
  write: { table: 'coils', address: 0 },
  readBack: { table: 'discrete', address: 0 },
};
const green = { name: 'green', write: { table: 'coils', address: 1 }, failSafe: 'off', when: { states: ['shelved'] } };
const options = { lanes: ['lane-7'], signals: [red, green], refreshS: 1, readBackS: 0.5, heartbeat: { address: 40 } };

describe('over Modbus', () => {
  it('lights the lamp with the alarm, puts it out without, and leaves what is safe when it stops', async () => {
    await using server = await openModbusServer(link);
    const { coils, holding } = server.tables;
    const chalk = chalkBoard();
    await using bench = runDriver(signalOutput, server.link, options, { board: chalk.board });
    await until('all written', () => coils.get(0) === 0 && coils.get(1) === 0);
    chalk.write(alarming);
    await until('red', () => coils.get(0) === 1);
    expect(coils.get(1)).toBe(0);
    chalk.write(quiet);
    await until('dark', () => coils.get(0) === 0);
    expect(new Set(chalk.asked)).toEqual(new Set(['lane-7']));
    coils.set(0, 1);
    await until('a restarted tower is right again', () => coils.get(0) === 0);
    await until('the heartbeat counts', () => (holding.get(40) ?? 0) >= 2);
    await bench.stop();
    expect([coils.get(0), coils.get(1)], 'red is safe on, green is safe off').toEqual([1, 0]);
  });

  it('tells of a lamp that does not show what it was told, and of its repair', async () => {
    await using tower = await signalOutputSimulator.start({ deviceId: 'tower', link, random: () => 0.5 });
    const chalk = chalkBoard();
    await using bench = runDriver(signalOutput, tower.link, options, { board: chalk.board });
    const faults = () => bench.observations.filter((one) => one.type === 'condition').map(({ active }) => active);
    await until('the first read-back', () => faults().length > 0);
    await tower.play({ do: 'stick', lamp: 0, on: true }, signal);
    chalk.write(alarming);
    await until('the fault', () => faults().includes(true));
    await tower.play({ do: 'stick', lamp: 0, on: false }, signal);
    await until('the repair', () => faults().at(-1) === false);
    expect(bench.observations.find((one) => one.type === 'condition')).toMatchObject({
      code: 'output-red',
      severity: 'error',
    });
  });

  it('ends its attempt when the field does not answer, within its time', async () => {
    await using server = await openModbusServer(link);
    await using bench = runDriver(signalOutput, { ...server.link, timeoutMs: 200 } as typeof server.link, options);
    await until('online', () => bench.onlineCount() === 1);
    void server.fault({ do: 'freeze', durationS: 60 }, signal);
    expect(await bench.ended).toMatchObject({ code: 'link-timeout' });
  });

  it('a stop does not wait for a field that is gone', async () => {
    await using server = await openModbusServer(link);
    await using bench = runDriver(signalOutput, server.link, options);
    await until('online', () => bench.onlineCount() === 1);
    void server.fault({ do: 'freeze', durationS: 60 }, signal);
    const began = performance.now();
    await bench.stop();
    expect(performance.now() - began).toBeLessThan(2_500);
  });
});

describeWith(['mbpoll'], 'seen by mbpoll, a Modbus master we did not write', () => {
  it('the coil is what mbpoll reads', async () => {
    await using server = await openModbusServer(link);
    const chalk = chalkBoard();
    chalk.write(alarming);
    await using _bench = runDriver(signalOutput, server.link, options, { board: chalk.board });
    await until('red', () => server.tables.coils.get(0) === 1);
    const port = 'port' in server.link ? String(server.link.port) : '';
    const args = ['-m', 'tcp', '-a', '1', '-t', '0', '-r', '1', '-c', '2', '-1', '-p', port, '127.0.0.1'];
    const { stdout } = await promisify(execFile)('mbpoll', args);
    expect(stdout).toMatch(/\[1\]:\s+1\s+\[2\]:\s+0/);
  });
});

describeWith(['mosquitto'], 'over MQTT', () => {
  it('tells of a lamp that does not say what it was told, and of its repair; what is safe is said at a stop', async () => {
    await using broker = await startMosquitto();
    const bus = externalBroker({ url: broker.url, clientIdPrefix: 'lanewatch' }, silentLog);
    const field = externalBroker({ url: broker.url, clientIdPrefix: 'field' }, silentLog);
    const will = { topic: 'stat/gone', payload: '' };
    const stopper = new AbortController();
    await using lamp = await field.publisher({ id: 'lamp', will }, stopper.signal);
    // The lamp's own side: it shows what it is told, unless it is stuck.
    const told = await field.subscribe({ subscriber: 'lamp', topic: 'cmnd/#', qos: 1 }, stopper.signal);
    let stuck = false;
    let last = '';
    const following = (async () => {
      for await (const { payload, acknowledge } of told) {
        last = Buffer.from(payload).toString();
        acknowledge(true);
        if (!stuck) await lamp.publish('stat/red', last, false);
      }
    })();
    const chalk = chalkBoard();
    const mqtt = { type: 'mqtt', broker: 'yard', topic: 'stat/#', qos: 1 } as const;
    const one = { name: 'red', publish: { topic: 'cmnd/red' }, readBack: { topic: 'stat/red' } };
    await using bench = runDriver(
      signalOutput,
      mqtt,
      { signals: [one], refreshS: 1, readBackS: 0.5 },
      { board: chalk.board, bus },
    );
    const faults = () => bench.observations.filter((item) => item.type === 'condition').map(({ active }) => active);
    await until('it shows dark', () => last === 'OFF' && faults().at(-1) === false);
    stuck = true;
    chalk.write(alarming);
    await until('the fault', () => faults().at(-1) === true);
    stuck = false;
    await until('the repair, at the next refresh', () => faults().at(-1) === false);
    chalk.write(quiet);
    await until('dark again', () => last === 'OFF');
    await bench.stop();
    await until('safe at the stop', () => last === 'ON');
    stopper.abort();
    await following;
  });
});
