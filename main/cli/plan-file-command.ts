import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { presetNames } from '../../protocol/kinds/preset-numbers.ts';
import { standardPlan } from '../../training/pilot/standard-plan.ts';
import { printAnswer } from './at-plant.ts';
import { tableSettings } from './table-settings.ts';

const options = {
  manifest: { type: 'string' },
  set: { type: 'string', multiple: true },
  preset: { type: 'string', default: 'standard' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Writes the standard plan that the pilot makes of a folder, as headquarters takes it. */
export const planFileCommand: Command = {
  usage: `plan FOLDER [--manifest FILE] [--set key=value …] [--preset ${presetNames.join('|')}] [--out FILE] [--json]`,
  summary:
    'Makes the standard plan of a folder, as the pilot does, for headquarters (npm run aggregator -- init --plan FILE): on standard output, or into a file.',
  answersJson: true,
  example: '/parts --out plan.json',
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, ['the folder']);
    const preset = presetNames.find((name) => name === values.preset);
    if (!preset) throw usageError(`--preset takes ${presetNames.join(', ')}, not "${values.preset}".`);
    const { reading, ...said } = tableSettings(values.set ?? []);
    const { plan } = await standardPlan(resolve(positionals[0]!), values.manifest, reading, { preset, said });
    const document = JSON.stringify(plan, null, 2);
    if (values.out === undefined) {
      console.log(document);
      return;
    }
    const file = resolve(values.out);
    await writeInto(file, `${document}\n`).catch((cause: NodeJS.ErrnoException) => {
      throw usageError(`The file ${values.out} of --out cannot be written (${cause.code}).`);
    });
    const modalities = plan.modalities.map(({ name, kind }) => ({ name, kind }));
    printAnswer(values.json, { file, name: plan.name, modalities }, [
      `The plan "${plan.name}" is in ${file}: ${modalities.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`,
      'Headquarters sets its rounds, purpose and policy there, and starts with: npm run aggregator -- init --plan FILE',
    ]);
  },
};

/** Writes a file, and makes the folder that it is to lie in. */
async function writeInto(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
