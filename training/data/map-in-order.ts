import { isWaiting } from './waiting.ts';

/**
 * Applies `work` to what `source` yields, at most `width` items at a time where it has to wait, and gives the results to `take` in order,
 * one at a time.
 */
export async function mapInOrder<In, Out>(
  source: AsyncIterable<readonly In[]>,
  width: number,
  work: (item: In) => Out | Promise<Out>,
  take: (result: Out) => Promise<void> | undefined,
): Promise<void> {
  const running: Promise<Out>[] = [];
  for await (const items of source)
    for (const item of items) {
      const result = work(item);
      if (running.length === 0 && !isWaiting(result)) {
        const taking = take(result);
        if (taking) await taking;
        continue;
      }
      const promised = Promise.resolve(result);
      // It may fail before its turn to be awaited comes; the failure is thrown then.
      promised.catch(() => undefined);
      running.push(promised);
      if (running.length >= width) await take(await running.shift()!);
    }
  while (running.length > 0) await take(await running.shift()!);
}
