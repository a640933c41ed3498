import { init } from './init.ts';
import { plan } from './plan.ts';
import { presets } from './presets.ts';
import { invite, round, status } from './rounds.ts';
import { start } from './start.ts';

export interface Command {
  /** The line in the help. */
  readonly usage: string;
  readonly summary: string;
  /** @throws FedReconError `usage` for wrong words, others for what cannot be done */
  run(words: readonly string[]): Promise<void>;
}

const help: Command = {
  usage: 'help',
  summary: 'Shows this.',
  run: async () => {
    const lines = [...commands.values()].flatMap((command) => [
      `  ${command.usage}`,
      `      ${command.summary}`,
    ]);
    console.log(
      [
        'npm run aggregator -- COMMAND',
        '',
        ...lines,
        '',
        'All commands take --data DIR (default fedrecon-data/aggregator).',
        'With DATABASE_URL set, the database is that PostgreSQL server instead of one in the data folder.',
      ].join('\n'),
    );
  },
};

/** Every command by its name, in the order of the help. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({ plan, presets, init, start, invite, round, status, help }),
);
