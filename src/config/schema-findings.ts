import type { z } from 'zod';
import type { Finding } from './problem.ts';

/** What a schema held against `value`, one finding a fault, in words for the person who wrote the file. */
export function schemaFindings(
  error: z.ZodError | undefined,
  value: unknown,
  base: readonly PropertyKey[] = [],
): readonly Finding[] {
  return (error?.issues ?? []).flatMap((issue) => findingsOf(issue, value, base));
}

function findingsOf(issue: z.core.$ZodIssue, value: unknown, base: readonly PropertyKey[]): readonly Finding[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known key' }));
  }
  if (valueAt(value, issue.path) === undefined) return [{ path, message: 'is missing' }];
  return [{ path, message: wordsOf(issue) }];
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value') return `must be ${oneOf(issue.values)}`;
  if (issue.code === 'invalid_key') return issue.issues.map(wordsOf).join(', ');
  if (issue.code === 'invalid_union') {
    if ('options' in issue) return `must be ${oneOf(issue.options ?? [])}`;
    return issue.errors.map((branch) => branch.map(wordsOf).join(', ')).join(' or ');
  }
  return issue.message
    .replace(/^Too (small|big): expected \w+ to (be|have) /, 'must $2 ')
    .replace('>=', 'at least ')
    .replace('<=', 'at most ')
    .replace(/^Invalid \w+: /, '');
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
}

function article(type: string): string {
  const words: Readonly<Record<string, string>> = {
    int: 'a whole number',
    array: 'a list',
    object: 'a group of keys',
    record: 'a group of keys',
    boolean: 'true or false',
    string: 'text',
  };
  return words[type] ?? `a ${type}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}
