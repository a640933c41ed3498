import { describeError, type ErrorCode, errorTable } from '../../protocol/errors.ts';
import type { Finding, FindingCode } from '../../training/pilot/pilot-facts.ts';
import type { Formats } from '../api/format.ts';
import type { PilotFinding } from '../api/views/pilot.ts';
import type { Label } from '../api/views.ts';
import { both } from './labels.ts';

/** Meaning of a sort of finding to a plant. */
interface Meaning {
  readonly severity: PilotFinding['severity'];
  /** Minutes of a person: once, and for each thing that was found, up to so many. */
  readonly minutes: { readonly once: number; readonly each: number; readonly atMost: number };
  title(finding: Finding, modality: Label, formats: Formats): Label;
  readonly cure: Label;
}

type Detail = Readonly<Record<string, string | number>>;

/** Share of a finding: `12 of 300 (4 %)`. */
function share({ count, of }: Finding, { number, percent, language }: Formats): string {
  const part = percent(count / Math.max(1, of));
  return language === 'ja'
    ? `${number(of)} 件中 ${number(count)} 件（${part}）`
    : `${number(count)} of ${number(of)} (${part})`;
}

/** Place of parts that follow each other: rows of their table; of parts from several tables, their names. */
function stretchOf({ from, to, first, last }: Detail): Label {
  return from === 0
    ? { en: `parts ${first} to ${last}`, ja: `部品 ${first}〜${last}` }
    : { en: `rows ${from} to ${to}`, ja: `${from}〜${to} 行目` };
}

const none = { once: 0, each: 0, atMost: 0 };

