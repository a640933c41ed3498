import { usageError } from '../../protocol/command-line.ts';
import { issueWords } from '../../protocol/issue-words.ts';
import type { PictureSettings } from '../../training/cells/images/picture-settings.ts';
import { encodingNamed } from '../../training/data/manifest/encoding/encodings.ts';
import { type ReadingSettings, readingSettings } from '../../training/data/manifest/reading-settings.ts';
import type { SaidColumns } from '../../training/data/said-columns.ts';
import { isPictureKey, pictureKeys, pictureSetting } from './picture-set.ts';
import { unknownKey, wrongValue } from './setting-refusal.ts';

/** What a person has said of a table on the command line. */
export interface TableSettings extends SaidColumns {
  readonly reading: ReadingSettings;
  /** Modality → what an empty or unreadable cell means for what stands already. */
  readonly empty: Readonly<Record<string, 'keep' | 'remove'>>;
  /** Modality → how its pictures are read. */
  readonly pictures: Readonly<Record<string, PictureSettings>>;
}

const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
const list = (text: string) => (text === '' ? [] : text.split(','));
const delimiterNames: Readonly<Record<string, string>> = {
  ...{ comma: ',', semicolon: ';', tab: '\t', '\\t': '\t', bar: '|', pipe: '|' },
};

const headerTakes = {
  en: 'the number of a row up to 1000, from 1, or none',
  ja: '列の名前がある行の番号（1〜1000）、または none',
};

/** Values of a key, as they are typed. */
function valuesOf(key: string, values: readonly string[]): readonly string[] {
  return key === 'delimiter' ? Object.keys(delimiterNames).filter((name) => name !== '\\t') : values;
}

/** How the text behind each key becomes a setting; of the others it is the setting itself. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  header: (text) => (text === 'none' ? 0 : whole(text)),
  encoding: (text) => encodingNamed(text) ?? text,
  delimiter: (text) => delimiterNames[text.toLowerCase()] ?? text,
  words: list,
  badReadings: list,
};

/** Keys of `--set`, for the help and for refusals. */
const settingKeys = [
  ...Object.keys(readingSettings.shape),
  ...['id', 'column.NAME', 'empty.MODALITY'],
  ...pictureKeys.map((key) => `${key}.MODALITY`),
];

/**
 * Takes `key=value` words of `--set` apart: settings of reading, `id=COLUMN` or `id=none`, `column.NAME=ROLE`,
 * `empty.MODALITY=remove`, and how pictures are read, such as `bits.MODALITY=12`.
 * @throws FedReconError `usage`
 */
export function tableSettings(words: readonly string[]): TableSettings {
  const reading: Record<string, unknown> = {};
  const columns: [string, string][] = [];
  const empty = new Map<string, 'keep' | 'remove'>();
  const pictures = new Map<string, PictureSettings>();
  let id: TableSettings['id'];
  for (const word of words) {
    const at = word.indexOf('=', word.startsWith('column.') ? word.lastIndexOf('=') : 0);
    if (at < 1)
      throw usageError(
        `--set takes key=value, not "${word}".`,
        `--set は「項目=値」の形で指定してください（「${word}」は読めません）。`,
      );
    const [key, value] = [word.slice(0, at), word.slice(at + 1)];
    if (key.startsWith('column.')) columns.push([key.slice('column.'.length), value]);
    else if (key.startsWith('empty.')) {
      if (value !== 'keep' && value !== 'remove') throw wrongValue(key, value, ['keep', 'remove']);
      empty.set(key.slice('empty.'.length), value);
    } else if (isPictureKey(key)) {
      const { modality, setting } = pictureSetting(key, value);
      pictures.set(modality, { ...pictures.get(modality), ...setting });
    } else if (key === 'id') id = value === 'none' ? null : value;
    else if (Object.hasOwn(readingSettings.shape, key)) reading[key] = (readers[key] ?? String)(value);
    else throw unknownKey(key, settingKeys);
  }
  const parsed = readingSettings.safeParse(reading, { reportInput: true });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const key = issue.path.join('.');
    if (issue.code === 'invalid_value')
      throw wrongValue(key, String(reading[key]), valuesOf(key, issue.values.map(String)));
    if (key === 'header') throw wrongValue(key, String(reading[key]), headerTakes);
    const { problem, problemJa = problem } = issueWords(issue);
    throw usageError(`--set ${key}: ${problem}.`, `--set ${key}：${problemJa}。`);
  }
  const said = { empty: Object.fromEntries(empty), pictures: Object.fromEntries(pictures) };
  return { reading: parsed.data, columns: Object.fromEntries(columns), id, ...said };
}

/**
 * Refuses what was said of a measurement that there is none of: it would count for nothing.
 * @param planned names of the plan's modalities
 * @throws FedReconError `usage`
 */
export function checkSaidModalities(
  { empty, pictures }: Pick<TableSettings, 'empty' | 'pictures'>,
  planned: readonly string[],
): void {
  const said = [
    ...Object.keys(empty).map((name) => ['empty', name] as const),
    ...Object.entries(pictures).map(([name, own]) => [Object.keys(own)[0]!, name] as const),
  ];
  const unknown = said.find(([, name]) => !planned.includes(name));
  if (unknown) throw wrongValue(`${unknown[0]}.MODALITY`, unknown[1], planned);
}
