import { parseArgs } from 'node:util';
import { methods } from '../reconstruction/methods/index.ts';
import type { Patch } from '../reconstruction/patch.ts';
import { type Budget, budgets } from '../reconstruction/setting.ts';
import { commandOf, namedOf, type RunOptions, runOptions, runWords } from '../words.ts';

export const help = `npm run bench:robustness -- [options]

  --quick           under five minutes on two cores: few parts and rounds, one seed; an indication, and no result
  --methods A,B     only these (fedrecon,direct,fedavg-poe,fedavg-moe,mean-image)
  --alpha A         how uneven garment types are over plants (0.1)
  --seeds A,B       (1,2; quick: 1)
  --workers N       processes, with an engine thread each (number of cores)
  --device NAME     what they compute on: cpu, webgpu, cuda, dml, coreml (cpu)
  --rows FILE       finished rows; what is in it is not run again (build/out/bench/robustness.jsonl)
  --json FILE       rows, and what each fault costs, as JSON
  --markdown FILE   a page of results
  --help            this text
`;

const words = {
  ...runWords('robustness', '0.1'),
  methods: { type: 'string', default: 'fedrecon,direct,fedavg-poe,fedavg-moe,mean-image' },
} as const;

/**
 * Ten worlds of four methods that learn have to fit into five minutes. So few parts need small batches and several passes a
 * round to get anywhere.
 */
const quick: { readonly budget: Budget; readonly patch: Patch } = {
  budget: {
    parts: 800,
    judgeParts: 1200,
    judgeEpochs: 6,
    rounds: { generators: 4, mappings: 3, completion: 6 },
  },
  patch: { training: { batch: 32, localEpochs: 3 } },
};

/** What one run of the benchmark is to do. */
export interface Options extends RunOptions {
  readonly budget: Budget;
  /** What is changed in the plan. */
  readonly patch: Patch;
  readonly methods: readonly string[];
}

/** Reads the words behind the command; undefined if they ask for help. @throws Error naming a wrong word */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({ args: [...args], options: words });
  if (values.help) return undefined;
  return {
    ...runOptions(values),
    ...(values.quick ? quick : { budget: budgets.brief, patch: {} }),
    methods: namedOf('methods', values.methods, methods).map(({ name }) => name),
  };
}

/** The command that gives the same figures. */
export function command(args: readonly string[]): string {
  return commandOf('bench:robustness', args, words);
}
