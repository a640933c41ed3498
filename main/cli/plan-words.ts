import type { Language } from '../../protocol/errors.ts';
import { counted } from '../api/format.ts';
import type { EnrolmentPreview } from '../api/views/plan.ts';

type Policy = EnrolmentPreview['plan']['policy'];

/** Words of a plan on a terminal. */
interface PlanTexts {
  readonly invited: string;
  readonly purpose: string;
  readonly uses: string;
  readonly measurements: string;
  readonly rounds: (count: number) => string;
  readonly leaves: string;
  readonly seenBy: string;
  readonly decisions: string;
  readonly exportBy: string;
  readonly nobody: string;
  readonly pins: Readonly<Record<Policy['pins'], string>>;
  readonly kept: (days: number) => string;
  readonly adoption: Readonly<Record<Policy['adoption'], string>>;
  readonly aggregator: string;
  readonly fingerprint: string;
  readonly expires: string;
  readonly roles: Readonly<Record<Policy['seenBy'][number], string>>;
  readonly decisionKinds: Readonly<Record<Policy['decisions'][number], string>>;
}

const texts: Readonly<Record<Language, PlanTexts>> = {
  en: {
    invited: 'Invited as',
    purpose: 'Purpose',
    uses: 'Uses',
    measurements: 'Measurements',
    rounds: (count) => `Training goes on for ${counted(count, 'round')}.`,
    leaves:
      'Module weights, counts of parts and mean losses leave this plant; never an image, a value or a word of its parts.',
    seenBy: 'Reconstructions may be seen by',
    decisions: 'They may help to decide',
    exportBy: 'They may be exported by',
    nobody: 'nobody',
    pins: {
      optional: 'Whoever works here sets a PIN, or does not.',
      required: 'A PIN is needed to decide, sign off, set thresholds and export.',
    },
    kept: (days) => `They are deleted here after ${counted(days, 'day')}.`,
    adoption: {
      automatic:
        'A newer model that is not worse is used without a person, unless it cannot be judged at this plant.',
      'automatic-unjudged':
        'A newer model that is not worse is used without a person, even where it cannot be judged at this plant.',
      signed: 'A model is used once a person has signed it off.',
    },
    aggregator: 'Aggregator',
    fingerprint: 'Fingerprint',
    expires: 'Valid until',
    roles: { operator: 'operators', engineer: 'quality engineers', administrator: 'administrators' },
    decisionKinds: {
      triage: 'which part to look at first',
      'in-process-check': 'whether to measure again or stop a line',
      'final-acceptance': 'whether a part is good',
    },
  },
  ja: {
    invited: '招待された工場名',
    purpose: '目的',
    uses: '用途',
    measurements: '計測',
    rounds: (count) => `学習は ${count} ラウンド行います。`,
    leaves:
      'この工場から出るのはモジュールの重み、部品の数、平均損失だけです。部品の画像、値、語は出ません。',
    seenBy: '復元を見てよい人',
    decisions: '復元を使ってよい用途',
    exportBy: '復元を書き出してよい人',
    nobody: 'なし',
    pins: {
      optional: '暗証番号を使うかどうかは、各自で決めます。',
      required: '判定・承認・しきい値の設定・書き出しには暗証番号が必要です。',
    },
    kept: (days) => `復元は ${days} 日後にこの端末が削除します。`,
    adoption: {
      automatic:
        '悪くない新しいモデルは、人の承認なしで使います。この工場で評価できず、良し悪しが分からないものは除きます。',
      'automatic-unjudged':
        '悪くない新しいモデルは、この工場で評価できないものも含めて、人の承認なしで使います。',
      signed: 'モデルは、人が承認してから使います。',
    },
    aggregator: '集約サーバー',
    fingerprint: '証明書の照合値',
    expires: '有効期限',
    roles: { operator: '作業員', engineer: '品質技術者', administrator: '管理者' },
    decisionKinds: {
      triage: 'どの部品から見るか（選別）',
      'in-process-check': '測り直すか、止めるか（工程内検査）',
      'final-acceptance': '部品の合否（最終検査）',
    },
  },
};

/** The plan behind an invitation in plain words, for whoever is asked to agree to it. */
export function planInWords(
  { plant, aggregator, caFingerprint, expires, plan }: EnrolmentPreview,
  language: Language,
): string[] {
  const t = texts[language];
  const { policy } = plan;
  const list = (items: readonly string[]) => items.join(', ') || t.nobody;
  const roles = (allowed: Policy['seenBy']) => list(allowed.map((role) => t.roles[role]));
  return [
    plan.name,
    ...(plan.purpose && [`${t.purpose}: ${plan.purpose}`]),
    ...(policy.uses && [`${t.uses}: ${policy.uses}`]),
    `${t.invited}: ${plant}`,
    `${t.measurements}:`,
    ...plan.modalities.map(
      (modality) => `  ${modality.name}: ${modality.label[language]} (${modality.kind})`,
    ),
    t.rounds(plan.scheduledRounds),
    t.leaves,
    `${t.seenBy}: ${roles(policy.seenBy)}`,
    `${t.decisions}: ${list(policy.decisions.map((kind) => t.decisionKinds[kind]))}`,
    `${t.exportBy}: ${roles(policy.exportBy)}`,
    t.pins[policy.pins],
    t.kept(policy.retentionDays),
    t.adoption[policy.adoption],
    `${t.aggregator}: ${aggregator}`,
    `${t.fingerprint}: ${caFingerprint}`,
    `${t.expires}: ${expires}`,
  ].filter((line) => line !== '');
}
