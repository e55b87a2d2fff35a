import type { DomainEvent } from '../event.ts';

/**
 * Facts without a resource of their own that say how something stands: the newest under its key replaces those before it,
 * one that no longer `stands` takes the key away. Together with the resources as they are, they are all that a desk
 * needs to start from. Null: the event leaves nothing standing, or its resource is kept by its own projection.
 */
export function standingOf(event: DomainEvent): { readonly key: string; readonly stands: boolean } | null {
  switch (event.type) {
    case 'lanewatch.device.online':
    case 'lanewatch.device.offline':
    case 'lanewatch.device.stale':
      return { key: `link/${event.data.deviceId}`, stands: true };
    case 'lanewatch.condition.raised':
    case 'lanewatch.condition.cleared':
      return {
        key: `condition/${event.data.deviceId}/${event.data.code}`,
        stands: event.type === 'lanewatch.condition.raised',
      };
    case 'lanewatch.service.changed':
      return { key: `service/${event.data.scope}/${event.data.id}`, stands: true };
    case 'lanewatch.config.changed':
      return { key: 'config', stands: true };
    default:
      return null;
  }
}
