import type { DriverDefinition } from '../src/ports/driver.ts';
import { aspectRpm } from './aspect-rpm/definition.ts';
import { identityReader } from './identity-reader/definition.ts';
import { modbusMap } from './modbus-map/definition.ts';
import { mqttMap } from './mqtt-map/definition.ts';
import { n42 } from './n42/definition.ts';
import { signalOutput } from './signal-output/definition.ts';
import { traceRecord } from './trace-record/definition.ts';
import { tsaRpm } from './tsa-rpm/definition.ts';
import { xrayPlc } from './xray-plc/definition.ts';
import { xrayTdr } from './xray-tdr/definition.ts';

/** Every driver by its name in the configuration. */
const definitions = [
  tsaRpm,
  aspectRpm,
  n42,
  xrayTdr,
  xrayPlc,
  traceRecord,
  identityReader,
  modbusMap,
  mqttMap,
  signalOutput,
];

export const drivers: ReadonlyMap<string, DriverDefinition> = new Map(
  definitions.map((definition) => [definition.name, definition as DriverDefinition]),
);
