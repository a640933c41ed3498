import { usageError } from '../../protocol/command-line.ts';
import type { PictureSettings } from '../../training/cells/images/picture-settings.ts';
import { encodingNamed } from '../../training/data/manifest/encodings.ts';
import { type ReadingSettings, readingSettings } from '../../training/data/manifest/reading-settings.ts';
import type { SaidColumns } from '../../training/data/said-columns.ts';
import { isPictureKey, pictureKeys, pictureSetting } from './picture-set.ts';

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
].join(', ');

/**
 * Takes `key=value` words of `--set` apart: settings of reading, `id=COLUMN` or `id=none`, `column.NAME=ROLE`,
 * `empty.MODALITY=remove`, and how pictures are read, such as `bits.MODALITY=12`.
 * @throws FedReconError `usage`
 */
export function tableSettings(words: readonly string[]): TableSettings {
  const reading: Record<string, unknown> = {};
  const columns: [string, string][] = [];
  const empty: Record<string, 'keep' | 'remove'> = {};
  const pictures: Record<string, PictureSettings> = {};
  let id: TableSettings['id'];
  for (const word of words) {
    const at = word.indexOf('=', word.startsWith('column.') ? word.lastIndexOf('=') : 0);
    if (at < 1) throw usageError(`--set takes key=value, not "${word}".`);
    const [key, value] = [word.slice(0, at), word.slice(at + 1)];
    if (key.startsWith('column.')) columns.push([key.slice('column.'.length), value]);
    else if (key.startsWith('empty.')) {
      if (value !== 'keep' && value !== 'remove')
        throw usageError(`--set ${key} takes keep or remove, not "${value}".`);
      empty[key.slice('empty.'.length)] = value;
    } else if (isPictureKey(key)) {
      const { modality, setting } = pictureSetting(key, value);
      pictures[modality] = { ...pictures[modality], ...setting };
    } else if (key === 'id') id = value === 'none' ? null : value;
    else if (Object.hasOwn(readingSettings.shape, key)) reading[key] = (readers[key] ?? String)(value);
    else throw usageError(`--set knows ${settingKeys}; not "${key}".`);
  }
  const parsed = readingSettings.safeParse(reading);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw usageError(`--set ${issue!.path.join('.')}: ${issue!.message}.`);
  }
  return { reading: parsed.data, columns: Object.fromEntries(columns), id, empty, pictures };
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
  if (unknown)
    throw usageError(`--set ${unknown[0]}.MODALITY takes one of ${planned.join(', ')}, not "${unknown[1]}".`);
}
