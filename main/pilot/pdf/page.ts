import type { Language } from '../../../protocol/errors.ts';
import { formatsOf } from '../../api/format.ts';
import type { PilotFinding, PilotQuality, PilotReport, PilotWord } from '../../api/views/pilot.ts';
import { figureOf } from '../../kinds/index.ts';
import type { PilotOutcome } from '../report.ts';
import type { Density } from './density.ts';
import { ink, paper, type Sheet } from './paper.ts';
import { drawShown, extentOf } from './shown.ts';
import { drawSign, type Sign } from './signs.ts';

/** Tools and texts that every section draws with. */
interface Desk {
  readonly sheet: Sheet;
  readonly outcome: PilotOutcome;
  readonly report: PilotReport;
  readonly language: Language;
  /** Headings and the words between figures, in the language. */
  say(word: PilotWord): string;
  readonly density: Density;
  /** Size of the text, in points. */
  readonly size: Density['size'];
}

/** Draws one section in a column from a place downwards, and gives the place below it. */
type Section = (desk: Desk, x: number, y: number, width: number) => number;

const decisions: Readonly<Record<PilotReport['decision'], { readonly sign: Sign; readonly colour: string }>> =
  {
    go: { sign: 'tick', colour: ink.accept },
    conditions: { sign: 'triangle', colour: ink.flag },
    'not-yet': { sign: 'cross', colour: ink.reject },
  };
const severities: Readonly<
  Record<PilotFinding['severity'], { readonly sign: string; readonly colour: string }>
> = {
  repair: { sign: '!', colour: ink.reject },
  look: { sign: '?', colour: ink.flag },
  note: { sign: '・', colour: ink.quiet },
};
const product: Readonly<Record<Language, string>> = {
  en: 'FedRecon · Pilot check',
  ja: 'FedRecon ・ 導入前点検',
};
/** Note on how much the page has no room for. */
const notShown: Readonly<Record<Language, (count: number) => string>> = {
  en: (count) => `and ${count} more, in the app and on the terminal`,
  ja: (count) => `ほか ${count} 件（アプリとコマンド画面に表示）`,
};
const gap = 14;

/** Draws the whole report and gives the lowest place that it reached. */
export function drawReport(
  sheet: Sheet,
  outcome: PilotOutcome,
  language: Language,
  density: Density,
): number {
  const { report } = outcome;
  const { size } = density;
  const desk: Desk = {
    sheet,
    outcome,
    report,
    language,
    density,
    size,
    say: (word) => report.words[word][language],
  };
  const { margin, width } = paper;
  const whole = width - 2 * margin;
  let y = head(desk, margin, margin, whole);
  y = verdict(desk, margin, y + 8, whole);
  y = tiles(desk, margin, y + 8, whole) + 10;
  const half = (whole - gap) / 2;
  const left = column(desk, [data, groups, findings], margin, y, half);
  const right = column(desk, [quality], margin + half + gap, y, half);
  y = Math.max(left, right) + 4;
  sheet.line(
    [
      [margin, y],
      [width - margin, y],
    ],
    ink.line,
  );
  y += 8;
  const lower = Math.max(
    column(desk, [cost, effort], margin, y, half),
    column(desk, [rule, risks], margin + half + gap, y, half),
  );
  return sheet.text(report.privacy[language], margin, lower, whole, {
    size,
    colour: ink.quiet,
  });
}

function column(desk: Desk, sections: readonly Section[], x: number, y: number, width: number): number {
  return sections.reduce((place, section) => section(desk, x, place, width) + 8, y);
}

function head({ sheet, report, language, size }: Desk, x: number, y: number, width: number): number {
  const date = new Date(report.madeAt).toLocaleDateString(language === 'ja' ? 'ja-JP' : 'en-GB', {
    dateStyle: 'long',
  });
  sheet.text(date, x, y, width, { size, colour: ink.quiet, align: 'right' });
  const below = sheet.text(product[language], x, y, width, {
    size: size + 1,
    bold: true,
    colour: ink.accent,
  });
  return sheet.text(`${report.folder}  ·  ${report.plan[language]}`, x, below + 1, width, {
    size,
    colour: ink.quiet,
  });
}

