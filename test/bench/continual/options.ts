import { parseArgs } from 'node:util';
import type { Patch } from '../reconstruction/patch.ts';
import type { Budget } from '../reconstruction/setting.ts';
import { commandOf, namedOf, type RunOptions, runOptions, runWords } from '../words.ts';
import { type Learner, learners } from './learners.ts';
import { arrivals } from './stream.ts';

export const help = `npm run bench:continual -- [options]

  --quick           under two minutes on two cores: few parts, a round an arrival, one seed; an indication, and no result
  --learners A,B    only these (${learners.map(({ name }) => name).join(',')}; quick: fedrecon,naive,everything)
  --alpha A         how uneven garment types are over plants (1)
  --seeds A,B       (1,2; quick: 1)
  --workers N       processes, with an engine thread each (number of cores)
  --device NAME     what they compute on: cpu, webgpu, cuda, dml, coreml (cpu)
  --rows FILE       finished curves; what is in it is not run again (build/out/bench/continual.jsonl)
  --json FILE       points of the curves, and what became of each learner, as JSON
  --markdown FILE   a page of results with the curves in it
  --help            this text
`;

const words = {
  ...runWords('continual', '1'),
  learners: { type: 'string' },
} as const;

/** How long the stream is, and what a plant may keep of it. */
export interface Size {
  /** The stream is its `completion`: a whole number of rounds for each arrival. */
  readonly budget: Budget;
  /** Slots of a plant's reservoir. */
  readonly slots: number;
  /** Quality is measured after every so many rounds of the stream. */
  readonly every: number;
  /** What is changed in the plan's training. */
  readonly training: Patch;
}

const sizes = {
  full: {
    budget: {
      parts: 8000,
      judgeParts: 2000,
      judgeEpochs: 12,
      rounds: { generators: 10, mappings: 6, completion: 3 * arrivals },
    },
    slots: 150,
    every: 1,
    training: {},
  },
  /** A round an arrival, with twice the passes. */
  quick: {
    budget: {
      parts: 2000,
      judgeParts: 1200,
      judgeEpochs: 6,
      rounds: { generators: 4, mappings: 3, completion: arrivals },
    },
    slots: 40,
    every: 1,
    training: { batch: 32, localEpochs: 4 },
  },
} satisfies Record<string, Size>;

/** What one run of the benchmark is to do. */
export interface Options extends RunOptions {
  readonly size: Size;
  readonly learners: readonly Learner[];
}

/** Reads the words behind the command; undefined if they ask for help. @throws Error naming a wrong word */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({ args: [...args], options: words });
  if (values.help) return undefined;
  const named = values.learners ?? (values.quick ? 'fedrecon,naive,everything' : undefined);
  return {
    ...runOptions(values),
    size: values.quick ? sizes.quick : sizes.full,
    learners: named === undefined ? learners : namedOf('learners', named, learners),
  };
}

/** The command that gives the same figures. */
export function command(args: readonly string[]): string {
  return commandOf('bench:continual', args, words);
}