const meanings: Readonly<Record<FindingCode, Meaning>> = {
  'cells-unreadable': {
    severity: 'repair',
    minutes: { once: 5, each: 1, atMost: 60 },
    title: (finding, _modality, formats) => {
      const { problem, column } = finding.detail;
      const reason = reasonOf(String(problem), finding.detail);
      return {
        en: `Column “${column}”: ${share(finding, formats)} cells cannot be used. First: ${reason.en}.`,
        ja: `列「${column}」のセル ${share(finding, formats)} が使えません。最初の例：${reason.ja}`,
      };
    },
    cure: {
      en: 'Correct the cells, or leave them empty where nothing was measured; the import lists each with its row.',
      ja: 'セルを直すか、測っていないときは空にしてください。取り込み画面に行番号つきで一覧が出ます。',
    },
  },
  'rows-unused': {
    severity: 'repair',
    minutes: { once: 5, each: 1, atMost: 60 },
    title: (finding, _modality, formats) => {
      const reason = reasonOf(String(finding.detail.problem), finding.detail);
      return {
        en: `${share(finding, formats)} rows were left out. First: ${reason.en}.`,
        ja: `行 ${share(finding, formats)} を除きました。最初の例：${reason.ja}`,
      };
    },
    cure: {
      en: 'Correct these rows in the CSV; each part needs its own id and at least one measurement.',
      ja: 'CSV の該当行を直してください。部品ごとに別の ID と、少なくとも 1 つの計測が必要です。',
    },
  },
  'column-unused': {
    severity: 'note',
    minutes: none,
    title: ({ detail: { column } }) => ({
      en: `Column “${column}” is not used.`,
      ja: `列「${column}」は使いません。`,
    }),
    cure: {
      en: 'Nothing to do, unless it is a measurement: then name it in the plan.',
      ja: '対応は不要です。計測である場合は、計画書に加えてください。',
    },
  },
  'files-unlisted': {
    severity: 'look',
    minutes: { once: 15, each: 0, atMost: 0 },
    title: (finding, _modality, formats) => ({
      en: `${share(finding, formats)} image files are named by no row, such as ${finding.detail.file}.`,
      ja: `画像ファイル ${share(finding, formats)} がどの行にも書かれていません（例：${finding.detail.file}）。`,
    }),
    cure: {
      en: 'Add rows for these parts to the CSV, or move the files out of the folder.',
      ja: 'その部品の行を CSV に加えるか、ファイルをフォルダーの外へ移してください。',
    },
  },
  'parts-twice': {
    severity: 'repair',
    minutes: { once: 5, each: 1, atMost: 60 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} parts repeat an earlier part exactly (first: ${finding.detail.first}).`,
      ja: `${modality.ja}：${share(finding, formats)} の部品が、前の部品とまったく同じです（最初の例：${finding.detail.first}）。`,
    }),
    cure: {
      en: 'Find out whether a file was copied or a part listed twice, and keep one; copies make every figure look better than it is.',
      ja: 'ファイルの複写や部品の二重登録がないか調べ、1 つだけ残してください。重複があると、どの成績も実際より良く見えます。',
    },
  },
  'channels-unlike': {
    severity: 'repair',
    minutes: { once: 20, each: 0, atMost: 0 },
    title: ({ detail }, modality, { number }) => ({
      en: `${modality.en}: its ${number(Number(detail.length))} values are quantities with spreads of their own, and the plan has one range for all: the smaller ones are lost in it.`,
      ja: `${modality.ja}：${number(Number(detail.length))} 個の値はばらつきの大きさがそれぞれ違いますが、計画書の範囲は共通です。小さな値は埋もれてしまいます。`,
    }),
    cure: {
      en: 'Have headquarters write “channels” into the plan, with a name, a unit and a range for each value; the standard plan of this check shows how.',
      ja: '値ごとの名前・単位・範囲を、チャンネルとして計画書の「channels」に書くよう本部に依頼してください。この点検の標準の計画書が見本になります。',
    },
  },
  'channel-constant': {
    severity: 'look',
    minutes: { once: 20, each: 0, atMost: 0 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} values never change (places ${finding.detail.channels}).`,
      ja: `${modality.ja}：値 ${share(finding, formats)} がまったく変化しません（${finding.detail.channels} 番目）。`,
    }),
    cure: {
      en: 'Check the sensor’s wiring and its export. A place that is always empty is harmless.',
      ja: 'センサーの配線と書き出しを確かめてください。いつも空の位置であれば問題ありません。',
    },
  },
  'channel-stuck': {
    severity: 'repair',
    minutes: { once: 30, each: 0, atMost: 0 },
    title: ({ count, detail }, modality, { number }) => {
      const place = stretchOf(detail);
      return {
        en: `${modality.en}: value ${detail.channel} stood still for ${number(count)} consecutive parts (${place.en}).`,
        ja: `${modality.ja}：${detail.channel} 番目の値が ${number(count)} 部品続けて同じです（${place.ja}）。`,
      };
    },
    cure: {
      en: 'Have the sensor checked, and leave these cells empty: a stuck reading is a missing one.',
      ja: 'センサーを点検し、その間のセルは空にしてください。固着した値は欠測として扱うのが正解です。',
    },
  },
  'signal-spikes': {
    severity: 'look',
    minutes: { once: 10, each: 2, atMost: 30 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} parts have a single value far from all around it.`,
      ja: `${modality.ja}：${share(finding, formats)} の部品に、周りから大きく外れた値があります。`,
    }),
    cure: {
      en: 'Compare a few with the parts; leave the measurement empty where it was a disturbance.',
      ja: 'いくつかを部品の現物と比べ、外乱であればその計測を空にしてください。',
    },
  },
  'image-blank': {
    severity: 'repair',
    minutes: { once: 10, each: 1, atMost: 60 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} images show nothing at all.`,
      ja: `${modality.ja}：画像 ${share(finding, formats)} に何も写っていません。`,
    }),
    cure: {
      en: 'Take them again, or empty the cells: a blank image teaches that parts look like nothing.',
      ja: '撮り直すか、セルを空にしてください。空の画像は「何も写らない部品」として学習されます。',
    },
  },
  'image-dark': {
    severity: 'repair',
    minutes: { once: 20, each: 1, atMost: 60 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} images are too dark.`,
      ja: `${modality.ja}：画像 ${share(finding, formats)} が暗すぎます。`,
    }),
    cure: {
      en: 'Check the light and the exposure, and take these parts again.',
      ja: '照明と露出を確かめ、その部品を撮り直してください。',
    },
  },
  'image-saturated': {
    severity: 'repair',
    minutes: { once: 20, each: 1, atMost: 60 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} images are burnt out: large areas at full brightness.`,
      ja: `${modality.ja}：画像 ${share(finding, formats)} が白飛びしています。`,
    }),
    cure: {
      en: 'Shorten the exposure or turn the light, and take these parts again.',
      ja: '露出を短くするか照明の向きを変え、その部品を撮り直してください。',
    },
  },
  'image-blurred': {
    severity: 'look',
    minutes: { once: 20, each: 1, atMost: 60 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} images are far less sharp than the others.`,
      ja: `${modality.ja}：画像 ${share(finding, formats)} がほかよりはっきりせず、ぼけています。`,
    }),
    cure: {
      en: 'Look at the examples: clean the lens and check the focus, unless these parts are simply plain.',
      ja: '例を見て、無地の部品でなければ、レンズの汚れと焦点を確かめてください。',
    },
  },
  'note-empty': {
    severity: 'look',
    minutes: { once: 10, each: 0.5, atMost: 120 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: empty on ${share(finding, formats)} parts.`,
      ja: `${modality.ja}：部品 ${share(finding, formats)} で空です。`,
    }),
    cure: {
      en: 'Ask inspectors to write a few words on each part; empty ones simply count as missing.',
      ja: '検査員に、部品ごとに数語を書いてもらってください。空のものは欠測として扱います。',
    },
  },
  'note-repeated': {
    severity: 'look',
    minutes: { once: 30, each: 0, atMost: 0 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} parts carry the very same note: “${finding.detail.text}”.`,
      ja: `${modality.ja}：${share(finding, formats)} の部品に同じメモが書かれています：「${finding.detail.text}」`,
    }),
    cure: {
      en: 'A sentence that fits every part tells nothing. Agree with the inspectors on what a note should say.',
      ja: 'どの部品にも当てはまる文からは何も学べません。メモに何を書くかを検査員と決めてください。',
    },
  },
  'category-constant': {
    severity: 'look',
    minutes: { once: 5, each: 0, atMost: 0 },
    title: (finding, modality) => ({
      en: `${modality.en}: every part has the same value, “${finding.detail.value}”.`,
      ja: `${modality.ja}：すべての部品が同じ値「${finding.detail.value}」です。`,
    }),
    cure: {
      en: 'One value tells nothing of any part. Leave the column out until there are parts with another.',
      ja: '値が 1 つだけでは何も学べません。別の値の部品が入るまで、この列は使わないでください。',
    },
  },
  'category-spellings': {
    severity: 'repair',
    minutes: { once: 10, each: 0, atMost: 0 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: “${finding.detail.value}” is written in other ways on ${share(finding, formats)} parts: ${finding.detail.spellings}.`,
      ja: `${modality.ja}：「${finding.detail.value}」の書き方が ${share(finding, formats)} の部品で違います：${finding.detail.spellings}`,
    }),
    cure: {
      en: 'Write each value in one way, or choose it from a list where it is entered.',
      ja: '同じ値は同じ書き方に揃えるか、入力時に一覧から選ぶようにしてください。',
    },
  },
  'category-once': {
    severity: 'look',
    minutes: { once: 10, each: 0, atMost: 0 },
    title: (finding, modality, formats) => ({
      en: `${modality.en}: ${share(finding, formats)} parts have a value that no other part has: ${finding.detail.values}.`,
      ja: `${modality.ja}：${share(finding, formats)} の部品の値は、他のどの部品にもありません：${finding.detail.values}`,
    }),
    cure: {
      en: 'Correct what is mistyped. Nothing can be learned of a value from one part.',
      ja: '入力の誤りであれば直してください。1 部品しかない値は学習できません。',
    },
  },
};

const order: readonly PilotFinding['severity'][] = ['repair', 'look', 'note'];

/** A finding with what it means; findings that spoil learning come first. */
export interface Explained {
  readonly finding: Finding;
  readonly meaning: Pick<Meaning, 'severity' | 'cure'>;
  readonly title: Label;
  readonly minutes: { readonly once: number; readonly times: number; readonly each: number };
}

/** Findings in words, the gravest first. @param labelOf what the plan calls a modality */
export function explainFindings(findings: readonly Finding[], labelOf: (name: string) => Label): Explained[] {
  return findings
    .map((finding): Explained => {
      const meaning = meanings[finding.code];
      const { once, each, atMost } = meaning.minutes;
      const title = both((formats) => meaning.title(finding, labelOf(finding.modality), formats));
      return { finding, meaning, title, minutes: { once, times: Math.min(finding.count, atMost), each } };
    })
    .sort((a, b) => order.indexOf(a.meaning.severity) - order.indexOf(b.meaning.severity));
}

/** Reason why the import refused a row or cell, in the words of the error table. */
function reasonOf(code: string, detail: Detail): Label {
  const known: ErrorCode = Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'internal';
  return { en: describeError(known, detail, 'en').title, ja: describeError(known, detail, 'ja').title };
}
