import type { Log } from '../ports/log.ts';

const say = (_fields: object, message: string) => void process.stderr.write(`${message}\n`);

/** For commands: warnings and errors in plain lines on stderr. */
export const stderrLog: Log = { debug: () => undefined, info: () => undefined, warn: say, error: say };
