import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { presetNames } from '../../protocol/kinds/preset-numbers.ts';
import { standardPlan } from '../../training/pilot/standard-plan.ts';
import { writeAtomically } from '../../training/process/files/whole-files.ts';
import { printAnswer } from './at-plant.ts';
import { makeOutFolder } from './command-folders.ts';
import { tableSettings } from './table-settings.ts';

const options = {
  manifest: { type: 'string' },
  set: { type: 'string', multiple: true },
  preset: { type: 'string', default: 'standard' },
  out: { type: 'string' },
  replace: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Writes the standard plan that the pilot makes of a folder, as headquarters takes it. */
export const planFileCommand: Command = {
  usage: `plan FOLDER [--manifest FILE] [--set key=value]… [--preset ${presetNames.join('|')}] [--out FILE [--replace]] [--json]`,
  summary:
    'Makes the standard plan of a folder, as the pilot does, for headquarters (npm run aggregator -- init --plan FILE): on standard output, or into a file; one that is there already, which headquarters may have changed, only with --replace.',
  answersJson: true,
  example: '/parts --out plan.json',
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, ['the folder']);
    const preset = presetNames.find((name) => name === values.preset);
    if (!preset) throw usageError(`--preset takes ${presetNames.join(', ')}, not "${values.preset}".`);
    const file = values.out === undefined ? undefined : fileFor(values.out, values.replace);
    const { reading, ...said } = tableSettings(values.set ?? []);
    const { plan } = await standardPlan(resolve(positionals[0]!), values.manifest, reading, { preset, said });
    const document = JSON.stringify(plan, null, 2);
    if (file === undefined) {
      console.log(document);
      return;
    }
    makeOutFolder(dirname(file));
    await writeAtomically(file, Buffer.from(`${document}\n`)).catch((cause: NodeJS.ErrnoException) => {
      throw usageError(`The file ${values.out} of --out cannot be written (${cause.code}).`);
    });
    const modalities = plan.modalities.map(({ name, kind }) => ({ name, kind }));
    printAnswer(values.json, { file, name: plan.name, modalities }, [
      `The plan "${plan.name}" is in ${file}: ${modalities.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`,
      'Headquarters sets its rounds, purpose and policy there, and starts with: npm run aggregator -- init --plan FILE',
    ]);
  },
};

/** The file that `--out` names. @throws FedReconError `usage` where one is there that may not be replaced */
function fileFor(out: string, mayReplace: boolean): string {
  const file = resolve(out);
  if (existsSync(file) && !mayReplace)
    throw usageError(`The file ${out} of --out is there already: name another one, or add --replace.`);
  return file;
}