function verdict({ sheet, report, language, size }: Desk, x: number, y: number, width: number): number {
  const { sign, colour } = decisions[report.decision];
  const inner = width - 20;
  const headline = { size: size * 2, bold: true, colour };
  const height =
    sheet.heightOf(report.headline[language], inner, headline) +
    sheet.heightOf(report.reason[language], inner, { size: size + 0.5 });
  sheet.rectangle(x, y, width, height + 16, ink.surface);
  sheet.rectangle(x, y, 4, height + 16, colour);
  drawSign(sheet, sign, x + 14, y + 10, size * 1.5, colour);
  const below = sheet.text(
    report.headline[language],
    x + 14 + size * 2.4,
    y + 7,
    inner - size * 2.4,
    headline,
  );
  sheet.text(report.reason[language], x + 14, below + 1, inner, { size: size + 0.5 });
  return y + height + 16;
}

function tiles({ sheet, report, language, size }: Desk, x: number, y: number, width: number): number {
  const each = width / report.tiles.length;
  const ends = report.tiles.map(({ label, value, note }, index) => {
    const left = x + index * each;
    if (index > 0)
      sheet.line(
        [
          [left - 6, y],
          [left - 6, y + 4.6 * size],
        ],
        ink.line,
      );
    let below = sheet.text(label[language], left, y, each - 12, { size: size - 0.5, colour: ink.quiet });
    below = sheet.text(value[language], left, below, each - 12, { size: size * 1.7, bold: true });
    return sheet.text(note[language], left, below, each - 12, { size: size - 0.5, colour: ink.quiet });
  });
  return Math.max(...ends);
}

function title({ sheet, size }: Desk, text: string, x: number, y: number, width: number): number {
  return sheet.text(text, x, y, width, { size: size + 1.5, bold: true, colour: ink.accent }) + 2;
}

const data: Section = (desk, x, top, width) => {
  const { sheet, outcome, report, language, say, size } = desk;
  let y = title(desk, say('data'), x, top, width);
  y = sheet.text(report.data.summary[language], x, y, width, { size }) + 3;
  const label = 74;
  for (const modality of report.data.modalities) {
    const all = Math.max(1, modality.present + modality.missing);
    const bar = { x: x + label, width: width - label - 150 };
    sheet.text(modality.label[language], x, y, label - 4, { size });
    sheet.rectangle(bar.x, y + 2, bar.width, size - 2, ink.line);
    sheet.rectangle(bar.x, y + 2, (bar.width * modality.present) / all, size - 2, ink.measured);
    sheet.text(`${modality.present} / ${all}`, bar.x + bar.width + 6, y, 54, { size });
    modality.shown.slice(0, 3).forEach((shown, index) => {
      const isWide = figureOf(shown).form === 'words';
      if (isWide && index > 0) return;
      const wide = isWide ? 84 : 26;
      const box = { x: x + width - 84 + index * 29, y: y - 1, width: wide, height: 18 };
      drawShown(sheet, shown, outcome.pictures, box, { colour: ink.measured, size });
    });
    y += 22;
  }
  const pairs = report.data.pairs.map((pair) => `${pair.label[language]}: ${pair.parts}`).join('   ');
  return pairs === '' ? y : sheet.text(pairs, x, y, width, { size: size - 0.5, colour: ink.quiet });
};

/** Groups of alike parts: how many there are of each, drawn by its middle. */
const groups: Section = (desk, x, top, width) => {
  const { sheet, outcome, report, say, size } = desk;
  const shown = report.data.groups.slice(0, 8);
  if (shown.length === 0) return top - 8;
  const y = title(desk, say('groups'), x, top, width);
  const each = width / shown.length;
  shown.forEach((group, index) => {
    const box = { x: x + index * each, y, width: each - 6, height: 26 };
    drawShown(sheet, group.shown, outcome.pictures, box, { colour: ink.measured, size });
    const style = {
      size: size - 1,
      align: 'center',
      colour: group.paired < group.parts / 2 ? ink.reject : ink.quiet,
    } as const;
    sheet.text(`${group.parts}`, x + index * each, y + 28, each - 6, style);
  });
  return y + 30 + size;
};

