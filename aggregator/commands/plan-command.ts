import type { Command } from '../../protocol/command-line.ts';
import { type Cost, moduleCost, pathCost } from '../../protocol/cost.ts';
import { modulesOf } from '../../protocol/modules.ts';
import { planHash } from '../../protocol/plan.ts';
import { readPlan } from '../../protocol/plan-file.ts';
import { scheduledRounds } from '../../protocol/schedule.ts';
import { parseAggregatorWords } from './parse-words.ts';

/**
 * Command `plan`: checks a plan before anyone is asked to agree to it, and shows the size and arithmetic of its
 * modules.
 */
export const planCommand: Command = {
  usage: 'plan FILE',
  summary:
    'Checks a plan file and lists its modules with their parameters, bytes and MFLOP a part (one pass).',
  run: async (words) => {
    const { positionals } = parseAggregatorWords(words, {}, ['the plan file']);
    const document = await readPlan(positionals[0]!);
    const modules = modulesOf(document);
    const rounds = scheduledRounds(document);
    console.log(
      `${document.name}: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, SHA-256 ${planHash(document)}`,
    );
    for (const module of modules) print(module, moduleCost(document, module));
    print('all', pathCost(document, modules));
  },
};

/** Prints one line of costs. MFLOP are those of one forward pass of one part. */
function print(module: string, { parameters, bytes, flop }: Cost): void {
  const mflop = number(flop / 1e6, 3);
  console.log(
    `${module.padEnd(28)} ${number(parameters)} parameters ${number(bytes)} bytes ${mflop} MFLOP a part`,
  );
}

function number(value: number, decimals = 0): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en', digits).padStart(12);
}
