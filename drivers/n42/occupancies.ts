import type { Analysis, Measurement, N42Document } from './document.ts';

/** What one subject's passing gave: its measurements in time order, and what the instrument concluded from them. */
export interface N42Occupancy {
  /** Within the document. */
  readonly number: number;
  readonly measurements: readonly Measurement[];
  readonly analyses: readonly Analysis[];
}

/**
 * One measurement group is one occupancy where there are groups; else the whole document is one. An analysis goes where it
 * points to; one that points nowhere goes to the last.
 */
export function occupanciesOf({ measurements, analyses }: N42Document): readonly N42Occupancy[] {
  const inOrder = measurements.toSorted((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0));
  const groups = [...new Set(inOrder.flatMap((measurement) => measurement.groups))];
  const names = groups.length === 0 ? [''] : groups;
  const held = names.map((name) => inOrder.filter((one) => one.groups.length === 0 || one.groups.includes(name)));
  const placeOf = ({ groups: pointed, measurements: from }: Analysis): number => {
    const byGroup = names.findIndex((name) => pointed.includes(name));
    if (byGroup >= 0) return byGroup;
    const byMeasurement = held.findIndex((group) =>
      group.some(({ id, groups: own }) => own.length > 0 && from.includes(id)),
    );
    return byMeasurement >= 0 ? byMeasurement : names.length - 1;
  };
  return names.map((_, number) => ({
    number,
    measurements: held[number] ?? [],
    analyses: analyses.filter((analysis) => placeOf(analysis) === number),
  }));
}

/** Is there anybody or anything it is about? A background or a self-test alone is no passage. */
export function isPassing({ measurements, analyses }: N42Occupancy): boolean {
  return (
    measurements.some(({ occupied, class: kind }) => occupied === true || (occupied === null && isForeground(kind))) ||
    analyses.some(({ alarms, nuclides }) => alarms.length + nuclides.length > 0)
  );
}

/** The measurements while the subject was there: those marked occupied, else those of the foreground. */
export function presentIn({ measurements }: N42Occupancy): readonly Measurement[] {
  const raw = measurements.filter(({ derived }) => !derived);
  const occupied = raw.filter((one) => one.occupied === true);
  return occupied.length > 0 ? occupied : raw.filter((one) => one.occupied !== false && isForeground(one.class));
}

/** The measurements while nobody was there: those called background, else those marked not occupied. */
export function absentIn({ measurements }: N42Occupancy): readonly Measurement[] {
  const free = measurements.filter(({ occupied, derived }) => occupied !== true && !derived);
  const named = free.filter((one) => /^background$/i.test(one.class));
  return named.length > 0 ? named : free.filter((one) => one.occupied === false);
}

function isForeground(kind: string): boolean {
  return !/^(background|calibration|intrinsicactivity|notspecified)$/i.test(kind);
}
