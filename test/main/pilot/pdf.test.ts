import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { pdfReport } from '../../../main/pilot/pdf/document.ts';
import { pdfName } from '../../../main/pilot/pdf/name.ts';
import { makeReport } from '../../../main/pilot/report.ts';
import { terminalText } from '../../../main/pilot/terminal-report.ts';
import { goodCamera, holdout, pilotMeasured, stuck, unevenGauge } from './pilot-measured.ts';

/** Pages, their size and all text of a PDF, by an independent reader; blanks left out, lines being broken anywhere. */
async function read(bytes: Uint8Array) {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text, totalPages } = await extractText(pdf, { mergePages: true });
  const [, , width, height] = (await pdf.getPage(1)).view;
  return { totalPages, size: [Math.round(width!), Math.round(height!)], text: text.replace(/\s/g, '') };
}

describe('the report as PDF', () => {
  const outcome = makeReport(pilotMeasured({}, { findings: [stuck] }));

  it.each(['en', 'ja'] as const)(
    'is one A4 page with the decision, the figures and the reasons (%s)',
    async (language) => {
      const { totalPages, size, text } = await read(await pdfReport(outcome, language));
      expect(totalPages).toBe(1);
      expect(size).toEqual([595, 842]);
      const { report } = outcome;
      const expected = [
        report.headline,
        report.reason,
        report.findings[0]!.title,
        report.findings[0]!.cure,
        report.rules[0]!.text,
        report.privacy,
        ...report.tiles.map(({ value }) => value),
      ];
      for (const words of expected) expect(text).toContain(words[language].replace(/\s/g, ''));
      expect(text).toContain('18.0dB');
      expect(text).toContain('大阪');
    },
  );

  it.each(['en', 'ja'] as const)('has the headings of the terminal (%s)', async (language) => {
    const { text } = await read(await pdfReport(outcome, language));
    const {
      noFindings,
      line,
      true: shown,
      reconstructed,
      groups,
      device,
      channels,
      ...headings
    } = outcome.report.words;
    for (const heading of [shown, reconstructed, groups, device])
      expect(text).toContain(heading[language].replace(/\s/g, ''));
    for (const heading of Object.values(headings)) {
      expect(text).toContain(heading[language].replace(/\s/g, ''));
      expect(terminalText(outcome.report, language)).toContain(heading[language]);
    }
  });

  it.each(['en', 'ja'] as const)(
    'names channels that are no better than their mean, as the terminal does (%s)',
    async (language) => {
      const uneven = makeReport(
        pilotMeasured({}, { holdout: { ...holdout, qualities: [goodCamera, unevenGauge] } }),
      );
      const { text, totalPages } = await read(await pdfReport(uneven, language));
      expect(totalPages).toBe(1);
      const terminal = terminalText(uneven.report, language);
      const caution = uneven.report.quality.modalities[1]!.caution![language];
      for (const words of [
        uneven.report.words.channels[language],
        caution,
        'holes: −40.25',
        'slant: −0.01',
        'area: 0.97',
      ]) {
        expect(text).toContain(words.replace(/\s/g, ''));
        expect(terminal).toContain(words);
      }
      expect(terminal.indexOf('holes: ')).toBeLessThan(terminal.indexOf('area: '));
      expect(text).toContain('area16400mm²');
    },
  );

  it('stays one page however much was found', async () => {
    const many = makeReport(pilotMeasured({}, { findings: Array.from({ length: 40 }, () => stuck) }));
    const { totalPages, text } = await read(await pdfReport(many, 'ja'));
    expect(totalPages).toBe(1);
    expect(text).toMatch(/ほか\d+件/);
  });

  it('is named after the folder', () => {
    expect(pdfName({ folder: '/data/Plant 大阪 #2' }, 'ja')).toBe('fedrecon-pilot-Plant-大阪-2-ja.pdf');
  });
});
