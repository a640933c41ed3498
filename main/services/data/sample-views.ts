import type { Plan } from '../../../protocol/plan.ts';
import { pictureReader } from '../../../training/cells/images/reader/picture-reader.ts';
import type { PartSample } from '../../../training/data/part-samples.ts';
import type { MeasuredPicture, PartValue } from '../../../training/kinds/reading.ts';
import type { SampleView } from '../../api/views.ts';
import { workstationKind } from '../../kinds/index.ts';
import { png } from '../images.ts';
import type { MadePictures } from '../made-pictures.ts';

/** Longer side of a sample's picture, in pixels. */
const side = 240;

/** Parts of a preview, ready to draw; their pictures are kept for the windows that may see measurements. */
export async function sampleViews(
  plan: Plan,
  samples: readonly PartSample[],
  made: MadePictures,
): Promise<SampleView[]> {
  const views: SampleView[] = [];
  for (const { row, id, values } of samples) {
    const shown: SampleView['values'][number][] = [];
    for (const modality of plan.modalities) {
      if (!Object.hasOwn(values, modality.name)) continue;
      const value = values[modality.name]!;
      const src = isPicture(value) ? await pictured(value, made) : '';
      if (src !== undefined)
        shown.push({
          modality: modality.name,
          value: workstationKind(modality).measured(modality, value, src),
        });
    }
    views.push({ row, id, values: shown });
  }
  return views;
}

function isPicture(value: PartValue): value is MeasuredPicture {
  return typeof value === 'object' && 'file' in value;
}

/** Address of a small copy, as the picture would be imported; undefined where the file went meanwhile. */
async function pictured(
  { file, view = {} }: MeasuredPicture,
  made: MadePictures,
): Promise<string | undefined> {
  const small = await pictureReader()
    .ask('thumbnail', { path: file, view, side })
    .catch(() => undefined);
  return small && made.add(png('measurements', small));
}
