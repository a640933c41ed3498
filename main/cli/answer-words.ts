import type { Language } from '../../protocol/errors.ts';
import { counted } from '../api/format.ts';
import type { ImportView, UndoingView } from '../api/views.ts';

type Done = ImportView['modalities'][number];

/** What commands answer on a terminal once they are done, and what they ask before. */
export interface AnswerTexts {
  readonly imported: (
    table: string,
    made: { id: number; fresh: number; known: number },
    here: number,
  ) => string;
  readonly allAsBefore: string;
  /** What an import did to one modality. */
  readonly did: Readonly<
    Record<'added' | 'replaced' | 'same' | 'removed' | 'stayed', (count: number) => string>
  >;
  readonly counts: (modality: string, present: number, missing: number) => string;
  /** Problems beyond those that are listed. */
  readonly moreProblems: (count: number) => string;
  readonly importsNone: string;
  readonly parts: (count: number) => string;
  readonly deletes: (what: string | undefined, parts: number) => string;
  readonly deleted: (values: number, parts: number) => string;
  readonly undoes: (id: number, does: UndoingView) => string;
  readonly undone: (id: number, did: UndoingView) => string;
  readonly exported: (modality: string, count: number, folder: string) => string;
  readonly reconstructed: (parts: number, model: number) => string;
  readonly nothingMissing: string;
  readonly waits: (model: number) => string;
  readonly joined: (plant: string, plan: string, has: string) => string;
  readonly watched: (folder: string, readAs: string | null) => string;
  readonly unwatched: string;
  readonly stopped: string;
  readonly stoppedBefore: string;
}

/** Words of the answers in each language. */
export const answerTexts: Readonly<Record<Language, AnswerTexts>> = {
  en: {
    imported: (table, { id, fresh, known }, here) =>
      `${table} is imported (import ${id}): ${counted(fresh, 'new part')}, ${known} known. Here are ${counted(here, 'part')} now.`,
    allAsBefore: 'Nothing in it is new: all of it was here already.',
    did: {
      added: (count) => `${count} new`,
      replaced: (count) => `${count} replaced`,
      same: (count) => `${count} as before`,
      removed: (count) => `${count} removed`,
      stayed: (count) => `${count} kept though the cell is empty`,
    },
    counts: (modality, present, missing) => `${modality}: ${present}, missing ${missing}`,
    moreProblems: (count) => `… and ${count} more: the page Data saves all of them as a table.`,
    importsNone: 'Nothing is imported.',
    parts: (count) => counted(count, 'part'),
    deletes: (what, parts) =>
      `This deletes ${what ?? 'all that is measured'} of ${counted(parts, 'part')}. Nothing brings it back.`,
    deleted: (values, parts) =>
      `${counted(values, 'value is', 'values are')} deleted; of ${counted(parts, 'part')} nothing is left.`,
    undoes: (id, { goes, returns }) =>
      `Import ${id} is taken back: ${counted(goes, 'value goes', 'values go')}, and ${counted(returns, 'other comes', 'others come')} back.`,
    undone: (id, { goes, returns, covered }) =>
      `Import ${id} is taken back: ${counted(goes, 'value')} went, ${returns} came back, ${covered} had been replaced since.`,
    exported: (modality, count, folder) =>
      `${counted(count, 'reconstruction')} of ${modality}: in ${folder}.`,
    reconstructed: (parts, model) =>
      `${counted(parts, 'part is', 'parts are')} reconstructed with model ${model}.`,
    nothingMissing: 'Nothing is missing that could be reconstructed.',
    waits: (model) => `Model ${model} waits for a person.`,
    joined: (plant, plan, has) => `${plant} has joined "${plan}" with ${has}.`,
    watched: (folder, readAs) =>
      `${folder} is watched${readAs === null ? '' : `, read as it was imported on ${readAs}`}; Ctrl-C stops.`,
    unwatched: 'No folder is watched any more.',
    stopped: 'Stopped; what was finished is kept.',
    stoppedBefore: 'Stopped; nothing was written.',
  },
  ja: {
    imported: (table, { id, fresh, known }, here) =>
      `${table} を取り込みました（取り込み番号 ${id}）。新しい部品 ${fresh} 個、登録済みの部品 ${known} 個。現在の部品は ${here} 個です。`,
    allAsBefore: '新しいデータはありません。すべて取り込み済みです。',
    did: {
      added: (count) => `新規 ${count}`,
      replaced: (count) => `置き換え ${count}`,
      same: (count) => `変更なし ${count}`,
      removed: (count) => `削除 ${count}`,
      stayed: (count) => `セルが空でも残した値 ${count}`,
    },
    counts: (modality, present, missing) => `${modality}：${present} 件、欠け ${missing} 件`,
    moreProblems: (count) => `ほかに ${count} 件あります。「データ」の画面で、すべてを表として保存できます。`,
    importsNone: '取り込んだデータはありません。',
    parts: (count) => `部品 ${count} 個`,
    deletes: (what, parts) =>
      `部品 ${parts} 個の${what === undefined ? '計測をすべて' : `${what} を`}削除します。元に戻せません。`,
    deleted: (values, parts) =>
      `値を ${values} 件削除しました。データがなくなった部品 ${parts} 個も削除しました。`,
    undoes: (id, { goes, returns }) =>
      `取り込み ${id} を取り消します。なくなる値 ${goes} 件、元に戻る値 ${returns} 件。`,
    undone: (id, { goes, returns, covered }) =>
      `取り込み ${id} を取り消しました。なくなった値 ${goes} 件、元に戻った値 ${returns} 件、その後に置き換えられていた値 ${covered} 件。`,
    exported: (modality, count, folder) => `${modality} の復元 ${count} 件を ${folder} に書き出しました。`,
    reconstructed: (parts, model) => `モデル ${model} で部品 ${parts} 個を復元しました。`,
    nothingMissing: '復元できる計測の欠けはありません。',
    waits: (model) => `モデル ${model} は承認待ちです。`,
    joined: (plant, plan, has) => `${plant} は「${plan}」に参加しました（計測：${has}）。`,
    watched: (folder, readAs) =>
      `${folder} を監視しています${readAs === null ? '' : `（${readAs} に取り込んだときの読み方を使います）`}。Ctrl-C で止まります。`,
    unwatched: 'フォルダーの監視をやめました。',
    stopped: '停止しました。終わった分は残っています。',
    stoppedBefore: '停止しました。何も書き込んでいません。',
  },
};

/** What an import did to one modality, in brackets; empty where it did nothing. */
export function doneInWords(
  { added, replaced, same, removed, stayed }: Done,
  { did }: Pick<AnswerTexts, 'did'>,
): string {
  const counts = { added, replaced: replaced - same, same, removed, stayed };
  const words = (Object.keys(counts) as (keyof typeof counts)[])
    .filter((what) => counts[what] > 0)
    .map((what) => did[what](counts[what]));
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}
