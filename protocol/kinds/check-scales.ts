import type { z } from 'zod';
import type { RangeFields } from './kind.ts';

/**
 * Adds an issue unless a signal has either one unit and range for all its values, or a channel for each of them with a name
 * that no other has.
 */
export function checkScales(signal: RangeFields, context: z.RefinementCtx): void {
  const { length, unit, range, channels } = signal;
  const issue = (path: (string | number)[], problem: string, problemJa: string) =>
    context.addIssue({ code: 'custom', path, message: problem, params: { problemJa } });
  if (!channels) {
    if (range === undefined)
      issue(
        ['range'],
        'write the "range" of the values, or "channels" with a name, unit and range for each of them',
        '値の範囲「range」か、値ごとの名前・単位・範囲を並べた「channels」を書いてください',
      );
    else if (unit === undefined)
      issue(
        ['unit'],
        'write the unit of the values; "" where they have none',
        '値の単位を書いてください。単位がないときは "" とします',
      );
    return;
  }
  for (const field of ['unit', 'range'] as const)
    if (signal[field] !== undefined)
      issue(
        [field],
        `each of the channels has its own ${field}: leave this one out`,
        '「channels」の中にそれぞれ書かれています。この項目は削除してください',
      );
  if (channels.length !== length)
    issue(
      ['channels'],
      `there are ${channels.length} channels for a length of ${length}; list one for each value`,
      `length は ${length} ですが、チャンネルは ${channels.length} 個です。値ごとに 1 つずつ書いてください`,
    );
  const first = new Map<string, number>();
  for (const [index, { name }] of channels.entries()) {
    const form = name.normalize('NFKC');
    const other = first.get(form);
    if (other === undefined) first.set(form, index);
    else
      issue(
        ['channels', index, 'name'],
        `"${name}" is the name of channel ${other + 1} already`,
        `「${name}」は ${other + 1} 番目のチャンネルと同じ名前です`,
      );
  }
}
