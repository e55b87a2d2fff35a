import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { until } from '../../tests/support/until.ts';
import { lifeOf } from './life.ts';

test('work is waited for; once the connection is gone, it is not', async () => {
  const gone = Promise.withResolvers<never>();
  const during = lifeOf(gone.promise);
  await expect(during(Promise.resolve(1))).resolves.toBe(1);
  await expect(during(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  const waiting = during(new Promise(() => undefined));
  gone.reject(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(during(new Promise(() => undefined))).rejects.toThrow('gone');
});

test('nothing of what was waited for is kept', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const during = lifeOf(new Promise<never>(() => undefined));
  const answers: WeakRef<object>[] = [];
  for (let at = 0; at < 100; at += 1) {
    answers.push(new WeakRef(await during(Promise.resolve({ at }))));
  }
  await until('the answers collected', () => {
    collectGarbage();
    return answers.filter((answer) => answer.deref() !== undefined).length <= 1;
  });
  // Still in use: what is tested is a connection that lives.
  await expect(during(Promise.resolve(1))).resolves.toBe(1);
});
