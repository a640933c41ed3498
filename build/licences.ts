import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';
import type { Licence } from '../renderer/pages/help/licence-list.ts';
import { project } from './freshness.ts';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** File of the window whose list the build fills. */
const filled = join(project, 'renderer/pages/help/licence-list.ts');
/** Developers' packages that are in the product all the same: built into the window, or what the installed app runs on. */
const builtIn: ReadonlySet<string> = new Set(['svelte', 'electron']);

/** Gives the window the packages that the product is made of, with their licences, from the lock file as it is at the build. */
export function licencesPlugin(): Plugin {
  return {
    name: 'licences',
    load: (id) =>
      normalizePath(id) === normalizePath(filled)
        ? `export const licences = ${JSON.stringify(licencesOf(project))}`
        : undefined,
  };
}

/**
 * Packages that a project's lock file names for use, by name, with their licences and the texts of these, where they are
 * installed: those of other systems are not.
 */
export function licencesOf(folder: string): Licence[] {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const found = new Map<string, Licence>();
  for (const [path, { version = '', license, dev = false }] of Object.entries(lock.packages)) {
    const name = path.split('node_modules/').at(-1)!;
    if (path === '' || (dev && !builtIn.has(name))) continue;
    const text = licenceText(join(folder, path));
    found.set(`${name} ${version}`, { name, version, licence: license ?? licenceIn(text), text });
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Text of a package's licence file; empty where there is none. */
function licenceText(folder: string): string {
  try {
    const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
    return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  } catch {
    return '';
  }
}

/** Name of a licence by its text, for a package that names none. */
function licenceIn(text: string): string {
  return /MIT License|Permission is hereby granted, free of charge/.test(text) ? 'MIT' : '–';
}
