import { parseArgs } from 'node:util';
import { type Budget, budgets } from '../reconstruction/setting.ts';
import { commandOf, namedOf, numbers, type RunOptions, runOptions, runWords } from '../words.ts';
import { type Training, trainings } from './methods.ts';

export const help = `npm run bench:trust -- [options]

  --quick           under five minutes on two cores: few parts and rounds, one alpha and seed; an indication, and no result
  --trainings A,B   only these (${trainings.map(({ name }) => name).join(',')})
  --alpha A,B       how uneven garment types are over plants (0.1,1; quick: 0.1)
  --seeds A,B       (1,2; quick: 1)
  --workers N       processes, with an engine thread each (number of cores)
  --device NAME     what they compute on: cpu, webgpu, cuda, dml, coreml (cpu)
  --rows FILE       finished rows; what is in it is not run again (build/out/bench/trust.jsonl)
  --json FILE       a summary, and rows, as JSON
  --markdown FILE   a page of results
  --report FILE     a page to look at (build/out/bench/trust.html)
  --help            this text
`;

const words = {
  ...runWords('trust', '0.1,1'),
  trainings: { type: 'string' },
  report: { type: 'string', default: 'build/out/bench/trust.html' },
} as const;

/** What one run of the benchmark is to do. */
export interface Options extends Omit<RunOptions, 'alpha'> {
  readonly alphas: readonly number[];
  readonly budget: Budget;
  readonly trainings: readonly Training[];
  readonly report: string;
}

/** Reads the words behind the command; undefined if they ask for help. @throws Error naming a wrong word */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({ args: [...args], options: words });
  if (values.help) return undefined;
  const alphas = numbers('alpha', values.alpha, (value) => value > 0);
  const isUsual = values.alpha === words.alpha.default;
  return {
    ...runOptions({ ...values, alpha: `${alphas[0]}` }),
    alphas: values.quick && isUsual ? alphas.slice(0, 1) : alphas,
    budget: values.quick ? budgets.quick : budgets.brief,
    trainings: values.trainings === undefined ? trainings : namedOf('trainings', values.trainings, trainings),
    report: values.report,
  };
}

/** The command that gives the same figures. */
export function command(args: readonly string[]): string {
  return commandOf('bench:trust', args, words);
}
