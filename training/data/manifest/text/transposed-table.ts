import { FedReconError } from '../../../../protocol/errors.ts';
import { nameWithoutUnit } from '../../../cells/series-names.ts';
import { unitIn } from '../../../cells/written-units.ts';
import { isUsualName } from '../../names.ts';
import type { OpenTable } from '../open-table.ts';

/** Rows of a table whose rows are measurements, at most; columns with parts, at least; share of the rows that are known as measurements. */
const [mostRows, leastParts, mostKnown] = [100, 2, 0.5];

/** Quantities that plants measure, as they are called. */
const quantities: ReadonlySet<string> = new Set([
  ...[
    'force',
    'load',
    'torque',
    'pressure',
    'temp',
    'temperature',
    'humidity',
    'speed',
    'velocity',
    'feed',
    'current',
  ],
  ...[
    'voltage',
    'power',
    'flow',
    'vibration',
    'weight',
    'mass',
    'length',
    'width',
    'height',
    'thickness',
    'diameter',
  ],
  ...[
    'depth',
    'angle',
    'hardness',
    'roughness',
    'strength',
    'time',
    'cycle',
    'class',
    'result',
    'judgement',
    'grade',
  ],
  ...[
    'kraft',
    'druck',
    'temperatur',
    'drehmoment',
    'geschwindigkeit',
    'strom',
    'spannung',
    'gewicht',
    'länge',
    'breite',
  ],
  ...[
    'höhe',
    'dicke',
    'durchmesser',
    'nhiệt-độ',
    'áp-suất',
    'lực',
    'tốc-độ',
    'khối-lượng',
    'chiều-dài',
    'độ-dày',
  ],
  // force, load, torque, pressure, temperature, humidity, speed, current, voltage, weight, length, width, height, thickness, diameter
  ...[
    '力',
    '荷重',
    'トルク',
    '圧力',
    '温度',
    '湿度',
    '速度',
    '電流',
    '電圧',
    '重量',
    '質量',
    '長さ',
    '幅',
    '高さ',
    '厚さ',
    '厚み',
  ],
  // outer and inner diameter, angle, hardness, roughness, vibration, judgement
  ...['直径', '外径', '内径', '角度', '硬さ', '硬度', '粗さ', '振動', '判定', '良否', '合否'],
]);

/** True for `force`, `Druck [bar]`, `備考`: what a measurement is called. */
function isMeasured(cell: string): boolean {
  return unitIn(cell) !== undefined || quantities.has(nameWithoutUnit(cell)) || isUsualName(cell);
}

/** `P-001` → `A-9`: what names of parts share. */
function patternOf(name: string): string {
  return name.replace(/\d+/g, '9');
}

/**
 * Refusal of a table that lies on its side: a column for each part, and a row for each measurement, each of which would become a part.
 * Undefined where its rows may be parts.
 */
export async function transposed(
  { names, rows }: Pick<OpenTable, 'names' | 'rows'>,
  manifest: string,
): Promise<FedReconError | undefined> {
  const [own = '', ...parts] = names;
  const pattern = patternOf(parts[0] ?? '');
  const areParts =
    parts.length >= leastParts &&
    /\p{L}/u.test(pattern) &&
    pattern.includes('9') &&
    parts.every((name) => patternOf(name) === pattern) &&
    patternOf(own) !== pattern;
  if (!areParts) return undefined;
  const cells: string[] = [];
  for await (const row of rows()) {
    if (!('cells' in row)) continue;
    const cell = row.cells[0] ?? '';
    if (cell !== '') cells.push(cell);
    if (cells.length > mostRows) return undefined;
  }
  const known = cells.filter(isMeasured).length;
  if (known < 2 || known < mostKnown * cells.length) return undefined;
  return new FedReconError('table-transposed', {
    manifest,
    part: parts[0]!,
    measured: cells.find(isMeasured)!,
  });
}
