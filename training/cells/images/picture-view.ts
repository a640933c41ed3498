import { z } from 'zod';

const share = z.number();

/** A picture's view as another process tells it. */
export const pictureView = z.strictObject({
  /** Stored values that are black and full brightness. */
  range: z.tuple([z.number(), z.number()]).readonly().exactOptional(),
  /** What of the upright picture was taken. */
  region: z.strictObject({ left: share, top: share, width: share, height: share }).readonly().exactOptional(),
  page: z.union([z.number(), z.string()]).exactOptional(),
  behind: z.literal('white').exactOptional(),
});

/** How one picture was read: enough to read it so again. What is left out is as usual. */
export type PictureView = Readonly<z.infer<typeof pictureView>>;
