import { cgan } from './cgan.ts';
import { classMean } from './class-mean.ts';
import { diffusion } from './diffusion.ts';
import { direct } from './direct.ts';
import { fedadam, fedprox, fedyogi } from './federations.ts';
import { centralised, fedrecon } from './fedrecon.ts';
import { localOnly } from './local-only.ts';
import { longer } from './longer.ts';
import { meanImage } from './mean-image.ts';
import type { Method } from './method.ts';
import { mmvaePlus } from './mmvae-plus.ts';
import { fedavgMoe, fedavgPoe } from './mvae.ts';
import { nearestNeighbour } from './nearest-neighbour.ts';
import { scaffold } from './scaffold.ts';
import { variants } from './variants.ts';
import { zeroFilling } from './zero-filling.ts';

/** Every method, in the order of the table. */
export const methods: readonly Method[] = [
  fedrecon,
  centralised,
  localOnly,
  meanImage,
  nearestNeighbour,
  classMean,
  direct,
  zeroFilling,
  fedavgPoe,
  fedprox,
  fedadam,
  fedyogi,
  scaffold,
  fedavgMoe,
  mmvaePlus,
  cgan,
  diffusion,
];

/** A method or variant by its name, or by `name:passes` {@link longer}; undefined if there is none. */
export function methodNamed(word: string): Method | undefined {
  const [, name, times] = /^([a-z-]+)(?::([1-9]\d{0,2}))?$/.exec(word) ?? [];
  const method = [...methods, ...variants].find((entry) => entry.name === name);
  return method && times ? longer(method, Number(times)) : method;
}
