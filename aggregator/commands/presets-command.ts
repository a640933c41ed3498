import type { Command } from '../../protocol/command-line.ts';
import { pathCost, trainingFlop } from '../../protocol/cost.ts';
import { type PresetName, presetNames } from '../../protocol/kinds/preset-numbers.ts';
import { type ModuleName, mappingName } from '../../protocol/modules.ts';
import { type Modality, type Plan, parsePlan } from '../../protocol/plan.ts';
import { convolutionsOf } from '../../protocol/shapes.ts';
import { parseAggregatorWords } from './parse-words.ts';

const images = ['16x16x1', '28x28x1', '64x64x1', '64x64x3', '128x128x1', '128x128x3'];
const signals = [56, 512, 4096];
const texts = [32, 512];

/** Command `presets`: shows what each preset costs, before a plan is written. */
export const presets: Command = {
  usage: 'presets',
  summary:
    'Lists what the presets make of images, signals and texts: parameters, bytes, and MFLOP a part (one pass, one training step).',
  run: async (words) => {
    parseAggregatorWords(words, {});
    for (const name of presetNames) {
      const plan = planOf(name);
      console.log(columns(name, 'layers', ['parameters', 'bytes', 'MFLOP', 'training']));
      for (const modality of plan.modalities)
        print(plan, modality.name, layersOf(modality), [
          `encoder/${modality.name}`,
          `decoder/${modality.name}`,
        ]);
      const mapping = mappingName('image-28x28x1', `signal-${signals[0]}`);
      print(plan, 'a mapping', `dense ${plan.mapping.hidden.join(' ')}`, [mapping]);
      console.log();
    }
  },
};

/** Plan that leaves all it may to the preset. */
function planOf(preset: PresetName): Plan {
  const label = { en: preset, ja: preset };
  return parsePlan({
    format: 'fedrecon-plan/2',
    name: preset,
    preset,
    modalities: [
      ...images.map((size) => {
        const [width, height, channels] = size.split('x').map(Number);
        return { name: `image-${size}`, label, kind: 'image', width, height, channels };
      }),
      ...signals.map((length) => ({
        ...{ name: `signal-${length}`, label, kind: 'signal', length, unit: 'mm', range: [0, 1] },
      })),
      ...texts.map((maxWords) => ({ name: `text-${maxWords}`, label, kind: 'text', maxWords })),
    ],
    stages: [{ stage: 'generators', rounds: 1 }],
  });
}

function layersOf(modality: Modality): string {
  const filters = convolutionsOf(modality, 'encoder').map(({ to }) => to[2]);
  const dense = `dense ${modality.hidden.join(' ')}`;
  return filters.length > 0 ? `convolutional ${filters.join(' ')}, ${dense}` : dense;
}

function print(plan: Plan, what: string, layers: string, modules: readonly ModuleName[]): void {
  const { parameters, bytes, flop } = pathCost(plan, modules);
  const training = modules.reduce((sum, module) => sum + trainingFlop(plan, module), 0);
  const whole = [parameters, bytes].map((value) => value.toLocaleString('en'));
  const mflop = [flop, training].map((value) =>
    (value / 1e6).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  );
  console.log(columns(`  ${what}`, layers, [...whole, ...mflop]));
}

function columns(what: string, layers: string, figures: readonly string[]): string {
  return [what.padEnd(18), layers.padEnd(40), ...figures.map((figure) => figure.padStart(12))].join(' ');
}
