import { createServer } from 'node:http';
import Database from 'better-sqlite3';
import { connect } from 'mqtt';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The bare path every figure stands beside, in a process of its own: MQTT QoS 1 subscriber → JSON.parse → SQLite group
 * commit (WAL, FULL, one transaction a turn of the event loop) → WebSocket send. No decoding, no decisions, no history.
 * Arguments: broker address, topic, database file. Prints `ready PORT`.
 */
const [url = '', topic = '', file = ''] = process.argv.slice(2);
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE events (sequence INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT');
const insert = db.prepare('INSERT INTO events (json) VALUES (?)');
const commit = db.transaction((texts: readonly string[]) => {
  for (const text of texts) insert.run(text);
});

const clients = new Set<WebSocket>();
let pending: string[] = [];
const flush = (): void => {
  const texts = pending;
  pending = [];
  commit.immediate(texts);
  for (const client of clients) for (const text of texts) client.send(text);
};
const client = connect(url, { clientId: 'floor', clean: false, protocolVersion: 5 });
client.on('message', (_topic, payload) => {
  pending.push(JSON.stringify(JSON.parse(payload.toString())));
  if (pending.length === 1) setImmediate(flush);
});
await client.subscribeAsync(topic, { qos: 1 });

const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => clients.add(socket));
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.stdout.write(`ready ${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
