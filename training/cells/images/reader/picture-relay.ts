import { z } from 'zod';
import { hear, tell } from './picture-answer.ts';
import { type AskedPicture, answeredPicture } from './picture-questions.ts';
import type { PictureReader } from './picture-reader.ts';

/** Questions and answers as they stand among a channel's other messages. */
const relayedAnswer = z.strictObject({ picture: answeredPicture });
interface RelayedQuestion {
  readonly pictureAsked: AskedPicture;
}

/**
 * What reads the pictures of a process that can start no other: it asks the process that started it.
 * @returns `hears` takes a message of the channel, and says whether it was an answer
 */
export function relayedPictureReader(send: (message: RelayedQuestion) => void): {
  readonly reader: PictureReader;
  hears(message: unknown): boolean;
} {
  const open = new Map<number, (told: z.infer<typeof answeredPicture>) => void>();
  let count = 0;
  return {
    reader: {
      async ask(question, asked) {
        const id = ++count;
        const told = new Promise<z.infer<typeof answeredPicture>>((resolve) => open.set(id, resolve));
        send({ pictureAsked: { id, question, asked } });
        return hear(question, await told);
      },
    },
    hears(message) {
      const { data } = relayedAnswer.safeParse(message);
      if (!data) return false;
      open.get(data.picture.id)?.(data.picture);
      open.delete(data.picture.id);
      return true;
    },
  };
}

/**
 * The other end: answers a message of the channel if it is a question.
 * @returns whether it was one
 */
export function relayPicture(
  message: unknown,
  reader: PictureReader,
  send: (message: z.infer<typeof relayedAnswer>) => void,
): boolean {
  if (typeof message !== 'object' || message === null || !('pictureAsked' in message)) return false;
  const { id, question, asked } = (message as RelayedQuestion).pictureAsked;
  void tell(id, reader.ask(question, asked)).then((picture) => send({ picture }));
  return true;
}
