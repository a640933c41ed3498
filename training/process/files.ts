import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { type ModuleName, parseModuleName } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import { assertFinite, decodeTensors } from '../../protocol/safetensors.ts';
import { moduleShapes } from '../../protocol/shapes.ts';
import type { HostTensors } from '../../protocol/tensors.ts';

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Writes a file as a whole or not at all: a reader, or a start after a kill, sees the old one or the new one.
 * @throws FedReconError `disk-full`
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new FedReconError('disk-full', { path: dirname(path) }, { cause });
    throw cause;
  }
}

/** A name of modules, tasks or modalities as a file name that every system takes. */
function fileNameOf(name: string): string {
  return `${name.replaceAll('/', '.').replaceAll('←', '.from.')}.safetensors`;
}

/** The file of `name` in `folder`. */
export function tensorFile(folder: string, name: string): string {
  return join(folder, fileNameOf(name));
}

/** Module files, read and checked against the plan. */
export interface ModuleFiles {
  readonly modules: Partial<Record<ModuleName, HostTensors>>;
  /** SHA-256 of each file, by module name. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** @throws FedReconError `module-invalid`, `tensor-shape`, `tensor-not-finite` */
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
  const unknown = Object.keys(tensors).find((name) => !(name in shapes));
  if (unknown) throw new FedReconError('module-invalid', { module, problem: `it holds ${unknown}` });
  assertFinite(tensors);
}
