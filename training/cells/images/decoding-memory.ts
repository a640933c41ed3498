import { availableParallelism } from 'node:os';

/** Does `work` when there is room for it, first come, first served; what is larger than all room is done alone. */
type Room = <T>(cost: number, work: () => Promise<T>) => Promise<T>;

/** Bytes that pictures may take together while they are decoded. */
const decodedBytes = 192 << 20;
/** More at once would only share the same cores. */
export const mostAtOnce = Math.min(4, Math.max(2, availableParallelism()));

/** Memory for decoding. @param cost bytes that it takes at most */
export const withinMemory = roomFor(decodedBytes);

const opened = roomFor(mostAtOnce);

/** A turn at holding a picture file. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return opened(1, work);
}

function roomFor(room: number): Room {
  let free = room;
  const waiting: { readonly cost: number; start(): void }[] = [];
  return async (cost, work) => {
    const own = Math.min(cost, room);
    if (waiting.length > 0 || own > free)
      await new Promise<void>((start) => waiting.push({ cost: own, start }));
    else free -= own;
    try {
      return await work();
    } finally {
      free += own;
      while (waiting[0] && waiting[0].cost <= free) {
        const next = waiting.shift()!;
        free -= next.cost;
        next.start();
      }
    }
  };
}
