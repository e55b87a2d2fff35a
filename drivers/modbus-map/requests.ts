import { type Block, isBits } from './profile.ts';

/** What is read at once: one block, or several that lie side by side. */
export interface Request {
  readonly table: Block['table'];
  readonly address: number;
  readonly count: number;
  readonly everyMs: number;
  readonly blocks: readonly Block[];
}

/** Blocks of one table and pace that adjoin are read in one request; nothing is read between them: many units refuse what they have not. Pure. */
export function requestsOf(blocks: readonly Block[]): readonly Request[] {
  const inOrder = blocks.toSorted(
    (a, b) => a.table.localeCompare(b.table) || a.everyMs - b.everyMs || a.address - b.address,
  );
  return inOrder.reduce<Request[]>((requests, block) => {
    const last = requests.at(-1);
    const joined = last === undefined ? null : join(last, block);
    if (joined === null) requests.push({ ...block, blocks: [block] });
    else requests[requests.length - 1] = joined;
    return requests;
  }, []);
}

function join(request: Request, block: Block): Request | null {
  if (request.table !== block.table || request.everyMs !== block.everyMs) return null;
  const end = Math.max(request.address + request.count, block.address + block.count);
  const count = end - request.address;
  const adjoins = block.address <= request.address + request.count;
  return adjoins && count <= (isBits(block.table) ? 2_000 : 125)
    ? { ...request, count, blocks: [...request.blocks, block] }
    : null;
}
