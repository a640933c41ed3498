import type { HeldDecision } from '../../store/decisions.ts';
import { badge } from '../images.ts';
import type { ExportRecord } from './export-records.ts';
import type { ExportSetting } from './export-setting.ts';

/** Notice in every exported file, in both languages. */
export const notice = {
  en: 'Computed by a model, not measured.',
  ja: 'モデルによる復元であり、計測値ではありません。',
};
export const barredNotice = {
  en: 'Not for final acceptance.',
  ja: '最終検査には使えません。',
};

/** What is said of everything in an export, in both languages. */
export function noticeOf({ barred }: Pick<ExportSetting, 'barred'>): {
  readonly en: string;
  readonly ja: string;
} {
  return barred ? { en: `${notice.en} ${barredNotice.en}`, ja: `${notice.ja}${barredNotice.ja}` } : notice;
}

const day = 86_400_000;

/** Day on which the plan wants a reconstruction gone, wherever it is. */
export function keepUntil(
  { policy }: Pick<ExportSetting, 'policy'>,
  { found }: Pick<ExportRecord, 'found'>,
): string {
  const until = new Date(Date.parse(found.madeAt) + policy.retentionDays * day);
  return Number.isNaN(until.getTime()) ? '' : until.toISOString().slice(0, 10);
}

/** Sources in words: `gauge 72 %, note 28 % through camera`. */
function sourcesInWords({ found: { sources } }: Pick<ExportRecord, 'found'>): string {
  return sources
    .map(({ modality, share, through }) => {
      const percent = `${modality} ${Math.round(share * 100)} %`;
      return through === undefined ? percent : `${percent} through ${through} (bridge)`;
    })
    .join(', ');
}

/** A decision that holds no more, because another reconstruction stands in the place of what was decided on. */
function lookAgain({ decision, modelVersion }: HeldDecision): string {
  return `${decision} on model version ${modelVersion}; look again / 第 ${modelVersion} 版で判定済み。再確認が必要です`;
}

/** Text inside the file of a picture that says what it is. */
export function pictureText(setting: ExportSetting, record: ExportRecord): Record<string, string> {
  const { name, found, decision, earlier } = record;
  return {
    ...badge(found, 'reconstruction'),
    Description: `${notice.en} ${notice.ja}`,
    ...(setting.barred && { Disclaimer: `${barredNotice.en} ${barredNotice.ja}` }),
    'Creation Time': found.madeAt,
    Part: name,
    Modality: setting.modality.name,
    'Model version': String(found.modelVersion),
    'Plan hash': found.planHash,
    Sources: sourcesInWords(record),
    Confidence: `${record.confidence.toFixed(3)} (${record.confidenceIs})`,
    ...(record.verdict && { Verdict: record.verdict }),
    Decision: decision
      ? `${decision.decision}${decision.reason && `: ${decision.reason}`}`
      : `none${earlier ? ` (${lookAgain(earlier)})` : ''}`,
    'Keep until': keepUntil(setting, record),
  };
}

/** Lines that are drawn into a picture: the part, and which model made it with which confidence, in both languages. */
export function captionOf(record: ExportRecord): readonly string[] {
  const { name, found, confidence, confidenceIs } = record;
  const percent = `${Math.floor(confidence * 100)} %`;
  const kind = confidenceIs === 'provisional' ? ' provisional / 暫定' : '';
  return [
    `Part / 部品 ${name}`,
    `Model version / モデルの版 ${found.modelVersion}`,
    `Confidence / 信頼度 ${percent}${kind}`,
  ];
}

/** Columns that say what each row of a table is. */
export const recordHead = [
  'part',
  'what',
  'model_version',
  'plan_hash',
  'made_at',
  'sources',
  'confidence',
  'confidence_is',
  'verdict',
  'decision',
  'reason',
  'decided_by',
  'decided_at',
  'earlier_decision',
  'keep_until',
] as const;

export function recordColumns(setting: ExportSetting, record: ExportRecord): (string | number)[] {
  const { name, found, decision, earlier } = record;
  const said = setting.barred ? `${notice.en} ${barredNotice.en}` : notice.en;
  return [
    name,
    said,
    found.modelVersion,
    found.planHash,
    found.madeAt,
    sourcesInWords(record),
    record.confidence,
    record.confidenceIs,
    record.verdict ?? '',
    decision?.decision ?? '',
    decision?.reason ?? '',
    decision?.actor.name ?? '',
    decision?.at ?? '',
    earlier ? lookAgain(earlier) : '',
    keepUntil(setting, record),
  ];
}
