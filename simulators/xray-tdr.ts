import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openDocumentSender } from './documents.ts';

/** A threat as the sheet has it; `ptoId` counts from 1 where it is not given. */
const Threat = z.strictObject({
  ptoId: z.int().optional(),
  category: z.string().default('ANOMALY'),
  description: z.string().default(''),
  assessment: z.string().default('THREAT'),
  probability: z.number().optional(),
  massG: z.number().optional(),
  densityGcm3: z.number().optional(),
  zEff: z.number().optional(),
  volumeCm3: z.number().optional(),
  polygon: z.array(z.array(z.number())).optional(),
});

/** What the scanner can be told to do, beside the common faults. The words are not checked against the sheet: a scanner can be wrong. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('scan'),
    /** By default a new one; for a report that is not the machine's, that of the scan before. */
    scanId: z.string().optional(),
    decision: z.string().default('CLEAR'),
    abort: z.string().nullable().default(null),
    tdrType: z.string().default('MACHINE'),
    subject: z
      .strictObject({ id: z.string(), idType: z.string().default('BARCODE'), type: z.string().default('CARGO') })
      .nullable()
      .default(null),
    boardingPassId: z.string().nullable().default(null),
    threats: z.array(Threat).default([]),
    nonOperational: z.boolean().default(false),
    /** How long the scanner works on it before the report leaves. */
    delayS: z.number().min(0).max(600).default(0),
  }),
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
  z.strictObject({
    do: z.literal('big'),
    bytes: z
      .int()
      .min(1)
      .max(15 * 1024 * 1024),
  }),
  z.strictObject({ do: z.literal('clock'), offsetS: z.number() }),
]);
export type ScanAction = Extract<z.infer<typeof Action>, { do: 'scan' }>;

/** A scanner that publishes threat detection reports. */
export const xrayTdrSimulator = defineSimulator({
  driver: 'xray-tdr',
  actions: Action,
  start: async (setup) => {
    const wire = openDocumentSender(setup);
    let scanId = '';
    return {
      wire,
      play: async (action, signal) => {
        switch (action.do) {
          case 'scan':
            scanId = action.scanId ?? (action.tdrType === 'MACHINE' || scanId === '' ? wire.nextId() : scanId);
            await wait(action.delayS * 1000, undefined, { signal });
            return wire.send(reportOf(action, scanId, wire.time()));
          case 'raw':
            return wire.send(action.text);
          case 'big':
            return wire.send('x'.repeat(action.bytes));
          case 'clock':
            return wire.setClock(action.offsetS);
          default:
            action satisfies never;
        }
      },
      restartCounter: wire.restartIds,
    };
  },
});

/** The report of a scan, decided at `time` (ISO 8601). */
export function reportOf(action: ScanAction, scanId: string, time: string): object {
  const { tdrType, decision, delayS, abort, subject, boardingPassId, nonOperational, threats } = action;
  return {
    scanId,
    tdrType,
    alarmDecision: decision,
    alarmDecisionTime: time,
    totalProcessingTimeS: delayS,
    abort,
    ooi: subject,
    boardingPassId,
    carrierId: null,
    operator: null,
    algorithm: 'lanewatch\\simulator\\1',
    scanType: nonOperational ? 'NON_OPERATIONAL' : 'OPERATIONAL',
    threats: threats.map((threat, index) => ({ ptoId: index + 1, ...threat })),
    imageUri: null,
  };
}
