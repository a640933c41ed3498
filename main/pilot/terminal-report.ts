import type { Language } from '../../protocol/errors.ts';
import { formatsOf } from '../api/format.ts';
import type { PilotFinding, PilotReport, PilotWord } from '../api/views/pilot.ts';

const signs: Readonly<Record<PilotReport['decision'], string>> = { go: '✔', conditions: '▲', 'not-yet': '✘' };
const severities: Readonly<Record<PilotFinding['severity'], string>> = { repair: '!', look: '?', note: '·' };

/** A report as text for a terminal. */
export function terminalText(report: PilotReport, language: Language): string {
  const say = (word: PilotWord) => report.words[word][language];
  const { measured, title, r2 } = formatsOf(language);
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
      say('rule'),
      report.rules.map(({ met, text, fact }) => `${met ? '✔' : '✘'} ${text[language]}: ${fact[language]}`),
    ),
    ...section(say('data'), [
      data.summary[language],
      ...data.modalities.map(
        ({ label, present, missing }) =>
          `${bar(present, missing)} ${label[language]}: ${present} / ${present + missing}`,
      ),
      ...data.pairs.map(({ label, parts }) => `${label[language]}: ${parts}`),
    ]),
    ...section(
      say('findings'),
      report.findings.length === 0
        ? [say('noFindings')]
        : report.findings.flatMap(({ severity, title, cure }) => [
            `${severities[severity]} ${title[language]}`,
            `  ${cure[language]}`,
          ]),
    ),
    ...section(say('quality'), [
      quality.summary[language],
      ...quality.modalities.flatMap(({ label, summary, figures, channels, caution }) => [
        `${label[language]} (${summary[language]})`,
        ...figures.map(
          ({ measure, reconstructed, mean }) =>
            `  ${title(measure)}: ${measured(measure, reconstructed)} (${say('mean')}: ${measured(measure, mean)})`,
        ),
        ...(channels.length > 0 ? [`  ${say('channels')}`] : []),
        ...channels.map((channel) => `    ${channel.better ? '✔' : '✘'} ${channel.name}: ${r2(channel.r2)}`),
        ...(caution ? [`  ! ${caution[language]}`] : []),
      ]),
      quality.published[language],
    ]),
    ...section(say('speed'), [
      speed.summary[language],
      ...speed.devices.map(
        ({ name, rounds }) =>
          `${name}: ${rounds.map((round, index) => `${speed.stages[index]![language]} ${round[language]}`).join(', ')}`,
      ),
      traffic.summary[language],
      ...traffic.lines.map(
        (line) =>
          `${line.label[language]}: ${say('round')} ${line.round[language]}, ${say('allRounds')} ${line.schedule[language]}`,
      ),
    ]),
    ...section(say('effort'), [
      effort.summary[language],
      ...effort.lines.map((line) => `${line.text[language]}: ${line.arithmetic[language]}`),
    ]),
    ...section(
      say('risks'),
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
