import { z } from 'zod';

/** Closed lists of the domain's words, each used by more than one resource. */
export const Signal = z.enum([
  'gamma',
  'neutron',
  'isotope',
  'xray-object',
  'trace-substance',
  'chemical-agent',
  'condition',
]);
export const Hazard = z.enum([
  'radiological',
  'nuclear',
  'explosive',
  'narcotic',
  'chemical',
  'biological',
  'weapon',
  'contraband',
  'anomaly',
  'unknown',
]);
export const Priority = z.enum(['critical', 'high', 'medium', 'low']);
export const Mode = z.enum(['operational', 'exercise', 'test', 'training']);
/** What a scan or sample concluded. `unknown` and `aborted` are handled like `alarm`, priority low. */
export const ScanDecision = z.enum(['alarm', 'clear', 'unknown', 'aborted']);
export const Severity = z.enum(['fatal', 'error', 'warning']);
export const LaneKind = z.enum(['vehicle', 'container', 'rail', 'pedestrian', 'baggage', 'parcel', 'cargo']);
export const IdentifierKind = z.enum([
  'container',
  'plate',
  'travel-document',
  'boarding-pass',
  'bag-tag',
  'awb',
  'bill-of-lading',
  'declaration',
  'flight',
  'imo',
  'uld',
  'rfid',
  'gmr',
  'other',
]);
/** How an identifier was read (NIEM IDAcquisitionMethodCode, in our words). */
export const ReadMethod = z.enum([
  'barcode',
  'plate-reader',
  'ocr',
  'rfid',
  'mrz',
  'manual',
  'on-request',
  'other',
  'missing',
  'unknown',
]);
/** Traffic Light Protocol 2.0 (FIRST): how far something may be passed on, from everybody to the named few. */
export const Tlp = z.enum(['clear', 'green', 'amber', 'amber+strict', 'red']);
/** How much of what tells who somebody is. */
export const PersonalData = z.enum(['none', 'masked', 'full']);

export type Signal = z.infer<typeof Signal>;
export type Hazard = z.infer<typeof Hazard>;
export type Priority = z.infer<typeof Priority>;
export type Mode = z.infer<typeof Mode>;
export type ScanDecision = z.infer<typeof ScanDecision>;
export type Severity = z.infer<typeof Severity>;
export type LaneKind = z.infer<typeof LaneKind>;
export type IdentifierKind = z.infer<typeof IdentifierKind>;
export type ReadMethod = z.infer<typeof ReadMethod>;
export type Tlp = z.infer<typeof Tlp>;
export type PersonalData = z.infer<typeof PersonalData>;
