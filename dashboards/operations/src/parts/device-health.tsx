import type { DeviceState, DeviceStatus } from '../contract/resources.ts';
import { Ago } from './ago.tsx';

const looks: Readonly<Record<DeviceState, { readonly word: string; readonly shape: string }>> = {
  online: { word: 'online', shape: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM4.6 8.2l2.4 2.4 4.4-5' },
  stale: { word: 'stale', shape: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM8 4v4.4l3 1.8' },
  offline: { word: 'OFFLINE', shape: 'M2 2l12 12M14 2 2 14' },
  fault: { word: 'FAULT', shape: 'M8 1 15.5 15H.5zM8 6v4.2M8 12.4v.6' },
  connecting: { word: 'connecting', shape: 'M2 8h.01M8 8h.01M14 8h.01' },
  disabled: { word: 'disabled', shape: 'M2.5 8h11' },
};

/** A device's link: shape, word, and since when where it is not well. Never about what it detects. */
export function DeviceHealth({ device }: { readonly device: DeviceStatus }) {
  const { word, shape } = looks[device.state];
  const problem = device.state === 'online' ? undefined : device.lastError?.text;
  return (
    <li className="device" data-state={device.state} data-testid={`device-${device.id}`} title={problem}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d={shape} />
      </svg>
      <span className="device-id">{device.id}</span>
      <span className="device-state">
        {word}
        {device.state !== 'online' && (
          <>
            {' '}
            <Ago at={device.since} />
          </>
        )}
      </span>
    </li>
  );
}
