/**
 * What is to happen when: ids under the second in which they are due, and those seconds as a heap, so that asking what
 * is due looks at nothing else.
 */
export class Schedule {
  readonly due = new Map<number, Set<string>>();
  /** The earliest first; may hold seconds that nothing waits for any more, but never at its root. */
  readonly #heap: number[] = [];

  plan(atMs: number, id: string): void {
    const second = secondOf(atMs);
    const ids = this.due.get(second);
    if (ids !== undefined) {
      ids.add(id);
      return;
    }
    this.due.set(second, new Set([id]));
    const heap = this.#heap;
    heap.push(second);
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (valueAt(heap, parent) <= second) break;
      swap(heap, at, parent);
      at = parent;
    }
  }

  unplan(atMs: number, id: string): void {
    const second = secondOf(atMs);
    const ids = this.due.get(second);
    if (ids === undefined || !ids.delete(id) || ids.size > 0) return;
    this.due.delete(second);
    const heap = this.#heap;
    while (heap.length > 0 && !this.due.has(valueAt(heap, 0))) pop(heap);
    if (heap.length > 2 * this.due.size + 64) this.#tidy();
  }

  /** Whatever is due, in no order; looks only that far. */
  *dueBy(nowMs: number): Generator<string> {
    const seen = new Set<number>();
    for (const looking = [0]; looking.length > 0; ) {
      const at = looking.pop() ?? 0;
      const second = valueAt(this.#heap, at);
      if (second * 1000 > nowMs) continue;
      looking.push(2 * at + 1, 2 * at + 2);
      if (!seen.has(second)) yield* this.due.get(second) ?? [];
      seen.add(second);
    }
  }

  /** A sorted list is a heap. */
  #tidy(): void {
    this.#heap.length = 0;
    for (const second of [...this.due.keys()].sort((a, b) => a - b)) this.#heap.push(second);
  }
}

/** The first second at which a time has come. */
function secondOf(ms: number): number {
  return Math.ceil(ms / 1000);
}

function valueAt(heap: readonly number[], at: number): number {
  return heap[at] ?? Number.POSITIVE_INFINITY;
}

function pop(heap: number[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    const child = valueAt(heap, left + 1) < valueAt(heap, left) ? left + 1 : left;
    if (valueAt(heap, child) >= last) return;
    swap(heap, at, child);
    at = child;
  }
}

function swap(heap: number[], one: number, other: number): void {
  const value = valueAt(heap, one);
  heap[one] = valueAt(heap, other);
  heap[other] = value;
}
