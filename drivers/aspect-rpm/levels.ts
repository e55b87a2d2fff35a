import type { ConditionReport, Reading } from '../../src/domain/observation.ts';
import type { MonitorBlock } from './decode.ts';

const channels = ['gamma', 'neutron'] as const;

/** The counts of one poll, as they are; their window is not published. */
export function readingsOf(block: MonitorBlock, observedAtMs: number): readonly Reading[] {
  return channels.flatMap((name) => {
    const { count, background, alarm } = block[name];
    return [
      {
        type: 'reading',
        quantity: name,
        value: count,
        unit: 'counts',
        quality: alarm ? 'alarm' : 'good',
        observedAtMs,
      },
      {
        type: 'reading',
        quantity: `${name}-background`,
        value: background,
        unit: 'counts',
        quality: 'good',
        observedAtMs,
      },
    ] as const;
  });
}

/** What is set of inputs, outputs and channel status, by name, for the technician; what is a condition stands there too. */
export function settingsOf({
  inputs,
  outputs,
  gamma,
  neutron,
  objectMark,
}: MonitorBlock): Readonly<Record<string, string | number>> {
  const named = (flags: Readonly<Record<string, boolean>>) =>
    Object.keys(flags)
      .filter((name) => flags[name] === true)
      .join(' ');
  return {
    inputs: named(inputs),
    outputs: named(outputs),
    gammaStatus: named(gamma.status),
    neutronStatus: named(neutron.status),
    objectMark,
  };
}

/** Every condition the monitor can tell, on or off, as of one poll. */
export function conditionsOf(
  { gamma, neutron, inputs }: MonitorBlock,
  observedAtMs: number,
): readonly ConditionReport[] {
  const told = (
    code: string,
    active: boolean,
    severity: ConditionReport['severity'],
    text: string,
  ): ConditionReport => ({
    type: 'condition',
    code,
    active,
    severity,
    text,
    observedAtMs,
  });
  const perChannel = channels.flatMap((name) => {
    const { status } = name === 'gamma' ? gamma : neutron;
    return [
      told(`${name}-count-low`, status.lowCount, 'error', `${name} count too low`),
      told(`${name}-count-high`, status.highCount, 'error', `${name} count too high`),
      told(`${name}-overload`, status.overload, 'fatal', `${name} channel overloaded`),
      told(`${name}-not-ready`, !status.ready, 'warning', `${name} channel not ready`),
    ];
  });
  return [
    ...perChannel,
    told('power-fail', inputs.powerFail, 'error', 'mains power failed'),
    told('low-battery', inputs.lowBattery, 'warning', 'battery low'),
    told('tamper', inputs.open, 'error', 'cabinet open'),
    told('device-error', inputs.error, 'error', 'the device reports an error'),
  ];
}
