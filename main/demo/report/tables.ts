import type { PlantFigures } from '../figures.ts';
import type { ModalityFigures } from '../judge.ts';
import { megabytes, whole } from './html.ts';

/** A number in a cell with a bar behind it, `share` of the cell long. */
function barCell(text: string, share: number): string {
  return `<td class="number"><span class="bar" style="width:calc((100% - 12px) * ${Math.max(0, Math.min(1, share)).toFixed(3)})"></span><span>${text}</span></td>`;
}

/** PSNR and SSIM of the reconstructions of `what` and of what they must beat. */
export function qualityTable(what: string, { psnr, ssim, yardsticks }: ModalityFigures): string {
  const rows = [
    ['FedRecon', '', { psnr, ssim }],
    ['This plant alone', 'the same model without the others', yardsticks.localOnly],
    ['Mean of its type', 'is told what the garment is; the model is not', yardsticks.classMean],
    ['Mean of all', 'the same for every part', yardsticks.meanImage],
  ] as const;
  const highest = Math.max(...rows.map(([, , quality]) => quality.psnr));
  const body = rows.map(
    ([name, note, quality], index) =>
      `<tr${index === 0 ? ' class="ours"' : ''}><th scope="row">${name}${note && `<small>${note}</small>`}</th>${barCell(quality.psnr.toFixed(2), quality.psnr / highest)}${barCell(quality.ssim.toFixed(3), quality.ssim)}</tr>`,
  );
  return `<table class="figures">
<caption><strong>${what}</strong>: likeness to the hidden truth, mean over all reconstructed parts; higher is better</caption>
<thead><tr><th></th><th scope="col">PSNR, dB</th><th scope="col">SSIM</th></tr></thead>
<tbody>${body.join('')}</tbody></table>`;
}

/** What travelled between this plant and headquarters, beside an exchange of the whole model. */
export function exchangeTable({ bytesDown, bytesUp, bytesFullModel, seconds }: PlantFigures): string {
  const travelled = bytesDown + bytesUp;
  const saved = bytesFullModel > 0 ? 1 - travelled / bytesFullModel : 0;
  const share = (bytes: number) => (bytesFullModel > 0 ? bytes / bytesFullModel : 0);
  return `<table class="figures">
<caption><strong>Exchange</strong> in all rounds, modules only: ${whole(saved * 100)} % less than the whole model; ${whole(seconds)} s in all</caption>
<tbody>
<tr><th scope="row">Received</th>${barCell(megabytes(bytesDown), share(bytesDown))}</tr>
<tr><th scope="row">Sent</th>${barCell(megabytes(bytesUp), share(bytesUp))}</tr>
<tr class="other"><th scope="row">Whole model, both ways</th>${barCell(megabytes(bytesFullModel), share(bytesFullModel))}</tr>
</tbody></table>`;
}
