/** One setting of one method, and what it was chosen from. */
export interface TunedSetting {
  /** Name of the method. */
  readonly method: string;
  /** Name among the method's settings; undefined where the choice was between networks. */
  readonly option?: string;
  /** The setting in plain words. */
  readonly setting: string;
  readonly grid: readonly (number | string)[];
  readonly chosen: number | string;
  /** What the choice was made by: data, seeds, figure. Never the held-out parts of the published seeds. */
  readonly by: string;
}

const where = 'quick budget, alpha 0.1, missing 0.5, validation seed 11';

/** A grid that `tune.ts` measured: each value with its score; the highest is chosen. */
function measured(
  method: string,
  option: string,
  setting: string,
  passes: number,
  scores: readonly (readonly [value: number, score: number])[],
): TunedSetting {
  const [chosen] = scores.reduce((best, one) => (one[1] > best[1] ? one : best));
  const figures = scores.map(([, score]) => score.toFixed(3)).join(', ');
  const grid = scores.map(([value]) => value);
  return {
    method,
    option,
    setting,
    grid,
    chosen,
    by: `${where}, ${passes} passes a round: score ${figures}`,
  };
}

/**
 * The grids, so that a reader sees how much effort each method was given: two to four values of the setting that
 * matters most to it. A method without a row runs with the plan's settings and none of its own. The score is that of
 * the ablations: the mean of SSIM and coherence over the three source sets. `tune.ts` measures the grids.
 */
export const tuning: readonly TunedSetting[] = [
  measured('direct', 'learningRate', 'learning rate', 2, [
    [0.0015, 0.4428],
    [0.003, 0.4709],
    [0.006, 0.4628],
  ]),
  measured('zero-filling', 'learningRate', 'learning rate', 2, [
    [0.0015, 0.4648],
    [0.003, 0.4716],
    [0.006, 0.4618],
  ]),
  measured('fedavg-moe', 'beta', 'weight β of the KL', 2, [
    [0.1, 0.2651],
    [0.5, 0.2527],
    [1, 0.2397],
  ]),
  measured('fedavg-poe', 'beta', 'weight β of the KL', 4, [
    [0.1, 0.3843],
    [0.5, 0.3668],
    [1, 0.3407],
  ]),
  measured('fedadam', 'serverLearningRate', 'the server’s learning rate', 4, [
    [0.003, 0.2121],
    [0.01, 0.3056],
    [0.03, 0.3594],
    [0.1, 0.256],
  ]),
  measured('fedyogi', 'serverLearningRate', 'the server’s learning rate', 4, [
    [0.003, 0.2118],
    [0.01, 0.3019],
    [0.03, 0.3638],
    [0.1, 0.2602],
  ]),
  measured('fedprox', 'proximal', 'weight μ of the proximal term', 4, [
    [0.001, 0.3863],
    [0.01, 0.3833],
    [0.1, 0.3743],
  ]),
  measured('scaffold', 'share', 'share of the correction in the gradient, beside Adam at the plants', 4, [
    [0.5, 0.3665],
    [1, 0.3501],
  ]),
  measured('mmvae-plus', 'beta', 'weight β of the KL', 4, [
    [0.1, 0.3203],
    [0.5, 0.2985],
    [2.5, 0.265],
  ]),
  measured('cgan', 'learningRate', 'learning rate of both players', 4, [
    [0.0003, 0.4112],
    [0.001, 0.4994],
    [0.003, 0.5032],
  ]),
  measured('cgan', 'pixelWeight', 'weight of the absolute pixel error beside the adversarial loss', 4, [
    [30, 0.4708],
    [100, 0.4994],
  ]),
  {
    method: 'diffusion',
    setting: 'where the network is told time and sources, and its learning rate',
    grid: ['beside the noisy image, 0.001', 'in every layer, 0.003'],
    chosen: 'in every layer, 0.003',
    by: `${where}: SSIM .265 / .193 / .324, .488 / .269 / .436`,
  },
];
