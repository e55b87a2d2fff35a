import { z } from 'zod';

/** Fields and value lists of the DICOS Threat Detection Report (NEMA IIC 1), as JSON; see the sheet xray-tdr. */
const id = z.string().trim().min(1).max(200);
const text = z.string().max(2_000);
const optional = <Field extends z.ZodType>(field: Field) => field.nullish().transform((value) => value ?? null);

/** Years of four digits only, so that any offset still gives a date that ISO 8601 writes plainly. */
const timeMs = z.iso
  .datetime({ offset: true })
  .regex(/^[12]/, 'must be in the years 1000 to 2999')
  .transform((value) => Date.parse(value));

const Threat = z.object({
  ptoId: z.int(),
  category: z.enum([
    'EXPLOSIVE',
    'PI',
    'CONTRABAND',
    'ANOMALY',
    'LAPTOP',
    'PHARMACEUTICAL',
    'METAL',
    'NONMETAL',
    'OTHER',
    'UNKNOWN',
  ]),
  description: text.nullish().transform((value) => value ?? ''),
  assessment: z.enum(['HIGH_THREAT', 'THREAT', 'NO_THREAT', 'UNKNOWN']),
  probability: optional(z.number().min(0).max(1)),
  massG: optional(z.number().min(0)),
  densityGcm3: optional(z.number().min(0)),
  /** Effective atomic number. */
  zEff: optional(z.number().min(0)),
  volumeCm3: optional(z.number().min(0)),
  /** Corners in image pixels, [x, y, z]. */
  polygon: z
    .array(z.array(z.number()).min(2).max(3))
    .max(500)
    .nullish()
    .transform((value) => value ?? []),
});

/** One scan's report. Keys that are not here are tolerated and left aside. */
export const ThreatReport = z.object({
  scanId: id,
  tdrType: z.enum(['MACHINE', 'OPERATOR', 'GROUND TRUTH', 'AGGREGATE', 'MOD_AGGREGATE', 'UNDEFINED']),
  alarmDecision: z.enum(['ALARM', 'CLEAR', 'UNKNOWN']),
  alarmDecisionTime: timeMs,
  abort: optional(
    z.enum([
      'OVERSIZE_BAG',
      'CLIPPED_BAG',
      'INCOMPLETE_SCAN',
      'FAILED_RECON',
      'TIMEOUT',
      'NOT_REVIEWED',
      'UNKNOWN_DATATYPE',
      'USER_INTERRUPT',
      'OUT_OF_BOUNDS',
    ]),
  ),
  ooi: optional(
    z.object({
      id,
      idType: z.enum(['TEXT', 'RFID', 'BARCODE', 'MRP']),
      type: z.enum(['BIO_SAMPLE', 'CARGO', 'BAGGAGE', 'ANIMAL', 'PERSON', 'OTHER']),
    }),
  ),
  boardingPassId: optional(id),
  carrierId: optional(id),
  /** Who decided, where it was not the machine; and by which algorithm. */
  operator: optional(text),
  algorithm: optional(text),
  scanType: z.enum(['OPERATIONAL', 'NON_OPERATIONAL']).nullish(),
  threats: z
    .array(Threat)
    .max(500)
    .nullish()
    .transform((value) => value ?? []),
  imageUri: optional(text),
});
export type ThreatReport = z.infer<typeof ThreatReport>;