const findings: Section = (desk, x, top, width) => {
  const { sheet, report, language, say, density, size } = desk;
  let y = title(desk, say('findings'), x, top, width);
  if (report.findings.length === 0) return sheet.text(say('noFindings'), x, y, width, { size });
  for (const { severity, title: text, cure } of report.findings.slice(0, density.findings)) {
    const { sign, colour } = severities[severity];
    sheet.text(sign, x, y, 10, { size, bold: true, colour });
    y = sheet.text(text[language], x + 10, y, width - 10, { size });
    y = sheet.text(cure[language], x + 10, y, width - 10, { size: size - 0.5, colour: ink.quiet }) + 2;
  }
  return more(desk, report.findings.length - density.findings, x, y, width);
};

const quality: Section = (desk, x, top, width) => {
  const { sheet, report, language, say, size } = desk;
  let y = title(desk, say('quality'), x, top, width);
  y = sheet.text(report.quality.summary[language], x, y, width, { size }) + 3;
  for (const modality of report.quality.modalities.slice(0, 3)) y = judged(desk, modality, x, y, width) + 4;
  return sheet.text(report.quality.published[language], x, y, width, { size: size - 0.5, colour: ink.quiet });
};

function judged(desk: Desk, modality: PilotQuality, x: number, top: number, width: number): number {
  const { sheet, outcome, language, say, density, size } = desk;
  const formats = formatsOf(language);
  const figures = width * 0.5;
  let y = sheet.text(modality.label[language], x, top, figures, { size, bold: true });
  y = sheet.text(modality.summary[language], x, y, figures - 6, { size: size - 1, colour: ink.quiet });
  for (const figure of modality.figures) {
    y = sheet.text(formats.title(figure.measure), x, y, figures - 6, { size: size - 1, colour: ink.quiet });
    const colour = figure.better ? ink.reconstructed : ink.reject;
    sheet.text(formats.measured(figure.measure, figure.reconstructed), x, y, figures, {
      size,
      bold: true,
      colour,
    });
    y = sheet.text(
      `${say('mean')}: ${formats.measured(figure.measure, figure.mean)}`,
      x + 56,
      y,
      figures - 60,
      { size, colour: ink.quiet },
    );
  }
  if (modality.channels.length > 0) y = channelLines(desk, modality, x, y, figures - 6);
  const [first] = modality.examples;
  const isWide = first !== undefined && figureOf(first.truth).form === 'words';
  const shown = modality.examples.slice(0, isWide ? 2 : density.examples);
  const each = (width - figures) / Math.max(1, shown.length);
  const box = { width: each - 4, height: isWide ? 21 : 24 };
  shown.forEach(({ truth, reconstructed }, index) => {
    const left = x + figures + index * each;
    const lines = [truth, reconstructed]
      .map(figureOf)
      .flatMap((one) => ('values' in one ? [one.values] : []));
    const range = lines.length > 0 ? extentOf(...lines) : undefined;
    const { pictures } = outcome;
    drawShown(
      sheet,
      truth,
      pictures,
      { x: left, y: top + size, ...box },
      { colour: ink.measured, range, size },
    );
    const below = { x: left, y: top + 2 * size + box.height + 4, ...box };
    drawShown(sheet, reconstructed, pictures, below, { colour: ink.reconstructed, range, size });
  });
  const caption = { size: size - 1.5 };
  sheet.text(say('true'), x + figures, top - 0.5, width - figures, { ...caption, colour: ink.measured });
  sheet.text(say('reconstructed'), x + figures, top + size + box.height + 2, width - figures, {
    ...caption,
    colour: ink.reconstructed,
  });
  return Math.max(y, top + 2 * size + 2 * box.height + 5);
}

