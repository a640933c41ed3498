import type { Language } from '../../protocol/errors.ts';
import { counted } from '../api/format.ts';
import type { StatusAnswer } from '../services/status-answer.ts';

type Federation = NonNullable<StatusAnswer['federation']>;
type Held = NonNullable<StatusAnswer['heldBy']>;

/** Words of a plant's status on a terminal. */
interface StatusTexts {
  readonly heldBy: (held: Held) => string;
  readonly nothingJoined: string;
  readonly of: (federation: Federation) => string;
  readonly measures: (has: string, lacks: string) => string;
  readonly round: (federation: Federation, stage: string) => string;
  readonly stages: Readonly<Record<Federation['stage'], string>>;
  /** Where it stands while it runs, or when it last ran. */
  readonly is: Readonly<Record<Federation['status'], string>>;
  readonly lostSince: (since: string) => string;
  readonly heard: (at: string | null) => string;
  /** It takes part whenever it runs, and nothing runs. */
  readonly resting: string;
  readonly parts: (parts: number, problems: number) => string;
  readonly counts: (modality: string, present: number, missing: number) => string;
  readonly noModel: string;
  readonly model: (newest: number, inUse: number | null) => string;
  readonly waits: (version: number) => string;
  readonly heldBack: (version: number) => string;
  readonly reconstructed: (made: NonNullable<StatusAnswer['reconstructed']>) => string;
  readonly nothingMade: string;
}

