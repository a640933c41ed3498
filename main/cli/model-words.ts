import type { Language } from '../../protocol/errors.ts';
import { formatsOf } from '../api/format.ts';
import type { Comparison, ModelCardView, ModelState, ModelsView, TargetView } from '../api/views/models.ts';

/** Words of model versions and their cards on a terminal. */
interface ModelTexts {
  readonly none: string;
  readonly states: Readonly<Record<ModelState, string>>;
  readonly comparisons: Readonly<Record<Comparison, string>>;
  readonly first: string;
  readonly version: (version: number, round: number) => string;
  readonly may: (roles: string) => string;
  readonly adoption: Readonly<Record<ModelsView['adoption'], string>>;
  readonly decided: (what: ModelsView['versions'][number]['decision'] & {}) => string;
  readonly notGenuine: string;
  readonly evaluatedOn: (parts: number, at: string) => string;
  readonly nothingHeldOut: string;
  readonly unevaluated: (modality: string) => string;
  readonly from: (target: string, sources: string) => string;
  readonly gained: (by: string, version: number) => string;
  readonly noBetter: (channels: string) => string;
  readonly acknowledge: string;
}

const texts: Readonly<Record<Language, ModelTexts>> = {
  en: {
    none: 'No model has arrived yet: run takes part in rounds.',
    states: {
      received: 'not evaluated',
      evaluated: 'waits for sign-off',
      'in-use': 'in use',
      held: 'held back',
      retired: 'was in use',
    },
    comparisons: {
      better: 'better than the version in use',
      'as-good': 'as good as the version in use',
      worse: 'worse than the version in use',
      'cannot-tell': 'these parts cannot tell',
    },
    first: 'the first version: there is none to compare it with',
    version: (version, round) => `version ${version}, after round ${round}`,
    may: (roles) => `May sign off: ${roles} (--as NAME:ROLE).`,
    adoption: {
      automatic:
        'A newer version that is not worse is used without a person, unless it cannot be judged at this plant.',
      'automatic-unjudged':
        'A newer version that is not worse is used without a person, even where it cannot be judged at this plant.',
      signed: 'A version is used once a person has signed it off.',
    },
    decided: ({ action, name, role, reason, at }) =>
      `${{ use: 'signed off', 'roll-back': 'gone back to', hold: 'held back' }[action]} by ${role === 'workstation' ? "the plan's policy" : `${name} (${role})`}, ${at}${reason && `: ${reason}`}`,
    notGenuine: 'this sign-off does not hold: signature, card or model were changed',
    evaluatedOn: (parts, at) =>
      `Evaluated on ${parts} of this plant's own parts that it never trains on, ${at}.`,
    nothingHeldOut: 'No part here has two measurements, so nothing could be evaluated.',
    unevaluated: (modality) =>
      `${modality}: no part held out here has it. How good its reconstructions are at this plant, this card cannot say.`,
    from: (target, sources) => `${target} from ${sources}`,
    gained: (by, version) => `${by} over version ${version}`,
    noBetter: (channels) => `no better than the mean: ${channels}`,
    acknowledge:
      'Nothing here could judge all that this version reconstructs: signing it off takes --acknowledge, which says that this is known.',
  },
  ja: {
    none: 'モデルがまだありません。先に run でラウンドに参加してください。',
    states: {
      received: '未評価',
      evaluated: '承認待ち',
      'in-use': '使用中',
      held: '見送り',
      retired: '以前に使用',
    },
    comparisons: {
      better: '使用中の版より良い',
      'as-good': '使用中の版と同等',
      worse: '使用中の版より悪い',
      'cannot-tell': 'ここの部品だけでは分からない',
    },
    first: '最初の版なので、比べる版がない',
    version: (version, round) => `第 ${version} 版（ラウンド ${round} の後）`,
    may: (roles) => `承認できる人：${roles}（--as 名前:役割）`,
    adoption: {
      automatic: '悪くない新しい版は人の承認なしで使います。この工場で評価できないものは除きます。',
      'automatic-unjudged':
        '悪くない新しい版は、この工場で評価できないものも含めて、人の承認なしで使います。',
      signed: '版は、人が承認してから使います。',
    },
    decided: ({ action, name, role, reason, at }) =>
      `${{ use: '承認', 'roll-back': '再使用', hold: '見送り' }[action]}：${role === 'workstation' ? '計画書の方針' : `${name}（${role}）`}、${at}${reason && `、理由：${reason}`}`,
    notGenuine: 'この承認は無効です（署名・評価書・モデルのいずれかが変わっています）',
    evaluatedOn: (parts, at) => `学習に使っていない自工場の部品 ${parts} 個で評価しました（${at}）。`,
    nothingHeldOut: '二つ以上の計測がある部品がないため、評価できませんでした。',
    unevaluated: (modality) =>
      `${modality}：評価用の部品にこの計測がありません。この工場での復元の良さは、この評価書では分かりません。`,
    from: (target, sources) => `${target}（${sources} から）`,
    gained: (by, version) => `第 ${version} 版から ${by}`,
    noBetter: (channels) => `平均より良くない：${channels}`,
    acknowledge:
      'この版が復元するものの一部は、ここでは評価できませんでした。承認には、それを承知していることを示す --acknowledge が要ります。',
  },
};

/** The versions that a plant knows, newest first, and what becomes of a new one. */
export function versionsInWords({ versions, adoption, signOffBy }: ModelsView, language: Language): string[] {
  const t = texts[language];
  if (versions.length === 0) return [t.none];
  const lines = versions.flatMap(({ version, round, state, comparison, decision }) => [
    [t.version(version, round), t.states[state], ...(comparison ? [t.comparisons[comparison]] : [])].join(
      ' · ',
    ),
    ...(decision ? [`  ${t.decided(decision)}`] : []),
    ...(decision?.isGenuine === false ? [`  ${t.notGenuine}`] : []),
  ]);
  return [...lines, t.adoption[adoption], t.may(signOffBy.join(', '))];
}

/** What the evaluation of a version found out here, for whoever signs it off. */
export function cardInWords(card: ModelCardView, language: Language): string[] {
  const t = texts[language];
  const { version, round, reference, comparison, parts, evaluatedAt, targets, unevaluated, leavesOpen } =
    card;
  return [
    `${t.version(version, round)}: ${reference === null ? t.first : t.comparisons[comparison]}`,
    parts.used === 0 ? t.nothingHeldOut : t.evaluatedOn(parts.used, evaluatedAt),
    ...targets.flatMap((target) => targetInWords(target, reference, language)),
    ...unevaluated.map(t.unevaluated),
    ...(leavesOpen ? [t.acknowledge] : []),
  ];
}

function targetInWords(
  { modality, sets, leading, channels }: TargetView,
  reference: number | null,
  language: Language,
): string[] {
  const t = texts[language];
  const { measured, gained, title } = formatsOf(language);
  const weak = channels.flatMap(({ name, better }) => (better ? [] : name));
  return [
    ...sets.map(({ sources, scores: [score] }) => {
      const { value, gain } = score!;
      const figures = `${title(leading)} ${measured(leading, value.mean)} (${measured(leading, value.low)} … ${measured(leading, value.high)})`;
      const against =
        gain && reference !== null ? `, ${t.gained(gained(leading, gain.mean), reference)}` : '';
      return `  ${t.from(modality, sources.join(' + '))}: ${figures}${against}`;
    }),
    ...(weak.length > 0 ? [`    ${t.noBetter(weak.join(', '))}`] : []),
  ];
}
