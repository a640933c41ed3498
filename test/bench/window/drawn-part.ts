/** Functions that run in Review's page, to tell when a part is wholly drawn. */

/** What the page keeps for the functions below. */
interface Kept {
  keyAt: number;
  before: string | undefined;
}

/** Keeps the time of every key, and which part was on show then. */
export function keepKeyTime(): void {
  const kept = globalThis as unknown as Kept;
  globalThis.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      kept.keyAt = timeStamp;
      kept.before = document.querySelector('figure.reconstructed .title')?.textContent;
    },
    true,
  );
}

/** Resolves when nothing on the page is on its way. */
export async function settled(): Promise<void> {
  const isBusy = () =>
    document.querySelector('main [aria-busy="true"]') !== null ||
    [...document.images].some((image) => !image.complete);
  do await new Promise(requestAnimationFrame);
  while (isBusy());
}

/** Milliseconds from the last key to the frame in which another part, and everything about it, stands. */
export async function drawnAfterKey(): Promise<number> {
  const { keyAt, before } = globalThis as unknown as Kept;
  const stands = () =>
    document.querySelector('figure.reconstructed .title')?.textContent !== before &&
    document.querySelector('main [aria-busy="true"]') === null &&
    [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0);
  do await new Promise(requestAnimationFrame);
  while (!stands());
  await Promise.all([...document.images].map((image) => image.decode()));
  await new Promise(requestAnimationFrame);
  return performance.now() - keyAt;
}
