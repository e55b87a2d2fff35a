import { appendFileSync } from 'node:fs';
import { externalBroker } from '../../drivers/transport/mqtt.ts';
import { silentLog } from '../support/driver-bench.ts';

/**
 * Lanewatch's side in a process of its own, made to be killed: `URL TOPIC LEDGER PROTOCOL`. Every message goes into the ledger, one
 * line each, in batches; only then is it acknowledged.
 */
const [url = '', topic = '', ledger = '', protocol] = process.argv.slice(2);
const bus = externalBroker({ url, clientIdPrefix: 'lanewatch', protocolVersion: protocol === '4' ? 4 : 5 }, silentLog);
const messages = await bus.subscribe({ subscriber: 'killed', topic, qos: 1 }, new AbortController().signal);

let batch: { text: string; acknowledge: () => void }[] = [];
for await (const { payload, acknowledge } of messages) {
  batch.push({ text: Buffer.from(payload).toString(), acknowledge: () => acknowledge(true) });
  if (batch.length === 1) setTimeout(commit, 3);
}

function commit() {
  const committed = batch;
  batch = [];
  appendFileSync(ledger, committed.map(({ text }) => `${text}\n`).join(''));
  for (const { acknowledge } of committed) acknowledge();
}
