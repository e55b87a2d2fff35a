/** One sample as the unit has it. `time`: ISO 8601, UTC. */
export interface SpokenSample {
  readonly result: string;
  readonly mode: string;
  readonly substances: readonly {
    readonly name: string;
    readonly peak: number;
    readonly threshold: number;
    readonly k0: number;
  }[];
  readonly subject: string;
}

/** How a unit writes its records. */
export interface Speech {
  sample(number: number, time: string, sample: SpokenSample): string;
  status(state: string, code: string, text: string): string;
}

/** The profile `generic-ims`. */
export function ims(serial: string): Speech {
  return {
    sample: (number, time, { mode, result, substances, subject }) => {
      const found = substances.map(({ name, peak, threshold, k0 }) => `${name},${peak},${threshold},${k0}`);
      const fields = ['#SMP', serial, number, `${time.slice(0, 19)}Z`, mode, result, found.length, ...found, subject];
      return withSum(fields.join(';'));
    },
    status: (state, code, text) => withSum(['#STA', serial, state, code, text].join(';')),
  };
}

/** The profile `generic-kv`. Its clock shows UTC: the site's zone must be that. */
export function kv(serial: string): Speech {
  const block = (pairs: readonly (readonly [string, string | number])[]) =>
    `${pairs.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n`;
  return {
    sample: (number, time, { result, substances, subject }) => {
      const [year, month, day] = time.slice(0, 10).split('-');
      return block([
        ['UNIT', serial],
        ['SAMPLE', number],
        ['DATE', `${day}/${month}/${year}`],
        ['TIME', time.slice(11, 19)],
        ['RESULT', result],
        ...substances.flatMap(({ name, peak }) => [['SUBSTANCE', name] as const, ['AMPLITUDE', peak] as const]),
        ['OPERATOR', 'op1'],
        ['SUBJECT', subject],
      ]);
    },
    status: (state, code, text) =>
      block([
        ['UNIT', serial],
        ['STATUS', state],
        ['CODE', code],
        ['TEXT', text],
      ]),
  };
}

/** The line with its checksum, the XOR of the bytes before the star, and its end. */
function withSum(text: string): string {
  const sum = [...Buffer.from(text, 'latin1')].reduce((xor, byte) => xor ^ byte, 0);
  return `${text}*${sum.toString(16).padStart(2, '0').toUpperCase()}\r\n`;
}
