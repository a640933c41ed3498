import type { Modality } from '../../../protocol/kinds/index.ts';
import { formatsOf } from '../../api/format.ts';
import { measureView } from '../../measures/measure-view.ts';
import type { PlantFigures } from '../figures.ts';
import type { ModalityFigures } from '../plant-result.ts';
import { escapeHtml } from './html.ts';

const { bytes, measured, number, percent } = formatsOf('en');

/** A number in a cell with a bar behind it, `share` of the cell long. */
function barCell(text: string, share: number): string {
  return `<td class="number"><span class="bar" style="width:calc((100% - 12px) * ${Math.max(0, Math.min(1, share)).toFixed(3)})"></span><span>${text}</span></td>`;
}

/** Table of how close the reconstructions of a modality are to the truth, beside what they must beat. */
export function qualityTable(modality: Modality, { yardsticks, ...ours }: ModalityFigures): string {
  const rows = [
    ['FedRecon', '', ours],
    ['This plant alone', 'the same model without the others', yardsticks.localOnly],
    ['Mean of its type', 'is told what the garment is; the model is not', yardsticks.classMean],
    ['Mean of all', 'the same for every part', yardsticks.meanImage],
  ] as const;
  const columns = (['psnr', 'ssim'] as const).map((name) => ({
    name,
    measure: measureView(name, modality),
    highest: Math.max(...rows.map(([, , quality]) => quality[name])),
  }));
  const body = rows.map(([name, note, quality], index) => {
    const cells = columns.map(({ name: measure, measure: shown, highest }) =>
      barCell(measured(shown, quality[measure]), quality[measure] / highest),
    );
    return `<tr${index === 0 ? ' class="ours"' : ''}><th scope="row">${name}${note && `<small>${note}</small>`}</th>${cells.join('')}</tr>`;
  });
  return `<table class="figures">
<caption><strong>${escapeHtml(modality.label.en)}</strong>: likeness to the hidden truth, mean over all reconstructed parts; higher is better</caption>
<thead><tr><th></th>${columns.map(({ measure }) => `<th scope="col">${measure.label.en}</th>`).join('')}</tr></thead>
<tbody>${body.join('')}</tbody></table>`;
}

/** Table of the bytes between this plant and headquarters, beside an exchange of the whole model. */
export function exchangeTable({ bytesDown, bytesUp, bytesFullModel, seconds }: PlantFigures): string {
  const travelled = bytesDown + bytesUp;
  const saved = bytesFullModel > 0 ? 1 - travelled / bytesFullModel : 0;
  const share = (part: number) => (bytesFullModel > 0 ? part / bytesFullModel : 0);
  return `<table class="figures">
<caption><strong>Exchange</strong> in all rounds, modules only: ${percent(saved)} less than the whole model; ${number(seconds)} s in all</caption>
<tbody>
<tr><th scope="row">Received</th>${barCell(bytes(bytesDown), share(bytesDown))}</tr>
<tr><th scope="row">Sent</th>${barCell(bytes(bytesUp), share(bytesUp))}</tr>
<tr class="other"><th scope="row">Whole model, both ways</th>${barCell(bytes(bytesFullModel), share(bytesFullModel))}</tr>
</tbody></table>`;
}
