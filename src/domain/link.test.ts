import { expect, test } from 'vitest';
import { ModbusRtuLink } from './link.ts';

test.each([
  ['/dev/serial/by-id/usb-1', true],
  ['COM3', true],
  ['tcp://10.0.0.7:4001', true],
  ['tcp://moxa.example:4001', true],
  ['tcp://[fe80::1]:4001', true],
  ['tcp://10.0.0.7', false],
  ['tcp:10.0.0.7:4001', false],
  ['tcp://10.0.0.7:4001/x', false],
])('an RTU line at %s: %s', (path, good) => {
  expect(ModbusRtuLink.safeParse({ type: 'modbus-rtu', path, unit: 1 }).success).toBe(good);
});
