import { aspectRpmSimulator } from './aspect-rpm.ts';
import { blueprintSimulator } from './blueprint.ts';
import { identityReaderSimulator } from './identity-reader.ts';
import { modbusMapSimulator } from './modbus-map.ts';
import { mqttMapSimulator } from './mqtt-map.ts';
import { n42Simulator } from './n42.ts';
import { signalOutputSimulator } from './signal-output.ts';
import type { SimulatorDefinition } from './simulator.ts';
import { traceRecordSimulator } from './trace-record.ts';
import { tsaRpmSimulator } from './tsa-rpm.ts';
import { xrayPlcSimulator } from './xray-plc.ts';
import { xrayTdrSimulator } from './xray-tdr.ts';

const definitions = [
  tsaRpmSimulator,
  aspectRpmSimulator,
  xrayTdrSimulator,
  xrayPlcSimulator,
  traceRecordSimulator,
  identityReaderSimulator,
  n42Simulator,
  modbusMapSimulator,
  mqttMapSimulator,
  signalOutputSimulator,
  blueprintSimulator,
];

/** Every simulator by the name of the driver it is the other side of. */
export const simulators: ReadonlyMap<string, SimulatorDefinition> = new Map(
  definitions.map((definition) => [definition.driver, definition]),
);
