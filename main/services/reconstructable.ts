import { FedReconError } from '../../protocol/errors.ts';
import type { ModelManifest } from '../../protocol/messages.ts';
import { mappingName } from '../../protocol/modules.ts';
import { bridgesTo } from '../../training/model/bridge-paths.ts';
import type { Enrolment } from '../store/enrolment.ts';
import type { Store } from '../store/store.ts';
import { enrolled } from './context.ts';

/** Input shared by all jobs that reconstruct with one model version. */
interface Grounds {
  readonly enrolment: Enrolment;
  /** Modalities that the model can reconstruct here; at least one. */
  readonly targets: readonly string[];
}

/**
 * Input of a job that reconstructs with this model version.
 * @throws FedReconError `not-enrolled`, `model-not-ready`, `no-data`
 */
export function groundsFor(store: Store, manifest: ModelManifest): Grounds {
  const enrolment = enrolled(store);
  const targets = reconstructable(enrolment, manifest);
  if (targets.length === 0) throw new FedReconError('model-not-ready');
  if (store.parts.counts().parts === 0) throw new FedReconError('no-data');
  return { enrolment, targets };
}

/** Modalities with a decoder and at least one mapping or bridge from what this plant has, all of them trained. */
export function reconstructable(
  { plan, has }: Pick<Enrolment, 'plan' | 'has'>,
  { serving }: ModelManifest,
): string[] {
  const trained = new Set(Object.keys(serving));
  const leads = (source: string, target: string) =>
    trained.has(mappingName(target, source)) ||
    (plan.reconstruction.bridges && bridgesTo(plan, target, source, trained).length > 0);
  return plan.modalities
    .map(({ name }) => name)
    .filter(
      (target) =>
        trained.has(`decoder/${target}`) &&
        has.some((source) => source !== target && trained.has(`encoder/${source}`) && leads(source, target)),
    );
}
