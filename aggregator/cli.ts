import { describeError, FedReconError } from '../protocol/errors.ts';
import { commands } from './commands/index.ts';

/**
 * `npm run aggregator -- <command>`. Exit code 0: done; 1: refused or failed; 2: wrongly typed.
 * What was asked for goes to standard output, everything else to standard error.
 */
async function main(words: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = words;
  try {
    const command = commands.get(name);
    if (!command) throw new FedReconError('usage', { problem: `There is no command "${name}"; try help.` });
    await command.run(rest);
    return 0;
  } catch (error) {
    if (!(error instanceof FedReconError)) {
      console.error(error);
      return 1;
    }
    const { title, cure } = describeError(error.code, error.detail, 'en');
    if (error.code === 'usage') {
      console.error(title);
      return 2;
    }
    console.error(`${title}.\n${cure}`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
