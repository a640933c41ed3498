import { type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { atPlant, plantExits, plantOptions, plantUsage } from './at-plant.ts';
import { listImports, undoImport } from './delete-command.ts';

const options = {
  ...plantOptions,
  list: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
} as const;

/** Takes an import back, as `delete --import` does. */
export const undoCommand: Command = {
  usage: `undo IMPORT [--yes] ${plantUsage} | undo --list`,
  summary:
    'Takes an import back by its number, once it is agreed to: what it had replaced comes back. --list: the imports with their numbers.',
  answersJson: true,
  example: '3 --data /data',
  exits: plantExits,
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, [], 1);
    const [typed] = positionals;
    if (values.list === (typed !== undefined))
      throw usageError('undo takes the number of an import, or --list.');
    if (typed !== undefined && !/^[1-9]\d{0,8}$/.test(typed))
      throw usageError(`undo takes the number of an import, as undo --list shows it, not "${typed}".`);
    return atPlant(values, { command: 'undo' }, (plant) =>
      typed === undefined ? listImports(plant, values.json) : undoImport(plant, Number(typed), values),
    );
  },
};
