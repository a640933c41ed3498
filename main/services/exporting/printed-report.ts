import { ink, openSheet, paper, type Sheet } from '../../pilot/pdf/paper.ts';
import { keepUntil, noticeOf } from './describe.ts';
import type { ExportRecord } from './export-records.ts';
import type { ExportSetting } from './export-setting.ts';

/** What is shown of a reconstruction: its picture as it is exported, or its values by the names of their columns. */
interface ShownValues {
  readonly picture?: Uint8Array;
  readonly values?: readonly (readonly [name: string, value: string | number])[];
}

/** Parts that a report holds: what somebody can leaf through. */
export const longestReport = 1000;
/** Height of a part, and of the picture in it. */
const block = { height: 220, picture: 190 } as const;
/** Values that there is room for. */
const valuesShown = 12;
const size = 8.5;

const words = {
  title: { en: 'Reconstructions of measurements', ja: '計測の復元' },
  plant: { en: 'Plant', ja: '工場' },
  plan: { en: 'Plan', ja: '計画書' },
  measurement: { en: 'Measurement', ja: '計測' },
  exported: { en: 'Exported', ja: '書き出し' },
  parts: { en: 'Parts', ja: '部品の数' },
  model: { en: 'Model version', ja: 'モデルの版' },
  made: { en: 'Reconstructed', ja: '復元した日時' },
  confidence: { en: 'Confidence', ja: '信頼度' },
  verdict: { en: 'Verdict', ja: '使えるかどうか' },
  sources: { en: 'Rests on', ja: '元の計測' },
  decision: { en: 'Decision', ja: '判定' },
  reason: { en: 'Reason', ja: '理由' },
  keep: { en: 'Keep until', ja: '保存期限' },
  none: { en: 'none', ja: 'なし' },
  more: {
    en: (count: number) => `${count} more values stand in the table.`,
    ja: (count: number) => `ほか ${count} 個の値は表にあります。`,
  },
} as const;
const verdicts = {
  use: { en: 'may be used', ja: '使用可' },
  check: { en: 'check it', ja: '要確認' },
  'no-ground': { en: 'no ground', ja: '根拠なし' },
} as const;
const decisions = {
  accept: { en: 'accepted', ja: '採用' },
  flag: { en: 'flagged', ja: '保留' },
  reject: { en: 'rejected', ja: '不採用' },
} as const;
const kinds = {
  calibrated: { en: 'calibrated', ja: '校正済み' },
  provisional: { en: 'provisional', ja: '暫定' },
} as const;

/** A report to print of one part or of a lot: what each reconstruction is, what it rests on, and what was decided. */
export async function printedReport(
  setting: ExportSetting,
  records: readonly ExportRecord[],
  shownOf: (index: number) => Promise<ShownValues>,
): Promise<Uint8Array> {
  const { language, modality, plant, planName, actor, at } = setting;
  const label = modality.label[language];
  const sheet = await openSheet(`${words.title[language]} · ${label}`, language);
  const width = paper.width - 2 * paper.margin;
  let y = sheet.text(`${words.title[language]} · ${label}`, paper.margin, paper.margin, width, {
    size: 15,
    bold: true,
  });
  y = banner(sheet, noticeOf(setting)[language], y + 4, width);
  const facts = [
    [words.plant, plant],
    [words.plan, planName],
    [words.measurement, label],
    [words.parts, String(records.length)],
    [words.exported, `${at.slice(0, 16).replace('T', ' ')} UTC, ${actor.name}`],
  ] as const;
  for (const [name, value] of facts) y = fact(sheet, name[language], value, paper.margin, y, width);
  for (const [index, record] of records.entries()) {
    if (y + block.height > paper.height - paper.margin) {
      sheet.turn();
      y = banner(sheet, noticeOf(setting)[language], paper.margin, width);
    }
    drawPart(sheet, setting, record, await shownOf(index), y + 8);
    y += block.height;
    await new Promise(setImmediate);
  }
  return sheet.finish();
}

/** A bar that says on every sheet what all of it is. */
function banner(sheet: Sheet, text: string, y: number, width: number): number {
  const style = { size: 9, bold: true, colour: '#ffffff' };
  const height = sheet.heightOf(text, width - 12, style) + 8;
  sheet.rectangle(paper.margin, y, width, height, ink.reconstructed);
  sheet.text(text, paper.margin + 6, y + 4, width - 12, style);
  return y + height + 6;
}

function fact(sheet: Sheet, name: string, value: string, x: number, y: number, width: number): number {
  sheet.text(name, x, y, 100, { size, colour: ink.quiet });
  return sheet.text(value, x + 104, y, width - 104, { size }) + 2;
}

function drawPart(
  sheet: Sheet,
  setting: ExportSetting,
  record: ExportRecord,
  { picture, values = [] }: ShownValues,
  top: number,
): void {
  const { language } = setting;
  const { found, decision, earlier } = record;
  const width = paper.width - 2 * paper.margin;
  sheet.line(
    [
      [paper.margin, top - 4],
      [paper.margin + width, top - 4],
    ],
    ink.line,
  );
  const below = sheet.text(record.name, paper.margin, top, width, { size: 11, bold: true }) + 2;
  if (picture) sheet.image(picture, paper.margin, below, block.picture, block.picture);
  let left = below;
  const said = values.filter(([, value]) => value !== '');
  for (const [name, value] of said.slice(0, valuesShown)) {
    const figure = typeof value === 'number' ? String(Number(value.toPrecision(5))) : value;
    left = fact(sheet, name, figure, paper.margin, left, block.picture);
  }
  if (said.length > valuesShown)
    sheet.text(words.more[language](said.length - valuesShown), paper.margin, left, block.picture, { size });
  const decided = decision
    ? `${decisions[decision.decision][language]} (${decision.actor.name || '–'}, ${decision.at.slice(0, 16).replace('T', ' ')} UTC)`
    : words.none[language];
  const again =
    earlier &&
    (language === 'ja'
      ? `第 ${earlier.modelVersion} 版で${decisions[earlier.decision].ja}と判定済み。もう一度見てください`
      : `${decisions[earlier.decision].en} on version ${earlier.modelVersion}; look again`);
  const facts = [
    [words.decision, again ?? decided],
    [words.reason, decision?.reason ?? ''],
    [words.verdict, record.verdict ? verdicts[record.verdict][language] : ''],
    [words.confidence, `${Math.floor(record.confidence * 100)} % (${kinds[record.confidenceIs][language]})`],
    [words.sources, sourcesOf(setting, record)],
    [words.model, String(found.modelVersion)],
    [words.made, `${found.madeAt.slice(0, 16).replace('T', ' ')} UTC`],
    [words.keep, keepUntil(setting, record)],
  ] as const;
  let y = below;
  const x = paper.margin + block.picture + 16;
  for (const [name, value] of facts)
    if (value !== '') y = fact(sheet, name[language], value, x, y, width - block.picture - 16);
}

/** Sources by their names in the plan: `Gauge 72 %`. */
function sourcesOf({ language, labelOf }: ExportSetting, { found }: ExportRecord): string {
  return found.sources
    .map(({ modality, share, through }) => {
      const by = through === undefined ? '' : ` (← ${labelOf(through)[language]})`;
      return `${labelOf(modality)[language]} ${Math.round(share * 100)} %${by}`;
    })
    .join(language === 'ja' ? '、' : ', ');
}
