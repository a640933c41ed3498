import { readFile } from 'node:fs/promises';
import { FedReconError } from '../../../protocol/errors.ts';
import { type ModuleName, parseModuleName } from '../../../protocol/modules.ts';
import type { Plan } from '../../../protocol/plan.ts';
import { assertFinite, decodeTensors } from '../../../protocol/safetensors.ts';
import { servingModules } from '../../../protocol/serving.ts';
import { moduleShapes } from '../../../protocol/shapes.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { type Dataset, heldModalities } from '../../learning/datasets.ts';
import type { ModuleTensors } from '../../learning/inference.ts';
import { givenOrInitial } from '../../model/initialise.ts';
import { sha256 } from './whole-files.ts';

/** Modules read from files and checked against the plan. */
export interface ModuleFiles {
  readonly modules: Partial<Record<ModuleName, HostTensors>>;
  /** SHA-256 of each file, by module name. */
  readonly hashes: Readonly<Record<string, string>>;
}

/**
 * Reads the modules that a plant holding `dataset` reconstructs with: those of `files`, others with their initial
 * parameters.
 * @throws FedReconError as {@link readModules}
 */
export async function readServingModules(
  plan: Plan,
  dataset: Dataset,
  files: Readonly<Record<string, string>>,
): Promise<{ readonly modules: ModuleTensors; readonly fetched: ReadonlySet<string> }> {
  const { modules: given } = await readModules(plan, files);
  return {
    modules: givenOrInitial(plan, servingModules(plan, heldModalities(plan, dataset)), given),
    fetched: new Set(Object.keys(given)),
  };
}

/** Reads modules from their files. @throws FedReconError `module-invalid`, `tensor-shape`, `tensor-not-finite` */
export async function readModules(plan: Plan, files: Readonly<Record<string, string>>): Promise<ModuleFiles> {
  const modules: Partial<Record<ModuleName, HostTensors>> = {};
  const hashes: Record<string, string> = {};
  for (const [name, file] of Object.entries(files)) {
    if (!parseModuleName(name))
      throw new FedReconError('module-invalid', { module: name, problem: 'no module name' });
    const module = name as ModuleName;
    const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
      throw new FedReconError('module-invalid', { module, problem: cause.code ?? cause.message }, { cause });
    });
    const { tensors } = decodeTensors(bytes);
    checkModule(plan, module, tensors);
    modules[module] = tensors;
    hashes[module] = sha256(bytes);
  }
  return { modules, hashes };
}

function checkModule(plan: Plan, module: ModuleName, tensors: HostTensors): void {
  const shapes = moduleShapes(plan, module);
  for (const [name, shape] of Object.entries(shapes)) {
    const actual = tensors[name]?.shape;
    if (`${actual}` !== `${shape}`)
      throw new FedReconError('tensor-shape', {
        name,
        actual: actual ? `[${actual}]` : 'none',
        expected: `[${shape}]`,
      });
  }
  const unknown = Object.keys(tensors).find((name) => !Object.hasOwn(shapes, name));
  if (unknown) throw new FedReconError('module-invalid', { module, problem: `it holds ${unknown}` });
  assertFinite(tensors);
}
