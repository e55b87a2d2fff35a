import { createServer } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { connect } from 'mqtt';
import { type WebSocket, WebSocketServer } from 'ws';
import { loadCounts, sampleMs, sensorTopic } from './load-site.ts';

/**
 * The bare program the load stands beside: the same sockets read and cut into lines, the same units polled, the same topics
 * subscribed to with a session each, the newest value of each device sent to the live client every 100 ms. No decoding but of
 * that one value, no decisions, no memory. Arguments: broker address, ports of the portals, port of the units. Prints `ready PORT`.
 */
const [brokerUrl = '', portalPorts = '', modbusPort = ''] = process.argv.slice(2);
const readBlock = Buffer.from([0, 1, 0, 0, 0, 6, 1, 3, 0, 100, 0, 21]);

const waiting = new Map<string, { deviceId: string; quantity: string; value: number }>();
const put = (deviceId: string, quantity: string, value: number) => waiting.set(deviceId, { deviceId, quantity, value });

for (const [at, port] of portalPorts.split(',').entries()) {
  const socket = connectSocket({ host: '127.0.0.1', port: Number(port), noDelay: true });
  let rest = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('GS')) put(`portal-${at}`, 'gamma', Number(line.slice(3, 9)) * 5);
    }
  });
}
for (let at = 0; at < loadCounts.units; at += 1) {
  const socket = connectSocket({ host: '127.0.0.1', port: Number(modbusPort), noDelay: true });
  const poll = () => socket.write(readBlock);
  socket.on('connect', poll).on('data', () => setTimeout(poll, sampleMs));
}
for (let at = 0; at < loadCounts.sensors; at += 1) {
  const client = connect(brokerUrl, { clientId: `floor-${at}`, clean: false, protocolVersion: 5 });
  client.on('message', (_topic, payload) => {
    put(`sensor-${at}`, 'dose-rate', JSON.parse(payload.toString()).doseRate.value);
  });
  await client.subscribeAsync(sensorTopic(at), { qos: 1 });
}

const clients = new Set<WebSocket>();
setInterval(() => {
  if (waiting.size === 0) return;
  const frame = JSON.stringify({ readings: [...waiting.values()] });
  for (const client of clients) client.send(frame);
  waiting.clear();
}, 100);
const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => clients.add(socket));
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.stdout.write(`ready ${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
