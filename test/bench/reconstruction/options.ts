import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandOf, numbers, seedsOf, workersOf } from '../words.ts';
import { methodNamed, methods } from './methods/index.ts';
import { type Budget, budgets, mostMissing } from './setting.ts';
import { type TableName, tables } from './tables.ts';

export const help = `npm run bench:reconstruction -- [options]

  --sweeps          other alphas and shares of missing cameras, for FedRecon and its best rivals
  --ablate          FedRecon with each ingredient switched off or replaced, in three eighths of the rounds
  --quick           under five minutes: few parts and rounds; shows that everything runs, and is no result
  --methods A,B     only these; NAME:4 trains four times as long
  --alpha A,B       how uneven garment types are over plants (0.1,1)
  --missing A,B     share of the plants without a camera (0.5)
  --seeds A,B       (1,2,3; ablations 11,12, of which no other result is published)
  --workers N       processes, with an engine thread each (number of cores)
  --device NAME     what they compute on: cpu, webgpu, cuda, dml, coreml (cpu)
  --rows FILE       finished rows; what is in it is not run again (build/out/bench/reconstruction.jsonl)
  --json FILE       rows as JSON
  --markdown FILE   a page of results
  --report FILE     a page to look at, with curves and images (build/out/bench/reconstruction.html)
  --help            this text
`;

const folder = join(import.meta.dirname, '../../../build/out/bench');
const words = {
  sweeps: { type: 'boolean', default: false },
  ablate: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  methods: { type: 'string' },
  alpha: { type: 'string' },
  missing: { type: 'string' },
  seeds: { type: 'string' },
  workers: { type: 'string' },
  device: { type: 'string', default: 'cpu' },
  rows: { type: 'string', default: join(folder, 'reconstruction.jsonl') },
  json: { type: 'string' },
  markdown: { type: 'string' },
  report: { type: 'string', default: join(folder, 'reconstruction.html') },
  help: { type: 'boolean', default: false },
} as const;

/** What one run of the benchmark is to do. */
export interface Options {
  readonly table: TableName;
  readonly budget: Budget;
  /** Undefined where the table chooses. */
  readonly methods: readonly string[] | undefined;
  readonly alphas: readonly number[];
  readonly missing: readonly number[];
  readonly seeds: readonly number[];
  readonly workers: number;
  readonly device: string;
  readonly rows: string;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
  readonly report: string;
}

/** Reads the words behind the command; undefined if they ask for help. @throws Error naming a wrong word */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({ args: [...args], options: words });
  if (values.help) return undefined;
  if (values.sweeps && values.ablate) throw new Error('--sweeps and --ablate are two runs');
  const table = values.sweeps ? 'sweeps' : values.ablate ? 'ablation' : 'main';
  if (table === 'ablation' && values.methods) throw new Error('--methods: --ablate measures fedrecon only');
  if (table === 'sweeps' && (values.alpha || values.missing))
    throw new Error('--alpha, --missing: --sweeps has its own');
  const usual = tables[table];
  const quick = { alphas: usual.alphas.slice(0, 1), seeds: usual.seeds.slice(0, 1) };
  const chosen = values.quick ? { ...usual, ...quick } : usual;
  const { device, rows, json, markdown, report } = values;
  return {
    table,
    budget: values.quick ? budgets.quick : usual.budget,
    methods: values.methods?.split(',').map(methodName),
    alphas: values.alpha ? numbers('alpha', values.alpha, (value) => value > 0) : chosen.alphas,
    missing: values.missing
      ? numbers('missing', values.missing, (value) => value >= 0 && value <= mostMissing)
      : chosen.missing,
    seeds: values.seeds ? seedsOf(values.seeds) : chosen.seeds,
    workers: workersOf(values.workers),
    device,
    rows,
    json,
    markdown,
    report,
  };
}

/** The command that gives the same figures. */
export function command(args: readonly string[]): string {
  return commandOf('bench:reconstruction', args, words);
}

function methodName(name: string): string {
  if (methodNamed(name)) return name;
  throw new Error(`--methods: "${name}" is none of ${methods.map((entry) => entry.name).join(', ')}`);
}
