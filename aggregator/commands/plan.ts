import { modulesOf } from '../../protocol/modules.ts';
import { planHash, scheduledRounds } from '../../protocol/plan.ts';
import { moduleShapes } from '../../protocol/shapes.ts';
import { sizeOf } from '../../protocol/tensors.ts';
import type { Command } from './index.ts';
import { readPlan } from './plan-file.ts';
import { parseWords } from './words.ts';

/** Checks a plan before anyone is asked to agree to it, and shows what it makes plants carry. */
export const plan: Command = {
  usage: 'plan FILE',
  summary: 'Checks a plan file and lists its modules with their parameters and bytes.',
  run: async (words) => {
    const { positionals } = parseWords(words, {}, ['the plan file']);
    const document = await readPlan(positionals[0]!);
    const rows = modulesOf(document).map((module) => {
      const parameters = Object.values(moduleShapes(document, module)).map(sizeOf);
      return { module, parameters: parameters.reduce((sum, size) => sum + size, 0) };
    });
    const all = { module: 'all', parameters: rows.reduce((sum, row) => sum + row.parameters, 0) };
    console.log(`${document.name}: ${scheduledRounds(document)} rounds, SHA-256 ${planHash(document)}`);
    for (const { module, parameters } of [...rows, all])
      console.log(`${module.padEnd(28)} ${number(parameters)} parameters ${number(parameters * 4)} bytes`);
  },
};

function number(value: number): string {
  return value.toLocaleString('en').padStart(12);
}