/** Lines of the channels: R² of each, and which of them are no better than their mean. */
function channelLines(
  { sheet, language, say, size }: Desk,
  { channels, caution }: PilotQuality,
  x: number,
  top: number,
  width: number,
): number {
  const { r2 } = formatsOf(language);
  const small = { size: size - 1, colour: ink.quiet };
  let y = sheet.text(say('channels'), x, top, width, small);
  y = sheet.text(channels.map(({ name, r2: own }) => `${name}: ${r2(own)}`).join('   '), x, y, width, {
    size,
  });
  return caution ? sheet.text(caution[language], x, y, width, { size, bold: true, colour: ink.reject }) : y;
}

const cost: Section = (desk, x, top, width) => {
  const { sheet, report, language, say, size } = desk;
  let y = title(desk, say('speed'), x, top, width);
  y = sheet.text(report.speed.summary[language], x, y, width, { size: size - 0.5, colour: ink.quiet }) + 2;
  for (const { name, rounds } of report.speed.devices.slice(0, 3)) {
    const byStage = rounds
      .map((round, index) => `${report.speed.stages[index]?.[language] ?? ''} ${round[language]}`)
      .join('   ');
    sheet.text(`${say('device')} ${name}`, x, y, width * 0.34, { size, bold: true });
    y = sheet.text(byStage, x + width * 0.34, y, width * 0.66, { size });
  }
  y =
    sheet.text(report.traffic.summary[language], x, y + 3, width, { size: size - 0.5, colour: ink.quiet }) +
    2;
  for (const line of report.traffic.lines.slice(0, 3)) {
    sheet.text(line.label[language], x, y, width * 0.34, { size, bold: true });
    y = sheet.text(
      `${say('round')} ${line.round[language]}   ${say('allRounds')} ${line.schedule[language]}`,
      ...([x + width * 0.34, y, width * 0.66, { size }] as const),
    );
  }
  return y;
};

const effort: Section = (desk, x, top, width) => {
  const { sheet, report, language, say, density, size } = desk;
  let y = title(desk, say('effort'), x, top, width);
  y = sheet.text(report.effort.summary[language], x, y, width, { size }) + 2;
  for (const line of report.effort.lines.slice(0, density.efforts)) {
    sheet.text(line.arithmetic[language], x + width - 104, y, 104, { size, align: 'right' });
    y = sheet.text(line.text[language], x, y, width - 110, { size, colour: ink.quiet });
  }
  return more(desk, report.effort.lines.length - density.efforts, x, y, width);
};

const risks: Section = (desk, x, top, width) => {
  const { sheet, report, language, say, density, size } = desk;
  let y = title(desk, say('risks'), x, top, width);
  for (const risk of report.risks.slice(0, density.risks)) {
    sheet.text('・', x, y, 10, { size });
    y = sheet.text(risk[language], x + 10, y, width - 10, { size }) + 1;
  }
  return more(desk, report.risks.length - density.risks, x, y, width);
};

const rule: Section = (desk, x, top, width) => {
  const { sheet, report, language, say, size } = desk;
  let y = title(desk, say('rule'), x, top, width);
  for (const { met, needed, text, fact } of report.rules) {
    const colour = met ? ink.accept : needed ? ink.reject : ink.flag;
    drawSign(sheet, met ? 'tick' : needed ? 'cross' : 'triangle', x, y + 1, size - 2, colour);
    const below = sheet.text(text[language], x + 12, y, width - 92, { size });
    y =
      Math.max(
        below,
        sheet.text(fact[language], x + width - 76, y, 76, { size, bold: true, colour, align: 'right' }),
      ) + 1;
  }
  return y;
};

function more({ sheet, language, size }: Desk, count: number, x: number, y: number, width: number): number {
  return count > 0
    ? sheet.text(notShown[language](count), x, y, width, { size: size - 0.5, colour: ink.quiet })
    : y;
}
