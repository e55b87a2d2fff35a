#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { check } from './commands/check.ts';
import { record } from './commands/record.ts';
import { replay } from './commands/replay.ts';
import { serve } from './commands/serve.ts';
import { createToken, tokenOptions } from './commands/token.ts';
import { UsageError, usage } from './commands/usage.ts';
import { verify } from './commands/verify.ts';
import { LanewatchError } from './errors.ts';

type Run = (values: Readonly<Record<string, unknown>>) => number | Promise<number>;

/** Every command, and the options it takes. */
const commands: Readonly<Record<string, { readonly run: Run; readonly options: readonly string[] }>> = {
  serve: { run: serve, options: ['config', 'data', 'host', 'port'] },
  check: { run: check, options: ['config'] },
  verify: { run: verify, options: ['data'] },
  record: { run: record, options: ['config', 'device', 'out', 'seconds'] },
  replay: { run: replay, options: ['file', 'config', 'speed'] },
  'token create': { run: createToken, options: tokenOptions },
};

async function main(args: readonly string[]): Promise<number> {
  const name = args[0] === 'token' ? args.slice(0, 2).join(' ') : (args[0] ?? '');
  const command = commands[name];
  if (command === undefined) throw new UsageError(name === '' ? 'no command' : `there is no command ${name}`);
  const options = Object.fromEntries(command.options.map((option) => [option, { type: 'string' as const }]));
  const { values } = parseArgs({ args: args.slice(name.split(' ').length), options, allowPositionals: false });
  return await command.run(values);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const unusable = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  if (!unusable && !(error instanceof LanewatchError)) throw error;
  process.stderr.write(`${error.message}\n${unusable ? `${usage}\n` : ''}`);
  process.exitCode = 2;
}
