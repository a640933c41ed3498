import { describe, expect, it } from 'vitest';
import { modalityKinds } from '../../protocol/kinds/index.ts';
import { en } from '../../renderer/i18n/en.ts';
import { ja } from '../../renderer/i18n/ja.ts';
import { trainingKind } from '../../training/kinds/index.ts';
import { measureOf } from '../../training/measures/measure-table.ts';

describe('the rule of the comparison', () => {
  it.each(modalityKinds)('names the margin of the leading measure of %s', (kind) => {
    const { margin } = measureOf(trainingKind({ kind }).measures[0]);
    const written = margin.of === 'value' ? `${margin.size}` : `${100 * margin.size} %`;
    for (const { models } of [en, ja]) expect(models.rule).toContain(written);
  });
});
