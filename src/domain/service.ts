import { z } from 'zod';

const Time = z.iso.datetime();

/** Alarms of what is `suppressed` (ISA-18.2 state F, by design) or `out-of-service` (G) are recorded, not presented. */
export const Service = z.enum(['in-service', 'suppressed', 'out-of-service']);
export const ServiceScope = z.enum(['lane', 'device']);

/** Whether a lane or a device is in service, as somebody last said. */
export const ServiceState = z.object({
  scope: ServiceScope,
  id: z.string(),
  version: z.int(),
  service: Service,
  reason: z.string().nullable(),
  by: z.string(),
  at: Time,
  until: Time.nullable().describe('It is back in service by itself then; null: when somebody says so.'),
});

export type Service = z.infer<typeof Service>;
export type ServiceScope = z.infer<typeof ServiceScope>;
export type ServiceState = z.infer<typeof ServiceState>;
