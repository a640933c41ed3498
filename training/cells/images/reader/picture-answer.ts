import { type ErrorCode, errorTable, FedReconError } from '../../../../protocol/errors.ts';
import {
  type AnsweredPicture,
  type PictureAnswer,
  type PictureQuestion,
  pictureAnswers,
} from './picture-questions.ts';

/** What came of a question, as it goes to another process. */
export async function tell(id: number, answer: Promise<unknown>): Promise<AnsweredPicture> {
  try {
    return { id, answer: await answer };
  } catch (thrown) {
    if (thrown instanceof FedReconError) return { id, code: thrown.code, detail: { ...thrown.detail } };
    return { id, problem: thrown instanceof Error ? thrown.message : 'damaged' };
  }
}

/**
 * What another process told.
 * @throws the error that it met there; Error for what is no answer to this question
 */
export function hear<Q extends PictureQuestion>(question: Q, told: AnsweredPicture): PictureAnswer<Q> {
  if ('answer' in told) {
    const answer = pictureAnswers[question].safeParse(told.answer);
    if (!answer.success) throw new Error('its reading makes no sense');
    return answer.data as PictureAnswer<Q>;
  }
  if ('problem' in told) throw new Error(told.problem);
  if (!Object.hasOwn(errorTable, told.code)) throw new Error(told.code);
  throw new FedReconError(told.code as ErrorCode, told.detail);
}
