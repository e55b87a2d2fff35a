import type { LiveEvent, LiveReading } from '../contract/resources.ts';

export interface FrameBatch extends Disposable {
  events(events: readonly LiveEvent[]): void;
  readings(readings: readonly LiveReading[]): void;
}

/** The longest wait where no frame comes: a page in the background still has to keep up. */
const longestMs = 250;

/** Collects what the live stream says and hands it on once per animation frame: a burst costs one drawing. */
export function createFrameBatch(
  flush: (events: readonly LiveEvent[], readings: readonly LiveReading[]) => void,
): FrameBatch {
  let events: LiveEvent[] = [];
  let readings: LiveReading[] = [];
  let cancel: (() => void) | null = null;

  function run() {
    cancel = null;
    const [heard, measured] = [events, readings];
    events = [];
    readings = [];
    flush(heard, measured);
  }
  function schedule() {
    if (cancel !== null) return;
    const frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      run();
    });
    const timer = setTimeout(() => {
      cancelAnimationFrame(frame);
      run();
    }, longestMs);
    cancel = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }
  return {
    events(more) {
      events.push(...more);
      schedule();
    },
    readings(more) {
      readings.push(...more);
      schedule();
    },
    [Symbol.dispose]: () => cancel?.(),
  };
}
