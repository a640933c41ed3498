import type { Language } from '../../../protocol/errors.ts';
import type { PilotOutcome } from '../report.ts';
import type { Density } from './density.ts';
import { drawReport } from './page.ts';
import { openSheet, paper } from './paper.ts';

const densities: readonly Density[] = [
  { size: 8.5, findings: 6, risks: 6, efforts: 8, examples: 4 },
  { size: 8, findings: 5, risks: 5, efforts: 6, examples: 4 },
  { size: 7.5, findings: 4, risks: 4, efforts: 5, examples: 4 },
  { size: 7, findings: 3, risks: 3, efforts: 4, examples: 3 },
  { size: 6.5, findings: 2, risks: 2, efforts: 3, examples: 2 },
];

/** PDF of the report for a manager: exactly one A4 page. Anything without a place is counted and stands in the app. */
export async function pdfReport(outcome: PilotOutcome, language: Language): Promise<Uint8Array> {
  const title = `FedRecon · ${outcome.report.headline[language]} · ${outcome.report.folder}`;
  for (const [index, density] of densities.entries()) {
    const sheet = await openSheet(title, language);
    const end = drawReport(sheet, outcome, language, density);
    if (end <= paper.height - paper.margin || index === densities.length - 1) return sheet.finish();
  }
  throw new Error('there is a last density');
}
