import { withoutBrackets } from './written-units.ts';

/** What the names of columns say of a series, in tables and in files of one signal. */

/** Column's name without case, width, underscores, blanks and the mark of a comment. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^[#%!]\s*/, '')
    .replace(/[\s_]+/g, '-')
    .replace(/\.$/, '');
}

/** A column's name without the unit in brackets behind it. */
export function nameWithoutUnit(name: string): string {
  return plainName(withoutBrackets(name));
}

/** Names of the time within a recording. */
const timeNames: ReadonlySet<string> = new Set(
  ['t', 'time', 'times', 'elapsed', 'elapsed-time', 'timestamp', 'time-stamp', 'datetime', 'seconds', 'sec']
    .concat([
      's',
      'ms',
      'msec',
      'us',
      'tick',
      'ticks',
      'step',
      'sample',
      'sample-no',
      'sample-index',
      'index',
    ])
    .concat(['idx', 'zeit', 'temps', 'tiempo', 'thời-gian', 'thời-điểm'])
    // time, elapsed time, seconds, date and time, number of the sample
    .concat(['時刻', '時間', '経過時間', '秒', '日時', '計測時刻', '測定時刻', 'サンプル番号']),
);

/** True if a column's name says that it holds the time of each value of a recording, its unit set aside. */
export function isTimeName(name: string): boolean {
  return timeNames.has(nameWithoutUnit(name));
}

/** Names of the place of each value along a profile, which orders it as a time does. */
const placeNames: ReadonlySet<string> = new Set(
  ['position', 'pos', 'point', 'point-no', 'measuring-point', 'messpunkt', 'messposition']
    // position, measuring position, measuring point, point number
    .concat(['位置', '測定位置', '計測位置', '測定点', '計測点', '測点', 'ポイント', '点番号']),
);

/** True if a column's name says that it holds the place of each value of a profile, its unit set aside. */
export function isPlaceName(name: string): boolean {
  return placeNames.has(nameWithoutUnit(name));
}
