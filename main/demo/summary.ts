import type { DemoFigures } from './figures.ts';
import { readableBytes, textTable } from './terminal.ts';

/** What the demonstration prints at its end: a table a plant and modality, and where the page lies. */
export function summary(figures: DemoFigures, report: string): string {
  const quality = ({ psnr, ssim }: { psnr: number; ssim: number }) =>
    `${psnr.toFixed(2)} / ${ssim.toFixed(3)}`;
  const rows = figures.plants.flatMap((plant) =>
    Object.entries(plant.reconstructed).map(([modality, result]) => [
      plant.name,
      plant.has.join(', '),
      modality,
      String(result.parts),
      quality(result),
      quality(result.yardsticks.meanImage),
      quality(result.yardsticks.localOnly),
      quality(result.yardsticks.classMean),
      `${readableBytes(plant.bytesDown)} / ${readableBytes(plant.bytesUp)}`,
      readableBytes(plant.bytesFullModel),
      plant.seconds.toFixed(0),
    ]),
  );
  const header = [
    'plant',
    'has',
    'reconstructed',
    'parts',
    'PSNR / SSIM',
    'mean',
    'local only',
    'class mean',
    'down / up',
    'full model',
    's',
  ];
  return `
${textTable(header, rows)}

PSNR in dB and SSIM against the hidden truth; higher is better. "class mean" is told the garment type, the model never is.
${figures.rounds} rounds on ${figures.engine}, ${figures.device}; ${figures.seconds.toFixed(0)} s and ${figures.peakMemoryMB} MB in all.
Look at it: ${report}`;
}
