import { WebhookAllow } from './fields.ts';
import type { Finding } from './problem.ts';

const variable = 'LANEWATCH_WEBHOOK_ALLOW';

/** What the environment allows webhooks to post to, beside the file: a list separated by commas. */
export function webhookAllowOf(env: Readonly<Record<string, string | undefined>>): {
  readonly allow: readonly string[];
  readonly findings: readonly Finding[];
} {
  const entries = (env[variable] ?? '').split(',').map((entry) => entry.trim());
  const allow = entries.filter((entry) => entry !== '');
  const wrong = allow.filter((entry) => !WebhookAllow.safeParse(entry).success);
  const findings = wrong.map((entry) => ({
    path: [],
    message: `${variable}: "${entry}" must be a host name, an IP address or a network`,
  }));
  return { allow, findings };
}
