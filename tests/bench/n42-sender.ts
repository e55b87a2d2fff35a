import { createServer, type Socket } from 'node:net';
import { n42Document } from '../../simulators/n42-documents.ts';

/**
 * A spectroscopic portal in a process of its own: sends the same pass-through, each time under another identifier, between STX
 * and ETX to whoever is connected. Arguments: least bytes of the document, milliseconds between two. Prints `ready PORT`.
 */
const [leastBytes = '', everyMs = ''] = process.argv.slice(2);
const mark = 'document-000000';

const passing = {
  documentId: mark,
  startedAtMs: Date.now(),
  channels: 1_024,
  nuclides: ['Cs-137'],
  neutronAlarm: false,
  container: null,
  speedMs: 2.2,
  fault: null,
  random: Math.random,
};
let document = '';
for (let slices = 400; document.length < Number(leastBytes); slices += 100)
  document = n42Document({ ...passing, slices });
const [before = '', after = ''] = document.split(mark);
const [head, tail] = [Buffer.from(`\x02${before}`), Buffer.from(`${after}\x03\r\n`)];

const clients = new Set<Socket>();
let sent = 0;
setInterval(() => {
  for (const client of clients) {
    sent += 1;
    client.write(head);
    client.write(mark.slice(0, -6) + String(sent).padStart(6, '0'));
    client.write(tail);
  }
}, Number(everyMs));
const server = createServer({ noDelay: true }, (socket) => {
  clients.add(socket);
  socket.on('error', () => undefined).on('close', () => clients.delete(socket));
  socket.resume();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`ready ${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
