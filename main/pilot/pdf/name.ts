import { basename } from 'node:path';
import type { Language } from '../../../protocol/errors.ts';
import type { PilotReport } from '../../api/views/pilot.ts';

/** The file name of a report: `fedrecon-pilot-osaka-ja.pdf`. */
export function pdfName({ folder }: Pick<PilotReport, 'folder'>, language: Language): string {
  const plant = basename(folder)
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `fedrecon-pilot-${plant || 'plant'}-${language}.pdf`;
}
