import { describe, expect, it } from 'vitest';
import { type ModalityKind, modalityKinds } from '../../protocol/kinds/index.ts';
import { en } from '../../renderer/i18n/en.ts';
import { ja } from '../../renderer/i18n/ja.ts';
import { trainingKind } from '../../training/kinds/index.ts';
import { measureOf } from '../../training/measures/measure-table.ts';

/** How the rule says the margin of each kind's leading measure. */
const said: Readonly<{ [K in ModalityKind]: (size: number) => readonly [en: string, ja: string] }> = {
  image: (size) => [`${size} dB`, `${size} dB`],
  signal: (size) => [`${100 * size} % of the error`, `誤差の ${100 * size} %`],
  text: (size) => [`${size} words a word`, `一語あたり ${size} 語`],
  category: (size) => [`${100 * size} points of right values`, `正しい値の割合の ${100 * size} ポイント`],
};

describe('the rule of the comparison', () => {
  it.each(modalityKinds)('names the margin of the leading measure of %s', (kind) => {
    const { margin } = measureOf(trainingKind({ kind }).measures[0]);
    const [english, japanese] = said[kind](margin.size);
    expect(en.models.rule).toContain(english);
    expect(ja.models.rule).toContain(japanese);
  });
});
