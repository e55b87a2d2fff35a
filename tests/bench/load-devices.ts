import { createServer, type Server, type Socket } from 'node:net';
import { connectAsync } from 'mqtt';
import { encodeTime, type LoadPorts, type LoadReport, loadCounts, sampleMs, sensorTopic } from './load-site.ts';
import { answerModbus } from './modbus-units.ts';

/**
 * The devices' side of the load, lean, in a process of its own: a TCP port for each portal, one for all Modbus units, one MQTT client
 * for all sensors. Each value tells when it was sent. Argument: the broker's address. Sends its
 * parent its ports, then a report at every message: `measure` begins, `end` asks for what was measured.
 */
const [brokerUrl = ''] = process.argv.slice(2);

const stepMs = 4;
const stepsPerSample = sampleMs / stepMs;
const idle = 'NB,000000,000000,000001,000000\r\nGB,000188,000206,000262,000243\r\n';

const portals: Socket[] = [];
const portalServers = Array.from({ length: loadCounts.portals }, (_, at) =>
  createServer({ noDelay: true }, (socket) => {
    portals[at] = socket;
    socket.on('error', () => undefined).resume();
    socket.write(idle);
  }),
);
let units = 0;
let pollIntervalsMs: number[] = [];
const modbusServer = createServer({ noDelay: true }, (socket) => {
  units += 1;
  answerModbus(socket, (intervalMs) => pollIntervalsMs.push(intervalMs));
});
const sensors = await connectAsync(brokerUrl, { protocolVersion: 4 });

const publish = (sensor: number): void => {
  const digits = encodeTime(Date.now());
  const reading = {
    time: new Date().toISOString(),
    doseRate: { value: Number(`0.${digits}`) },
    battery: 90,
    status: 'ok',
  };
  sensors.publish(sensorTopic(sensor), JSON.stringify(reading), { qos: 1 });
};
/** Devices are not in step with each other: each has its own place in the 200 ms, or in the second. */
const playStep = (step: number): void => {
  const withNeutrons = Math.floor(step / stepsPerSample) % 5 === 0;
  for (let at = step % stepsPerSample; at < loadCounts.portals; at += stepsPerSample) {
    const gamma = `GS,${encodeTime(Date.now())},000000,000000,000000\r\n`;
    portals[at]?.write(withNeutrons ? `NS,000000,000001,000000,000000\r\n${gamma}` : gamma);
  }
  const sensor = (step % (5 * stepsPerSample)) / 5;
  if (sensor < loadCounts.sensors && Number.isInteger(sensor)) publish(sensor);
};
const beganMs = performance.now();
let step = 0;
setInterval(() => {
  // Steps that were missed are made up, so that nobody's rate falls.
  for (; step * stepMs <= performance.now() - beganMs; step += 1) playStep(step);
}, stepMs);

process.on('message', (asked) => {
  if (asked === 'measure') pollIntervalsMs = [];
  process.send?.({ units, pollIntervalsMs: asked === 'end' ? pollIntervalsMs : [] } satisfies LoadReport);
});
process.on('disconnect', () => process.exit());
const portalPorts = await Promise.all(portalServers.map(listen));
process.send?.({ portals: portalPorts, modbus: await listen(modbusServer) } satisfies LoadPorts);

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1_024, resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