const texts: Readonly<Record<Language, StatusTexts>> = {
  en: {
    heldBy: ({ process, program, since, at }) =>
      `Held by process ${process} (${program}) since ${since}; this is from ${at}.`,
    nothingJoined: 'No federation was joined yet: join with the invitation from headquarters.',
    of: ({ plant, plan, aggregator }) => `${plant} of "${plan}" at ${aggregator}`,
    measures: (has, lacks) => `Measures ${has || 'nothing yet'}; lacks ${lacks || 'nothing'}.`,
    round: ({ round, rounds, contributedRounds }, stage) =>
      `${round > rounds ? `Extra round ${round} after the ${rounds} planned` : `Round ${round} of ${rounds}`} (${stage}); contributed to ${contributedRounds}.`,
    stages: {
      generators: 'learning each measurement by itself',
      mappings: 'learning how they relate',
      completion: 'learning from completed parts',
    },
    is: {
      'never-contacted': 'Takes part in no rounds, and headquarters was not asked yet: run takes part.',
      apart: 'Takes part in no rounds now: run takes part.',
      connecting: 'Connecting to headquarters.',
      lost: 'Headquarters cannot be reached; it is asked again, and nothing is lost.',
      connected: 'Waiting for the next round.',
      'round-open': 'A round is open, and this plant takes part in it.',
      'waiting-for-others': 'Contributed to the open round; waiting for the other plants.',
      calibrating: 'Plants with the real measurements are calibrating.',
      'extra-round': 'Headquarters has opened an extra round: run takes part in it.',
      finished: 'All rounds are done.',
    },
    lostSince: (since) => `Not reached since ${since}.`,
    heard: (at) => (at === null ? 'Headquarters was never heard.' : `Headquarters was last heard ${at}.`),
    resting: 'Takes part in rounds whenever it runs; nothing runs here now: run or watch goes on.',
    parts: (parts, problems) => `${counted(parts, 'part')}, ${counted(problems, 'problem')}.`,
    counts: (modality, present, missing) => `  ${modality}: ${present}, missing ${missing}`,
    noModel: 'No model came yet.',
    model: (newest, inUse) =>
      `Model version ${newest} is the newest; ${inUse === null ? 'none' : `version ${inUse}`} is in use.`,
    waits: (version) =>
      `Model version ${version} waits for a person: models ${version} shows its card, sign ${version} signs it off.`,
    heldBack: (version) => `Model version ${version} was held back: models ${version} says why.`,
    reconstructed: ({ parts, modelVersion, at }) =>
      `${counted(parts, 'part is', 'parts are')} reconstructed with model version ${modelVersion}, ${at}.`,
    nothingMade: 'Nothing is reconstructed.',
  },
  ja: {
    heldBy: ({ process, program, since, at }) =>
      `プロセス ${process}（${program}）が ${since} から使用中です。以下は ${at} の内容です。`,
    nothingJoined: 'まだ共同学習に参加していません。本部からの招待状を使い、join で参加してください。',
    of: ({ plant, plan, aggregator }) => `${plant}（計画書「${plan}」、集約サーバー ${aggregator}）`,
    measures: (has, lacks) => `計測しているもの：${has || 'まだなし'}／していないもの：${lacks || 'なし'}`,
    round: ({ round, rounds, contributedRounds }, stage) =>
      `${round > rounds ? `予定の ${rounds} ラウンドの後の追加ラウンド ${round}` : `ラウンド ${round}／${rounds}`}（${stage}）、提出済み ${contributedRounds} 回`,
    stages: {
      generators: '各計測をそれぞれ学習',
      mappings: '計測どうしの関係を学習',
      completion: '補完した部品から学習',
    },
    is: {
      'never-contacted': 'ラウンドに参加していません（本部とはまだ通信していません）。run で参加します。',
      apart: '今はラウンドに参加していません。run で参加します。',
      connecting: '本部に接続しています。',
      lost: '本部に接続できません。自動で再接続を続け、失われるものはありません。',
      connected: '次のラウンドを待っています。',
      'round-open': 'ラウンドが始まっていて、この工場も参加しています。',
      'waiting-for-others': 'このラウンドの提出は済みました。他の工場を待っています。',
      calibrating: '実測値のある工場で校正しています。',
      'extra-round': '本部が追加のラウンドを始めました。run で参加します。',
      finished: 'すべてのラウンドが終わりました。',
    },
    lostSince: (since) => `${since} から接続できていません。`,
    heard: (at) => (at === null ? '本部からの応答はまだありません。' : `本部からの最後の応答：${at}`),
    resting: '動いている間はラウンドに参加します。今は何も動いていません。run か watch で続けます。',
    parts: (parts, problems) => `部品 ${parts} 個、問題 ${problems} 件`,
    counts: (modality, present, missing) => `  ${modality}：${present} 個、欠け ${missing} 個`,
    noModel: 'モデルはまだ届いていません。',
    model: (newest, inUse) =>
      `最新のモデルは第 ${newest} 版、${inUse === null ? '使用中の版はありません。' : `使用中は第 ${inUse} 版です。`}`,
    waits: (version) =>
      `モデル第 ${version} 版が承認を待っています。models ${version} で評価書を見て、sign ${version} で承認します。`,
    heldBack: (version) =>
      `モデル第 ${version} 版は見送られています。理由は models ${version} で見られます。`,
    reconstructed: ({ parts, modelVersion, at }) =>
      `部品 ${parts} 個をモデル第 ${modelVersion} 版で復元しました（${at}）。`,
    nothingMade: '復元したものはありません。',
  },
};

/** The status of a plant for a person. */
export function statusInWords(status: StatusAnswer, language: Language): string[] {
  const t = texts[language];
  const { federation, heldBy, data, model, reconstructed } = status;
  return [
    ...(heldBy ? [t.heldBy(heldBy)] : []),
    ...(federation ? standing(federation, status, t) : [t.nothingJoined]),
    t.parts(data.parts, data.problems),
    ...data.counts.map(({ modality, present, missing }) => t.counts(modality, present, missing)),
    model.newest === null ? t.noModel : t.model(model.newest, model.inUse),
    ...(model.pending === null ? [] : [t[model.isHeldBack ? 'heldBack' : 'waits'](model.pending)]),
    reconstructed ? t.reconstructed(reconstructed) : t.nothingMade,
  ];
}

function standing(federation: Federation, { heldBy, participating }: StatusAnswer, t: StatusTexts): string[] {
  const { has, lacks, lostSince, lastContact, status, stage } = federation;
  // What it did when it last ran is no news of a plant that does not run.
  const now = participating && !heldBy ? t.resting : t.is[status];
  return [
    t.of(federation),
    t.measures(has.join(', '), lacks.join(', ')),
    now,
    t.round(federation, t.stages[stage]),
    ...(lostSince === null ? [] : [t.lostSince(lostSince)]),
    t.heard(lastContact),
  ];
}
