import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openLineServer } from './line-server.ts';
import { endLine, line, speedLine } from './tsa-lines.ts';

/** What the portal can be told to do, beside the common faults. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('occupancy'),
    durationS: z.number().min(0).max(600),
    /** Peak of the one-second window above background, in sigma; the portal alarms above 7. */
    gammaSigma: z.number().min(0).default(0),
    neutronAlarm: z.boolean().default(false),
    speedKmh: z.number().min(1).max(200).default(8),
    /** Shortens the pace of 200 ms. */
    speedup: z.number().min(1).default(1),
    loseGx: z.boolean().default(false),
  }),
  z.strictObject({ do: z.literal('tamper'), on: z.boolean() }),
  /** A background too high or too low, once; the next one is good again. */
  z.strictObject({
    do: z.literal('background-fault'),
    channel: z.enum(['gamma', 'neutron']),
    level: z.enum(['high', 'low']),
  }),
  /** Any line; its end is added. */
  z.strictObject({ do: z.literal('raw'), line: z.string() }),
]);
type Occupancy = Extract<z.infer<typeof Action>, { do: 'occupancy' }>;

/** Counts per second of the four detectors, as the sheet's example has them. */
const background = [188, 206, 262, 243] as const;
const backgroundEveryMs = 5_000;
const sampleMs = 200;
const alarmSigma = 7;
/** The portal sends this many samples at once when a subject enters. */
const burst = 5;

/** A portal on TCP, or on a pseudo-terminal for a serial link. */
export const tsaRpmSimulator = defineSimulator({
  driver: 'tsa-rpm',
  actions: Action,
  start: async ({ link, random }) => {
    let counter = 0;
    const noisy = (mean: number) =>
      Math.max(0, Math.round(mean + Math.sqrt(mean) * (random() + random() + random() - 1.5)));
    const idle = () => `${line('NB', [0, 0, 1, 0])}${line('GB', background.map(noisy))}`;
    const wire = await openLineServer(link, (greet) => void greet(idle()));
    const say = (text: string) => void wire.say(text);
    let occupied = false;
    const timer = setInterval(() => {
      if (!occupied) say(idle());
    }, backgroundEveryMs);

    const pass = async (action: Occupancy, signal: AbortSignal) => {
      const { durationS, gammaSigma, neutronAlarm, speedKmh, speedup, loseGx } = action;
      occupied = true;
      counter += 1;
      const steps = Math.max(1, Math.round((durationS * 1000) / sampleMs));
      const total = background.reduce((sum, cps) => sum + cps, 0);
      for (let step = 0; step < steps && !signal.aborted; step += 1) {
        const shape = Math.exp(-(((step / steps - 0.5) / 0.2) ** 2));
        const sigma = gammaSigma * shape;
        const excess = (sigma * Math.sqrt(total)) / total;
        const counts = background.map((cps) => noisy((cps * (1 + excess)) / 5));
        const neutrons = neutronAlarm ? [Math.round(6 * shape), Math.round(8 * shape), 1, 0] : [0, 0, 0, 1];
        let text = line(sigma > alarmSigma ? 'GA' : 'GS', counts);
        if (step % 5 === 0) text = line(neutronAlarm && shape > 0.4 ? 'NA' : 'NS', neutrons) + text;
        if (step === Math.floor(steps / 2)) text += speedLine(speedKmh);
        say(text);
        if (step >= burst - 1) await wait(sampleMs / speedup, undefined, { signal }).catch(() => undefined);
      }
      if (!loseGx) say(endLine(counter));
      say(idle());
      occupied = false;
    };

    return {
      wire,
      play: async (action, signal) => {
        switch (action.do) {
          case 'occupancy':
            return pass(action, signal);
          case 'tamper':
            return say(line(action.on ? 'TT' : 'TC', action.on ? [0, 0, 0, 0] : [111_111, 111_111, 111_111, 111_111]));
          case 'background-fault': {
            const tag = `${action.channel === 'gamma' ? 'G' : 'N'}${action.level === 'high' ? 'H' : 'L'}`;
            return say(line(tag, action.level === 'high' ? [900, 900, 900, 900] : [2, 1, 0, 3]));
          }
          case 'raw':
            return say(`${action.line}\r\n`);
          default:
            action satisfies never;
        }
      },
      restartCounter: () => {
        counter = 0;
      },
      stop: () => clearInterval(timer),
    };
  },
});
