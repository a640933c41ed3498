import { z } from 'zod';
import { said } from '../issue-words.ts';

/** Range by which physical values are scaled to 0…1; the same at all plants, so it is given by the plan and not estimated. */
export const valueRange = z
  .tuple([z.number(), z.number()])
  .refine(
    ([low, high]) => high > low,
    said('the range must end above its start', '範囲の終わりは始まりより大きくしてください'),
  );

export const unitText = z.string().max(20);

/** Channel of a signal whose values are different quantities: one value, with a unit and a range of its own. */
const channel = z.strictObject({
  /** Name in the columns of files and in the window. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'a name has no line breaks and no characters that cannot be seen'),
  unit: unitText.default(''),
  range: valueRange,
});
export type SignalChannel = z.infer<typeof channel>;

export const channelList = z.array(channel).min(1).max(4096);
