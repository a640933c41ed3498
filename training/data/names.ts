import { nameWithoutUnit, plainName } from '../cells/series-names.ts';
import { columnKinds, trainingKind } from '../kinds/index.ts';

/** Usual names for a column with the part's id. `No.` is none: it counts the rows of one file. */
const idHeaders = new Set(
  ['id', 'part', 'part-id', 'partid', 'part-no', 'partno', 'part-number', 'serial', 'serial-no', 'serialno']
    .concat([
      'serial-number',
      'serialnumber',
      'sn',
      's/n',
      'uid',
      'uuid',
      'barcode',
      'workpiece',
      'workpiece-no',
    ])
    .concat(['sample-no', 'specimen-no', 'teilenummer', 'seriennummer', 'teil-nr', 'serien-nr'])
    .concat(['mã-sản-phẩm', 'mã-chi-tiết', 'số-sê-ri', 'số-seri'])
    // part, part number, serial number, control number, work number, sample number, individual number
    .concat([
      '部品',
      '部品番号',
      '部品no',
      '部品id',
      '製造番号',
      '製番',
      'シリアル',
      'シリアル番号',
      'シリアルno',
    ])
    .concat([
      '管理番号',
      'ワーク番号',
      'ワークno',
      'サンプル番号',
      '試料番号',
      '個体番号',
      '個体識別番号',
      '識別番号',
    ]),
);

/** True if a column's name is a usual one for the part's id. */
export function isIdHeader(name: string): boolean {
  return idHeaders.has(plainName(name));
}

/** True if a column's name says that it holds an id of some sort: `coil_id`, `金型ID`. */
export function endsAsId(name: string): boolean {
  return /[^a-z]id$/.test(plainName(name));
}

/** Names of what counts or dates rows: no measurement, however it rises. */
const orderNames: ReadonlySet<string> = new Set(
  [
    'no',
    'nr',
    '#',
    'row',
    'index',
    'idx',
    'count',
    'counter',
    'seq',
    'sequence',
    'date',
    'datetime',
    'timestamp',
  ]
    .concat(['date-time', 'time-stamp', 'unixtime', 'epoch'])
    // number, row, sequence, date, time, date and time
    .concat([
      '番号',
      '行',
      '行番号',
      '連番',
      '通番',
      '項番',
      '日付',
      '時刻',
      '日時',
      '年月日',
      '測定日',
      '測定日時',
      '測定時刻',
    ]),
);

/** What pandas calls the labels of rows that have no name: mostly the number that a row had before others were taken out. */
const rowLabel = /^(__index_level_\d+__|Unnamed: 0)$/;

/** True if a column's name says that it counts or dates the rows. */
export function isOrderName(name: string): boolean {
  return orderNames.has(plainName(name)) || name.trim() === '#' || rowLabel.test(name.trim());
}

/** Names under which programs write the numbers of their rows: pandas, R. */
const indexName = /^(unnamed:-?0(\.\d+)*|level-\d+|row[-.]?names?|rownum|row-number)$/;

/**
 * True if a column holds the whole numbers that a program gives its rows: by its name, or, of the first column where it has no name, by
 * their being all different, or counting anew.
 */
export function isIndexColumn(name: string, column: number, cells: readonly string[]): boolean {
  if (cells.length === 0 || !cells.every((cell) => /^\d+$/.test(cell))) return false;
  if (indexName.test(plainName(name))) return true;
  if (column > 0 || !/^(column 1)?$/.test(name)) return false;
  const steps = cells.slice(1).filter((cell, index) => Number(cell) === Number(cells[index]) + 1);
  return new Set(cells).size === cells.length || steps.length >= 0.5 * cells.length;
}

/** What a program that learns sets parts apart for: to learn from, or to be tested with. */
const splitWords: ReadonlySet<string> = new Set([
  ...[
    'train',
    'training',
    'test',
    'testing',
    'val',
    'valid',
    'validation',
    'dev',
    'eval',
    'evaluation',
    'holdout',
  ],
  // learning, training, validation, evaluation, test
  ...['学習', '学習用', '訓練', '訓練用', '検証', '検証用', '評価', '評価用', 'テスト', 'テスト用'],
]);
const splitNames: ReadonlySet<string> = new Set(['split', 'subset', 'fold', 'partition', '分割', '用途']);

/** True if a word says what a part is set apart for. */
export function isSplitWord(word: string): boolean {
  return splitWords.has(plainName(word));
}

/** True if a column says what each part is set apart for: that is no measurement, and to reconstruct it would mean nothing. */
export function isSplitColumn(name: string, cells: readonly string[]): boolean {
  if (cells.length === 0) return false;
  const isNamed = splitNames.has(plainName(name));
  if (cells.every(isSplitWord))
    return isNamed || cells.some((cell) => /^(train|学習|訓練)/i.test(cell.normalize('NFKC')));
  return isNamed && cells.every((cell) => /^\d{1,2}$/.test(cell));
}

/** Names of the column that says which quantity a value is of, where each row is a value. */
const channelNames: ReadonlySet<string> = new Set(
  [
    'channel',
    'channels',
    'ch',
    'sensor',
    'sensor-id',
    'sensor-name',
    'signal',
    'tag',
    'tag-name',
    'parameter',
  ]
    .concat([
      'param',
      'variable',
      'quantity',
      'characteristic',
      'feature',
      'dimension',
      'item',
      'measurement',
    ])
    .concat([
      'measurand',
      'metric',
      'attribute',
      'property',
      'merkmal',
      'messgröße',
      'kanal',
      'kênh',
      'cảm-biến',
      'đại-lượng',
      'thông-số',
    ])
    // channel, sensor, item, item of measurement, characteristic, quantity
    .concat([
      'チャンネル',
      'チャネル',
      'センサー',
      'センサ',
      '項目',
      '測定項目',
      '計測項目',
      '検査項目',
      '特性',
      '物理量',
    ]),
);
const valueNames: ReadonlySet<string> = new Set(
  [
    'value',
    'values',
    'val',
    'reading',
    'result',
    'measured',
    'measured-value',
    'actual',
    'actual-value',
    'amount',
  ]
    .concat(['data', 'y', 'messwert', 'wert', 'istwert', 'giá-trị', 'kết-quả'])
    // value, measured value, reading, result
    .concat(['値', '測定値', '計測値', '実測値', '検査値', '数値', '結果', '測定結果']),
);

/** True if a column's name says that it names the quantity of the row's value. */
export function isChannelName(name: string): boolean {
  return channelNames.has(nameWithoutUnit(name));
}

/** True if a column's name says that it holds the row's value. */
export function isValueName(name: string): boolean {
  return valueNames.has(nameWithoutUnit(name));
}

/** True if a cell is a usual name of a column, for finding the row that names them. */
export function isUsualName(cell: string): boolean {
  const name = plainName(cell);
  return idHeaders.has(name) || columnKinds.some((kind) => trainingKind({ kind }).headers.includes(name));
}
