/** Adds up the bytes moved and tells `report` their fraction of all that is to be moved. */
export function byteMeter(
  blobs: readonly { readonly bytes: number }[],
  report: (fraction: number) => void,
): (bytes: number) => void {
  const total = blobs.reduce((sum, { bytes }) => sum + bytes, 0);
  let moved = 0;
  report(0);
  return (bytes) => {
    moved += bytes;
    report(Math.min(1, moved / total));
  };
}
