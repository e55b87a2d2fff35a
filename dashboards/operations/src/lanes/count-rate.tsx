import type { DeviceStatus, LiveReading } from '../contract/resources.ts';
import { Ago } from '../parts/ago.tsx';
import { useNowMs, useSelected } from '../shell/context.ts';
import { seriesKey } from '../state/state.ts';
import { numberText } from '../words/alarm-words.ts';
import { Sparkline, sparklineMs } from './sparkline.tsx';

const none: readonly LiveReading[] = [];

function useSeries(deviceId: string, quantity: string): readonly LiveReading[] {
  return useSelected((state) => state.series.get(seriesKey(deviceId, quantity)) ?? none);
}

/** A value older than this is not called the present one. */
const presentMs = 5_000;

/** A portal's live gamma (and neutron) count rate. A portal may be silent between subjects: an old value says so. */
export function CountRate({ device }: { readonly device: DeviceStatus }) {
  const gamma = useSeries(device.id, 'gamma');
  const neutron = useSeries(device.id, 'neutron').at(-1);
  const background = useSeries(device.id, 'gamma-background').at(-1)?.value ?? null;
  const threshold = useSeries(device.id, 'gamma-threshold').at(-1)?.value ?? null;
  const nowMs = useNowMs();
  const latest = gamma.at(-1);
  if (latest === undefined) return null;
  const atMs = Date.parse(latest.at);
  const old = device.state !== 'online' || nowMs - atMs > presentMs;
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
        // Where the newest reading lies outside (the device's clock may be far off), it is the right edge.
        endMs={nowMs - atMs > sparklineMs ? atMs : Math.max(nowMs, atMs)}
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
        {old && (
          <span>
            <Ago at={latest.at} /> ago
          </span>
        )}
        <span className="count-levels">{levels.join(' · ')}</span>
      </p>
    </div>
  );
}
