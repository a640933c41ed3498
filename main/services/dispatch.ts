import { errorRecord, FedReconError } from '../../protocol/errors.ts';
import { issueWords } from '../../protocol/issue-words.ts';
import { type Api, type CallAnswer, type CallName, calls } from '../api/contract.ts';
import { errorView } from './error-view.ts';

/**
 * Answers one call of the window, whichever host carried it: checks name and input against the contract, does it, and
 * turns every failure into a code from the error table. An error that is no FedReconError goes to the log, not to the
 * window.
 */
export async function dispatch(
  api: Api,
  name: string,
  input: unknown,
  log: (line: string) => void = console.error,
): Promise<CallAnswer> {
  try {
    if (!isCallName(name))
      throw new FedReconError('request-invalid', { field: 'name', problem: name.slice(0, 80) });
    const checked = calls[name].input.safeParse(input, { reportInput: true });
    if (!checked.success) {
      const issue = checked.error.issues[0]!;
      throw new FedReconError('request-invalid', {
        field: [name, ...issue.path].join('.'),
        ...issueWords(issue),
      });
    }
    // The table pairs each name with its own input, which a union of functions cannot express.
    const answer = api[name] as (input: unknown) => Promise<unknown>;
    return { ok: true, value: await answer(checked.data) };
  } catch (thrown) {
    if (!(thrown instanceof FedReconError))
      log(`${name}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
    return { ok: false, error: errorView(errorRecord(thrown)) };
  }
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}
