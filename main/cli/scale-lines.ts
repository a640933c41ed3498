/** In which scales the images of a measurement are read, a line each: `camera: 12 bits in 16 (by sample)`. */
export function scaleLines(
  modality: string,
  scales: readonly { readonly words: string; readonly from: string }[],
): string[] {
  return scales.map(({ words, from }) => `images     ${modality}: ${words} (by ${from})`);
}
