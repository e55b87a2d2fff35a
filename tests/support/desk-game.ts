import fc from 'fast-check';
import { ResultInput } from '../../src/domain/examination.ts';
import { closing, type deskBench, examinationRequest, gamma, identity, read, targetInput, xray } from './desk-bench.ts';

/** One thing that may happen; small alphabets, so that sequences collide. */
const happening = fc.oneof(
  fc.record({ what: fc.constant('tick' as const), afterS: fc.integer({ min: 0, max: 4_000 }) }),
  // The clock is set back.
  fc.record({ what: fc.constant('tick' as const), afterS: fc.integer({ min: -4_000, max: -1 }) }),
  fc.record({
    what: fc.constantFrom('open', 'gamma', 'end', 'close', 'offline', 'online'),
    device: fc.constantFrom('rpm-a', 'rpm-b'),
  }),
  fc.record({
    what: fc.constant('read' as const),
    id: fc.nat(20),
    value: fc.constantFrom('CSQU3054383', 'TGHU7654321'),
  }),
  fc.record({
    what: fc.constant('scan' as const),
    id: fc.nat(5),
    decision: fc.constantFrom('alarm', 'clear', 'unknown'),
    digest: fc.constantFrom('b', 'c'),
  }),
  fc.record({
    what: fc.constant('target' as const),
    reference: fc.constantFrom('FT-1', 'FT-2'),
    value: fc.constantFrom('CSQU3054383', 'TGHU7654321'),
    fromS: fc.constantFrom(0, 60),
    forS: fc.constantFrom(0, 600),
  }),
  fc.record({
    what: fc.constant('condition' as const),
    code: fc.constantFrom('fan', 'door', 'lid'),
    active: fc.boolean(),
    severity: fc.constantFrom('warning', 'error'),
  }),
  fc.record({
    what: fc.constant('service' as const),
    scope: fc.constantFrom('lane', 'device'),
    service: fc.constantFrom('in-service', 'suppressed', 'out-of-service'),
    forS: fc.constantFrom(0, 60),
  }),
  fc.record({
    what: fc.constantFrom(
      'acknowledge',
      'dispose',
      'find-real',
      'comment',
      'judge',
      'reject',
      'withdraw',
      'shelve',
      'unshelve',
      'reopen',
    ),
    nth: fc.nat(3),
  }),
  fc.record({ what: fc.constantFrom('ask-alarm', 'ask-target', 'ask-passage'), nth: fc.nat(2) }),
  fc.record({ what: fc.constantFrom('accept', 'assign', 'start', 'result', 'cancel', 'deliver'), nth: fc.nat(2) }),
);
/** So that time does to alarms whatever it can within these few steps. */
export const hasty = {
  profiles: [
    { name: 'slow', code: ['fan'], onDelayS: 30, offDelayS: 30 },
    { name: 'often', code: ['door'], repeatCount: 2, repeatWindowS: 600 },
  ],
  twoPersons: { real: true },
  escalation: { criticalS: 60, highS: 60, mediumS: 60, lowS: 60 },
  reAlarm: { criticalS: 100, highS: 100, mediumS: 100, lowS: 100 },
  staleS: 600,
  chattering: { count: 2, withinS: 600 },
  flood: { beginsAbove: 3, endsBelow: 2, positions: [{ id: 'yard', lanes: ['container'] }] },
};
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** The loop of examinations needs something to be about, which chance alone seldom brings. */
const subject: readonly Happening[] = [
  { what: 'target', reference: 'FT-1', value: 'CSQU3054383', fromS: 0, forS: 0 },
  { what: 'open', device: 'rpm-a' },
  { what: 'gamma', device: 'rpm-a' },
  { what: 'read', id: 0, value: 'CSQU3054383' },
];
const ofTheLoop = new Set(['tick', 'close', 'ask-alarm', 'ask-target', 'ask-passage', 'accept', 'start', 'result']);
/** Nor does chance alone often end a target, reject it, or let it go. */
const ofTargets = new Set(['tick', 'read', 'target', 'withdraw', 'reject']);
const among = (names: ReadonlySet<string>) =>
  fc.array(
    happening.filter(({ what }) => names.has(what)),
    { minLength: 10, maxLength: 40 },
  );
export const steps = fc.oneof(
  fc.array(happening, { maxLength: 60 }),
  among(ofTheLoop).map((loop) => [...subject, ...loop]),
  among(ofTargets),
);

