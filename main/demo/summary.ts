import { formatsOf } from '../api/format.ts';
import type { DemoFigures } from './figures.ts';
import { textTable } from './terminal.ts';

const { bytes, number } = formatsOf('en');

/** Closing text of the demonstration: a table a plant and modality, and where the page lies. */
export function summary(figures: DemoFigures, report: string): string {
  // Two digits more than a person needs, so that runs can be compared.
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
      `${bytes(plant.bytesDown)} / ${bytes(plant.bytesUp)}`,
      bytes(plant.bytesFullModel),
      number(plant.seconds),
    ]),
  );
  const header = [
    'plant',
    'has',
    'reconstructed',
    'parts',
    'fidelity / likeness',
    'mean',
    'local only',
    'class mean',
    'down / up',
    'full model',
    's',
  ];
  return `
${textTable(header, rows)}

Fidelity in dB and likeness of structure (1 is equal) against the hidden truth; higher is better. "class mean" is told the garment type, the model never is.
${figures.rounds} rounds on ${figures.engine}, ${figures.device}; ${number(figures.seconds)} s and ${figures.peakMemoryMB} MB in all.
Look at it: ${report}`;
}
