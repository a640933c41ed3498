import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const rooms = 'protocol|training|main|renderer|aggregator|assets|build|docs|test';

/** Every page that a person reads, but for the tables that the benchmarks write. */
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/results.(?!README)/.test(name))
    .map((name) => join('docs', name)),
];

/** Files and folders that a page names: targets of its links, and code spans that begin with a room's name. */
function named(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const links = [...text.matchAll(/(?:\]\(|src=")(?!https?:|#)([^)"#\s]+)/g)].map(([, target]) =>
    relative(root, join(root, dirname(page), target!)),
  );
  const spans = [...text.matchAll(/`([^`\n]+)`/g)]
    .map(([, span]) => span!)
    .filter((span) => new RegExp(`^(?:${rooms})/[\\w./-]*$`).test(span) && !span.startsWith('build/out/'));
  return [...new Set([...links, ...spans])];
}

describe('the pages', () => {
  it.each(pages)('%s names files that exist', (page) => {
    expect(named(page).filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  it('name many', () => {
    expect(pages.flatMap(named).length).toBeGreaterThan(100);
  });

  it('begin with a README that is read in five minutes', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8').split(/\s+/).length).toBeLessThanOrEqual(1200);
  });

  it('are reached from README, or from a page that it leads to', () => {
    const reached = new Set<string>(['README.md']);
    for (const page of reached)
      for (const name of named(page)) {
        if (name.endsWith('.md') && existsSync(join(root, name))) reached.add(name);
      }
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });
});
