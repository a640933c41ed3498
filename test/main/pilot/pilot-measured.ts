import type { PilotMeasured } from '../../../main/pilot/basis.ts';
import { type Plan, parsePlan } from '../../../protocol/plan.ts';
import type { Finding, HoldoutQuality, PilotFacts } from '../../../training/pilot/pilot-facts.ts';
import { tinyPlan } from '../support/plants.ts';

export const plan: Plan = parsePlan(tinyPlan);

const picture = {
  width: 8,
  height: 8,
  channels: 1,
  values: Array.from({ length: 64 }, (_, pixel) => 4 * pixel),
} as const;
const image = { kind: 'image', picture } as const;
const line = { kind: 'signal', values: [1, 4, 2, 3] } as const;

/** A hidden camera that came back far better than its mean. */
export const goodCamera: HoldoutQuality = {
  modality: 'camera',
  parts: 120,
  trainedOn: 700,
  figures: [
    { measure: 'psnr', reconstructed: 18, mean: 11 },
    { measure: 'ssim', reconstructed: 0.7, mean: 0.2 },
  ],
  channels: [],
  examples: ['A', 'B', 'C', 'D'].map((id) => ({ id, truth: image, reconstructed: image })),
};

/** A hidden gauge that is better than its mean on the whole, and of whose channels two are not. */
export const unevenGauge: HoldoutQuality = {
  modality: 'gauge',
  parts: 120,
  trainedOn: 700,
  figures: [
    { measure: 'error', reconstructed: 0.2, mean: 1 },
    { measure: 'psnr', reconstructed: 21, mean: 11 },
  ],
  channels: [
    { name: 'holes', unit: '', r2: -40.25 },
    { name: 'slant', unit: '°', r2: -0.004 },
    { name: 'width', unit: 'mm', r2: 0.2 },
    { name: 'area', unit: 'mm²', r2: 0.97 },
  ],
  examples: ['A', 'B'].map((id) => ({
    id,
    truth: { ...line, named: [{ name: 'area', value: 16_400, unit: 'mm²' }] },
    reconstructed: { ...line, named: [{ name: 'area', value: 15_900, unit: 'mm²' }] },
  })),
};

export const stuck: Finding = {
  code: 'channel-stuck',
  modality: 'gauge',
  count: 20,
  of: 900,
  detail: { channel: 3, from: 20, to: 39 },
  examples: [{ id: 'A', row: 20, shown: line }],
};

const facts: PilotFacts = {
  inventory: {
    parts: 900,
    complete: 880,
    paired: 900,
    modalities: [
      { name: 'camera', present: 880, missing: 20, shown: [image, image, image] },
      { name: 'gauge', present: 900, missing: 0, shown: [line], profile: [{ low: 1, mean: 2, high: 3 }] },
      {
        name: 'note',
        present: 900,
        missing: 0,
        shown: [{ kind: 'text', text: '傷なし' }],
        words: [{ word: '傷', parts: 9 }],
      },
    ],
    pairs: [
      { one: 'camera', other: 'gauge', parts: 880 },
      { one: 'camera', other: 'note', parts: 880 },
      { one: 'gauge', other: 'note', parts: 900 },
    ],
  },
  findings: [],
  groups: {
    by: 'gauge',
    list: [300, 300, 300].map((parts) => ({ parts, paired: parts, shown: image })),
  },
  holdout: {
    seconds: 60,
    epochs: { generators: 40, mappings: 20 },
    cutShort: false,
    qualities: [goodCamera],
  },
};

const speed = {
  stages: plan.stages.map(({ stage }) => ({ stage, seconds: 4, measuredParts: 900, measuredSeconds: 4 })),
};

/** A plant for which everything speaks, with what a test changes. */
export function pilotMeasured(
  changes: Partial<PilotMeasured> = {},
  changed: Partial<PilotFacts> = {},
): PilotMeasured {
  return {
    folder: '/plants/大阪',
    plan,
    origin: 'file',
    facts: { ...facts, ...changed },
    devices: [{ name: 'onnx cpu', chosen: true, speed }],
    lines: [10, 100],
    published: null,
    ...changes,
  };
}

export const inventory = facts.inventory;
export const holdout = facts.holdout;
