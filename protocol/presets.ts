import { FedReconError } from './errors.ts';
import { presetOf } from './kinds/index.ts';
import { type PlanFields, type PresetName, presetNames } from './kinds/preset-numbers.ts';

/**
 * Named sets of architecture numbers, for a plan that says `"preset": "standard"` and leaves them out. What a plan
 * writes itself wins. `light` trains on an ordinary plant's PC without a GPU, `standard` on a newer one, `large` wants
 * a GPU. A plan is agreed to, hashed and kept with the numbers filled in, so a later change of these changes no
 * federation. Numbers of modalities stand with their kinds.
 */
const presets: Readonly<Record<PresetName, { readonly mapping: PlanFields; readonly training: PlanFields }>> =
  {
    light: { mapping: { hidden: [128] }, training: { batch: 64, localEpochs: 2 } },
    standard: { mapping: { hidden: [256, 256] }, training: { batch: 64, localEpochs: 2 } },
    large: { mapping: { hidden: [512, 512] }, training: { batch: 128, localEpochs: 4 } },
  };

/**
 * Fills a plan document with its preset's numbers wherever it has none of its own, and takes the word `preset` out; any
 * other document stays as it is. Nothing else is checked here: the plan's schema names what is wrong.
 * @throws FedReconError `plan-invalid` for a preset that does not exist
 */
export function fillPreset(document: unknown): unknown {
  if (!isFields(document) || !('preset' in document)) return document;
  const { preset: name, ...plan } = document;
  const chosen = presetNames.find((known) => known === name) ?? refuse(name);
  const preset = presets[chosen];
  const { modalities, mapping, training } = plan;
  return {
    ...plan,
    modalities: Array.isArray(modalities) ? modalities.map((entry) => filled(entry, chosen)) : modalities,
    mapping: under(mapping, preset.mapping),
    training: under(training, preset.training),
  };
}

function filled(modality: unknown, preset: PresetName): unknown {
  return isFields(modality) ? { ...presetOf(modality, preset), ...modality } : modality;
}

function under(written: unknown, preset: PlanFields): unknown {
  return written === undefined ? preset : isFields(written) ? { ...preset, ...written } : written;
}

function refuse(name: unknown): never {
  const problem = `${JSON.stringify(name)} is no preset; write ${presetNames.join(', ')}, or leave it out`;
  throw new FedReconError('plan-invalid', { field: 'preset', problem });
}

function isFields(value: unknown): value is PlanFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