export function play(bench: ReturnType<typeof deskBench>, step: Happening): void {
  const now = bench.nowMs();
  switch (step.what) {
    case 'tick':
      bench.atS += 'afterS' in step ? step.afterS : 0;
      bench.feed({ type: 'tick' });
      return;
    case 'open':
      bench.see('container', step.device, { type: 'occupancy-opened', complete: true, observedAtMs: now });
      return;
    case 'gamma':
    case 'end':
      bench.see('container', step.device, gamma(now, 1, step.what === 'gamma'));
      return;
    case 'close':
      bench.see('container', step.device, closing(now));
      return;
    case 'offline':
    case 'online':
      bench.feed({ type: 'link', deviceId: step.device, laneId: 'container', state: step.what, reason: null });
      return;
    case 'read':
      bench.see('container', 'ocr', identity(`r${step.id}`, [read('container', step.value)], now));
      return;
    case 'scan':
      bench.see('container', 'xray', xray(`x${step.id}`, step.decision as 'alarm', now), {
        sha256: step.digest.repeat(64),
      });
      return;
    case 'condition': {
      const { active, severity } = step;
      const told = { type: 'condition', code: step.code, text: 'fan', observedAtMs: now } as const;
      bench.see('container', 'rpm-a', { ...told, active, severity: severity as 'error' });
      return;
    }
    case 'service': {
      const { scope, service, forS } = step;
      const id = scope === 'lane' ? 'container' : 'xray';
      const until = forS === 0 || service === 'in-service' ? undefined : new Date(now + forS * 1000).toISOString();
      bench.tell({
        type: 'set-service',
        scope: scope as 'lane',
        id,
        service: service as 'suppressed',
        reason: 'x',
        until,
      });
      return;
    }
    case 'target':
      bench.tell({
        type: 'put-target',
        target: targetInput({
          reference: step.reference,
          identifiers: [{ kind: 'container', value: step.value }],
          ...(step.fromS === 0 ? {} : { validFrom: new Date(now + step.fromS * 1000).toISOString() }),
          ...(step.forS === 0 ? {} : { validUntil: new Date(now + step.forS * 1000).toISOString() }),
        }),
      });
      return;
    default:
      command(bench, step.what, 'nth' in step ? step.nth : 0);
  }
}

function command(bench: ReturnType<typeof deskBench>, what: string, nth: number): void {
  const alarms = bench.alarms();
  const alarmId = alarms[nth % Math.max(1, alarms.length)]?.id ?? 'none';
  const matchId = [...bench.state.matches.keys()][nth] ?? 'none';
  const until = new Date(bench.nowMs() + 600_000).toISOString();
  try {
    if (what === 'acknowledge') bench.tell({ type: 'acknowledge', alarmId });
    else if (what === 'dispose') bench.tell({ type: 'dispose', alarmId, class: 'false', code: 'nii-false' });
    else if (what === 'find-real') {
      const actor = { by: nth % 2 === 0 ? 'anna' : 'ben', role: 'operator' };
      bench.tell({ type: 'dispose', alarmId, class: 'real', code: 'snm' }, actor);
    } else if (what === 'comment') bench.tell({ type: 'comment', alarmId, text: 'x' });
    else if (what === 'shelve') bench.tell({ type: 'shelve', alarmId, reason: 'x', until });
    else if (what === 'unshelve') bench.tell({ type: 'unshelve', alarmId });
    else if (what === 'reopen') bench.tell({ type: 'reopen', alarmId });
    else if (what === 'judge') bench.tell({ type: 'judge-match', matchId, verdict: 'confirmed' });
    else if (what === 'reject') bench.tell({ type: 'judge-match', matchId, verdict: 'rejected' });
    else if (what === 'withdraw') bench.tell({ type: 'withdraw-target', targetId: bench.targets()[nth]?.id ?? 'none' });
    else examination(bench, what, nth, alarmId);
  } catch (error) {
    // Forbidden moves are part of the game; anything else is a fault.
    if (!(error instanceof Error) || !error.message.startsWith('refused:')) throw error;
  }
}

function examination(bench: ReturnType<typeof deskBench>, what: string, nth: number, alarmId: string): void {
  const examinationId = [...bench.state.examinations.keys()][nth] ?? 'none';
  const dueAt = new Date(bench.nowMs() + 1_000_000).toISOString();
  const ask = (about: object) =>
    bench.tell({ type: 'request-examination', request: examinationRequest({ ...about, dueAt }) });
  if (what === 'ask-alarm') ask({ alarmId });
  else if (what === 'ask-target') ask({ targetId: bench.targets()[nth]?.id ?? 'none' });
  else if (what === 'ask-passage') ask({ passageId: bench.passages()[nth]?.id ?? 'none' });
  else if (what === 'accept') bench.tell({ type: 'accept-examination', examinationId });
  else if (what === 'assign') bench.tell({ type: 'assign-examination', examinationId, assignee: 'otto' });
  else if (what === 'start') bench.tell({ type: 'start-examination', examinationId });
  else if (what === 'cancel') bench.tell({ type: 'cancel-examination', examinationId, reason: 'x' });
  else if (what === 'deliver') bench.tell({ type: 'acknowledge-delivery', examinationId });
  else bench.tell({ type: 'result-examination', examinationId, result: ResultInput.parse({ code: 'norm' }) });
}
