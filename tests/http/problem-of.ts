import { expect } from 'vitest';

/** The problem a request was refused with (RFC 9457), which tells nothing of our inside. */
export async function problemOf(answer: Response): Promise<Record<string, unknown>> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await answer.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({ status: answer.status, title: expect.any(String), detail: expect.any(String) });
  expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts:\d/);
  return problem;
}
