import type { DeviceStatus, LiveReading } from '../contract/resources.ts';
import { Ago } from '../parts/ago.tsx';
import { useSelected } from '../shell/context.ts';
import { seriesKey } from '../state/state.ts';
import { numberText } from '../words/alarm-words.ts';
import { Sparkline } from './sparkline.tsx';

const none: readonly LiveReading[] = [];

function useSeries(deviceId: string, quantity: string): readonly LiveReading[] {
  return useSelected((state) => state.series.get(seriesKey(deviceId, quantity)) ?? none);
}

/** A portal's live gamma (and neutron) count rate. A value of a device that is not online is called old. */
export function CountRate({ device }: { readonly device: DeviceStatus }) {
  const gamma = useSeries(device.id, 'gamma');
  const neutron = useSeries(device.id, 'neutron').at(-1);
  const background = useSeries(device.id, 'gamma-background').at(-1)?.value ?? null;
  const threshold = useSeries(device.id, 'gamma-threshold').at(-1)?.value ?? null;
  const latest = gamma.at(-1);
  if (latest === undefined) return null;
  const text = `${numberText(latest.value)} ${latest.unit}`;
  const levels = [
    background === null ? '' : `background ${numberText(background)}`,
    threshold === null ? '' : `threshold ${numberText(threshold)}`,
  ].filter(Boolean);
  return (
    <div className="count-rate" data-old={device.state !== 'online'}>
      <Sparkline
        readings={gamma}
        background={background}
        threshold={threshold}
        label={`Gamma at ${device.id}: ${text}, ${levels.join(', ')}`}
      />
      <p className="count-words">
        <span data-quality={latest.quality}>
          Gamma <b>{text}</b>
        </span>
        {neutron !== undefined && (
          <span data-quality={neutron.quality}>
            Neutron <b>{`${numberText(neutron.value)} ${neutron.unit}`}</b>
          </span>
        )}
        <span className="count-levels">
          {device.state === 'online' ? (
            levels.join(' · ')
          ) : (
            <>
              last known, <Ago at={latest.at} /> old
            </>
          )}
        </span>
      </p>
    </div>
  );
}
