import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openModbusServer } from '../../simulators/modbus-server.ts';
import { ModbusRtuLink } from '../../src/domain/link.ts';
import { ptyLink } from '../../tests/support/pty-link.ts';
import { describeWith } from '../../tests/support/services.ts';

/** Asks a unit with libmodbus: mbpoll is a master, so it proves the devices' side that our own master is tested against. */
async function mbpoll(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('mbpoll', ['-1', '-q', ...args]);
  return stdout;
}

describeWith(['socat', 'mbpoll'], 'our Modbus server, asked by libmodbus', () => {
  it('speaks RTU as libmodbus does: registers, bits, a write', async () => {
    using place = ptyLink();
    const link = ModbusRtuLink.parse({ type: 'modbus-rtu', path: place.link.path, baudRate: 19_200, unit: 5 });
    await using server = await openModbusServer(link);
    server.tables.holding.set(4, 0x0102);
    server.tables.holding.set(5, 3);
    server.tables.discrete.set(1, 1);
    const line = ['-m', 'rtu', '-a', '5', '-b', '19200', '-P', 'none'];
    expect(await mbpoll(...line, '-t', '4', '-r', '5', '-c', '2', place.link.path)).toMatch(
      /\[5\]:\s+258\s+\[6\]:\s+3/,
    );
    expect(await mbpoll(...line, '-t', '1', '-r', '1', '-c', '2', place.link.path)).toMatch(/\[1\]:\s+0\s+\[2\]:\s+1/);
    await mbpoll(...line, '-t', '4', '-r', '10', place.link.path, '77');
    expect(server.tables.holding.get(9)).toBe(77);
  });

  it('and TCP', async () => {
    await using server = await openModbusServer({ type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 3 });
    server.tables.input.set(0, 4_711);
    const port = 'port' in server.link ? String(server.link.port) : '';
    const args = ['-m', 'tcp', '-a', '3', '-p', port, '-t', '3', '-r', '1', '127.0.0.1'];
    expect(await mbpoll(...args)).toMatch(/\[1\]:\s+4711/);
  });
});
