/** One setting of one method, and what it was chosen from. */
export interface TunedSetting {
  /** Name of the method. */
  readonly method: string;
  /** The setting in plain words, with its plan option where it has one. */
  readonly setting: string;
  /** Empty where the setting was taken over and nothing was tried. */
  readonly tried: readonly (number | string)[];
  readonly chosen: number | string;
  /** What the choice was made by: data, seeds, figure. Never the held-out parts of the published seeds. */
  readonly by: string;
}

/** Where the choices below were made; figures from gauge / note / both, in the order of the values tried. */
const quick = 'quick budget, alpha 0.1, missing 0.5, validation seed 11';

/**
 * The grids that were tried, so that a reader sees how much effort each method was given. A method without a row runs
 * with the plan's settings and none of its own.
 */
export const tuning: readonly TunedSetting[] = [
  {
    method: 'mmvae-plus',
    setting: 'training.beta',
    tried: [0.5, 2.5],
    chosen: 0.5,
    by: `${quick}: SSIM .299 / .226 / .265, .273 / .207 / .243`,
  },
  {
    method: 'cgan',
    setting: 'learning rate of both players',
    tried: [0.0003, 0.001],
    chosen: 0.001,
    by: `${quick}: SSIM .361 / .272 / .350, .461 / .334 / .444`,
  },
  {
    method: 'cgan',
    setting: 'weight of the absolute pixel error beside the adversarial loss',
    tried: [30, 100],
    chosen: 100,
    by: `${quick}: SSIM .434 / .326 / .419, .461 / .334 / .444`,
  },
  {
    method: 'diffusion',
    setting: 'where the network is told time and sources, and its learning rate',
    tried: ['beside the noisy image, 0.001', 'in every layer, 0.003'],
    chosen: 'in every layer, 0.003',
    by: `${quick}: SSIM .265 / .193 / .324, .488 / .269 / .436`,
  },
  {
    method: 'fedprox',
    setting: 'weight μ of the proximal term, `training.proximal`',
    tried: [],
    chosen: 0.01,
    by: 'within its paper’s range; not tried here: `tune.ts` has the grid',
  },
  {
    method: 'fedadam',
    setting: 'the server’s learning rate, `server.learningRate`',
    tried: [],
    chosen: 0.01,
    by: 'the plan’s default; not tried here: `tune.ts` has the grid',
  },
  {
    method: 'fedyogi',
    setting: 'the server’s learning rate, `server.learningRate`',
    tried: [],
    chosen: 0.01,
    by: 'the plan’s default; not tried here: `tune.ts` has the grid',
  },
  {
    method: 'scaffold',
    setting: 'share of the control variates in the gradient, beside Adam at the plants',
    tried: [],
    chosen: 1,
    by: 'its paper, which descends by plain SGD; not tried here: `tune.ts` has the grid',
  },
];
