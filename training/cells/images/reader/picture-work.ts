import { withinMemory } from '../decoding-memory.ts';
import { openPicture } from '../open-picture.ts';
import { openPictureCache, pictureKey } from '../picture-cache.ts';
import { withPictureFile } from '../picture-file.ts';
import {
  glancePicture,
  middleOf,
  readPicture,
  showPicture,
  thumbnail,
  uprightSize,
} from '../read-picture.ts';
import { isPlain } from '../scale.ts';
import type { PictureAnswer, PictureQuestion, PictureQuestions } from './picture-questions.ts';

/** How each question is answered, in the process that reads pictures. */
export const pictureWork: {
  readonly [Q in PictureQuestion]: (asked: PictureQuestions[Q]) => Promise<PictureAnswer<Q>>;
} = {
  values: ({ path, look, fields, cache: folder }) =>
    withPictureFile(path, async (file) => {
      const sha256 = await file.hash();
      const cache = folder === undefined ? undefined : openPictureCache(folder);
      const key = pictureKey(sha256, look, fields);
      const known = await cache?.get(key);
      if (known) return { ...known, sha256 };
      const read = await readPicture(file, look, fields);
      await cache?.put(key, read);
      return { ...read, sha256 };
    }),

  glance: ({ path }) => withPictureFile(path, glancePicture),

  stored: ({ path, page }) =>
    withPictureFile(path, async (file) => {
      const stored = await openPicture(file, page);
      const { storage, stated, hasProfile, isGrey } = stored;
      const facts = { ...uprightSize(stored), isGrey, pages: await stored.pages() };
      if (isPlain(storage)) return facts;
      // A colour profile speaks of full scale.
      const full = { lowest: 0, highest: 2 ** storage.bits - 1 };
      const own = hasProfile
        ? full
        : await withinMemory(stored.cost, () => stored.extremes(middleOf(stored)));
      return { ...facts, values: { storage, seen: { ...own, ...stated } } };
    }),

  shown: ({ path, sha256, view }) =>
    withPictureFile(path, async (file) => {
      if ((await file.hash()) !== sha256) throw new Error('it is another file');
      return showPicture(file, view);
    }),

  thumbnail: ({ path, view, side }) => withPictureFile(path, (file) => thumbnail(file, view, side)),
};
