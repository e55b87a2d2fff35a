/** What a trace detector prints, whatever its profile. */
export type TraceRecord =
  | {
      readonly type: 'sample';
      readonly serial: string;
      readonly number: number;
      readonly atMs: number;
      /** As the unit calls it, e.g. EXPL, NARC, DUAL. */
      readonly mode: string;
      readonly result: 'ALARM' | 'PASS' | 'ERROR';
      readonly substances: readonly {
        readonly name: string;
        readonly peak: number;
        readonly threshold: number | null;
        readonly k0: number | null;
      }[];
      readonly subject: string | null;
    }
  | {
      readonly type: 'state';
      readonly serial: string;
      readonly state: UnitState;
      readonly code: string;
      readonly text: string;
    };

export const unitStates = ['READY', 'WARMUP', 'CALIBRATE', 'BAKEOUT', 'FAULT'] as const;
export type UnitState = (typeof unitStates)[number];

export type Decoded =
  | { readonly ok: true; readonly record: TraceRecord }
  | { readonly ok: false; readonly code: string; readonly reason: string };
