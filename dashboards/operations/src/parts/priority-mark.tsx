import type { Priority } from '../contract/resources.ts';
import { priorityWords } from '../words/alarm-words.ts';

/** One shape for each priority, so that colour is never alone. */
const shapes: Readonly<Record<Priority, string>> = {
  critical: 'M6 1h8l5 5v8l-5 5H6l-5-5V6z',
  high: 'M10 1.5 19.5 18.5H.5z',
  medium: 'M10 .5 19.5 10 10 19.5.5 10z',
  low: 'M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16z',
};
const signs: Readonly<Record<Priority, string>> = {
  critical: 'M10 5v6.5M10 13.8v1.6',
  high: 'M10 7.5v5.5M10 15v1.2',
  medium: 'M6.5 10h7',
  low: 'M10 10h.01',
};

export function PriorityShape({ priority }: { readonly priority: Priority }) {
  return (
    <svg className={`shape shape-${priority}`} viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
      <path d={shapes[priority]} className="shape-body" />
      <path d={signs[priority]} className="shape-sign" />
    </svg>
  );
}

/** Colour, shape and word. Solid while nobody has answered, outlined afterwards. */
export function PriorityMark({ priority, solid }: { readonly priority: Priority; readonly solid: boolean }) {
  return (
    <span className={`priority priority-${priority}`} data-solid={solid}>
      <PriorityShape priority={priority} />
      {priorityWords[priority]}
    </span>
  );
}
