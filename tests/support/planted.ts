import { ResultInput } from '../../src/domain/examination.ts';
import {
  closing,
  type DeskBench,
  deskBench,
  examinationRequest,
  gamma,
  identity,
  only,
  read,
  targetInput,
} from './desk-bench.ts';

/** Invented personal data, planted wherever a person or a vehicle can be named. None of it may reach whom it is not for. */
export const planted = {
  name: 'QUENTIN ZEPHYRINE',
  birthDate: '1961-02-03',
  passport: 'XK7719203',
  plate: 'ZQ-771-XX',
  text: 'says he is cousin Barnaby',
} as const;

/** Of the texts that may betray it: the values, and how they are normalised. */
export const betraying: readonly string[] = [...Object.values(planted), 'ZEPHYRINE', planted.plate.replaceAll('-', '')];

/** A person on a target list in a pedestrian lane and a truck with its plate: alarms, matches, verdicts, the whole loop. */
export function plantedHistory(): DeskBench {
  const bench = deskBench({ alarms: { twoPersons: { real: true } } });
  const target = targetInput({
    originator: 'piu-nl',
    reference: 'P-1',
    kind: 'passenger',
    name: planted.name,
    birthDate: planted.birthDate,
    identifiers: [
      { kind: 'travel-document', value: planted.passport, issuer: 'NLD' },
      { kind: 'plate', value: planted.plate },
      { kind: 'container', value: 'CSQU3054384' },
    ],
    reasons: [planted.text],
    instructions: planted.text,
    handling: { tlp: 'amber', release: ['customs-be'] },
  });
  bench.tell({ type: 'put-target', target }, { by: 'piu', role: 'targeting' });
  const targetId = only(bench.targets()).id;
  bench.tell({
    type: 'request-examination',
    request: examinationRequest({ targetId, reason: 'targeting-recommendation', instructions: planted.text }),
  });
  const holder = { name: planted.name, birthDate: planted.birthDate };
  const document = read('travel-document', planted.passport, { issuer: 'NLD', method: 'mrz', holder });
  const now = bench.nowMs();
  bench.see('pedestrian', 'reader', identity('r1', [{ ...document, raw: `P<NLD${planted.passport}` }], now));
  for (const lane of ['vehicle', 'container']) {
    bench.atS += 30;
    bench.see(lane, `rpm-${lane}`, { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see(lane, 'anpr', identity(`p-${lane}`, [read('plate', planted.plate.replaceAll('-', ''))], bench.nowMs()));
    bench.see(lane, `rpm-${lane}`, gamma(bench.nowMs(), 1));
    bench.see(lane, `rpm-${lane}`, closing(bench.nowMs()));
  }
  answer(bench);
  bench.atS += 600;
  bench.feed({ type: 'tick' });
  bench.feed({
    type: 'refused',
    refused: {
      deviceId: 'reader',
      laneId: 'pedestrian',
      code: 'malformed',
      reason: 'not a read',
      receivedAt: new Date(bench.nowMs()).toISOString(),
      length: 9,
      sha256: 'c'.repeat(64),
      bytes: planted.text,
    },
  });
  return bench;
}

/** Everything an officer can write, with the planted words in it. */
function answer(bench: DeskBench): void {
  const note = planted.text;
  const alarm = bench.alarms().find(({ signal }) => signal === 'gamma');
  const alarmId = alarm?.id ?? 'none';
  bench.tell({ type: 'comment', alarmId, text: note });
  bench.tell({ type: 'acknowledge', alarmId, note });
  const until = new Date(bench.nowMs() + 600_000).toISOString();
  bench.tell({ type: 'shelve', alarmId, reason: note, until });
  bench.tell({ type: 'unshelve', alarmId });
  bench.tell({ type: 'dispose', alarmId, class: 'real', code: 'snm', note });
  bench.tell({ type: 'dispose', alarmId, class: 'real', code: 'snm', note }, { by: 'ben', role: 'supervisor' });
  bench.tell({ type: 'reopen', alarmId, note });
  for (const match of bench.state.matches.values()) {
    bench.tell({ type: 'judge-match', matchId: match.id, verdict: 'confirmed', note });
  }
  const examination = only([...bench.state.examinations.values()]);
  const examinationId = examination.id;
  bench.tell({ type: 'accept-examination', examinationId });
  bench.tell({ type: 'start-examination', examinationId });
  const result = ResultInput.parse({ code: 'norm', findings: [{ what: note }], note });
  bench.tell({ type: 'result-examination', examinationId, result });
}
