import type { Language } from '../../protocol/errors.ts';
import { formatsOf } from '../api/format.ts';
import type { PilotFinding, PilotReport } from '../api/views/pilot.ts';

const signs: Readonly<Record<PilotReport['decision'], string>> = { go: '✔', conditions: '▲', 'not-yet': '✘' };
const severities: Readonly<Record<PilotFinding['severity'], string>> = { repair: '!', look: '?', note: '·' };
const headings = {
  en: {
    rules: 'The rule',
    data: 'What is there',
    findings: 'What to look after',
    quality: 'What quality to expect',
    speed: 'How fast this workstation is',
    traffic: 'The line',
    effort: 'Work of a person',
    risks: 'Risks',
    mean: 'mean',
    round: 'a round',
    all: 'all rounds',
    parts: 'parts',
    nothing: 'Nothing was found.',
  },
  ja: {
    rules: '判定の基準',
    data: 'データ',
    findings: '確かめること',
    quality: '期待できる品質',
    speed: 'この端末の速さ',
    traffic: '回線',
    effort: '人の作業',
    risks: 'リスク',
    mean: '平均値',
    round: '1 ラウンド',
    all: '全ラウンド',
    parts: '部品',
    nothing: '問題は見つかりませんでした。',
  },
} as const;

/** A report as text for a terminal. */
export function terminalText(report: PilotReport, language: Language): string {
  const words = headings[language];
  const { measured, title } = formatsOf(language);
  const { data, quality, speed, traffic, effort } = report;
  const section = (title: string, lines: readonly string[]) => [
    '',
    title,
    ...lines.map((line) => `  ${line}`),
  ];
  return [
    `${signs[report.decision]} ${report.headline[language]}`,
    `  ${report.reason[language]}`,
    `  ${report.folder} · ${report.plan[language]}`,
    ...section(
      words.rules,
      report.rules.map(({ met, text, fact }) => `${met ? '✔' : '✘'} ${text[language]}: ${fact[language]}`),
    ),
    ...section(words.data, [
      data.summary[language],
      ...data.modalities.map(
        ({ label, present, missing }) =>
          `${bar(present, missing)} ${label[language]}: ${present} / ${present + missing}`,
      ),
      ...data.pairs.map(({ label, parts }) => `${label[language]}: ${parts}`),
    ]),
    ...section(
      words.findings,
      report.findings.length === 0
        ? [words.nothing]
        : report.findings.flatMap(({ severity, title, cure }) => [
            `${severities[severity]} ${title[language]}`,
            `  ${cure[language]}`,
          ]),
    ),
    ...section(words.quality, [
      quality.summary[language],
      ...quality.modalities.flatMap(({ label, summary, figures }) => [
        `${label[language]} (${summary[language]})`,
        ...figures.map(
          ({ measure, reconstructed, mean }) =>
            `  ${title(measure)}: ${measured(measure, reconstructed)} (${words.mean}: ${measured(measure, mean)})`,
        ),
      ]),
      quality.published[language],
    ]),
    ...section(words.speed, [
      speed.summary[language],
      ...speed.devices.map(
        ({ name, rounds }) =>
          `${name}: ${rounds.map((round, index) => `${speed.stages[index]![language]} ${round[language]}`).join(', ')}`,
      ),
    ]),
    ...section(words.traffic, [
      traffic.summary[language],
      ...traffic.lines.map(
        (line) =>
          `${line.label[language]}: ${words.round} ${line.round[language]}, ${words.all} ${line.schedule[language]}`,
      ),
    ]),
    ...section(words.effort, [
      effort.summary[language],
      ...effort.lines.map((line) => `${line.text[language]}: ${line.arithmetic[language]}`),
    ]),
    ...section(
      words.risks,
      report.risks.map((risk) => `- ${risk[language]}`),
    ),
    '',
    report.privacy[language],
  ].join('\n');
}

const barWidth = 12;

function bar(present: number, missing: number): string {
  const filled = Math.round((barWidth * present) / Math.max(1, present + missing));
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
}
