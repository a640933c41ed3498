import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const rooms = ['protocol', 'training', 'main', 'renderer', 'aggregator'];

const filesOf = (room: string) =>
  globSync(`${room}/**/*.{ts,svelte}`, { cwd: root }).map((path) => path.replaceAll('\\', '/'));

/** Names that a source declares and exports; what it passes on from another file is named there. */
function exportedNames(path: string, source: string): string[] {
  return ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true).statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement)) return [];
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    const { name } = statement as ts.DeclarationStatement;
    return name ? [name.getText()] : [];
  });
}

/** Whether a file is one of a set whose folders tell them apart: a language, a kind of modality, a folder's door. */
const isOneOfASet = (path: string) => /\/(index(\.svelte)?|en|ja)\.ts$|\/kinds\//.test(path);

/** Groups of paths that have the same key. */
function sharing(pairs: readonly (readonly [key: string, path: string])[]): string[] {
  const byKey = new Map<string, Set<string>>();
  for (const [key, path] of pairs) byKey.set(key, (byKey.get(key) ?? new Set()).add(path));
  return [...byKey]
    .filter(([, paths]) => paths.size > 1)
    .map(([key, paths]) => `${key}: ${[...paths].join(', ')}`);
}

describe('names', () => {
  it('of exports stand for one thing in the whole product', () => {
    const named = rooms
      .flatMap(filesOf)
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) =>
        exportedNames(path, readFileSync(join(root, path), 'utf8')).map((name) => {
          // A text in Japanese has the name of the same text in English.
          return [name, path.replace(/^(renderer\/i18n\/.*)ja\.ts$/, '$1en.ts')] as const;
        }),
      );
    expect(named.length).toBeGreaterThan(1000);
    expect(sharing(named)).toEqual([]);
  });

  it.each(rooms)('of files in %s say alone what they hold', (room) => {
    const paths = filesOf(room);
    expect(paths.length).toBeGreaterThan(10);
    expect(
      sharing(paths.filter((path) => !isOneOfASet(path)).map((path) => [basename(path), path] as const)),
    ).toEqual([]);
  });

  it('that two files share are found', () => {
    const first = exportedNames(
      'a.ts',
      'export const one = 1, two = 2; export type { Three } from "./b.ts"; const four = 4;',
    );
    const second = exportedNames(
      'b.ts',
      'export interface Three {} export async function two() {} export class Five {}',
    );
    expect([first, second]).toEqual([
      ['one', 'two'],
      ['Three', 'two', 'Five'],
    ]);
    expect(
      sharing([
        ...first.map((name) => [name, 'a.ts'] as const),
        ...second.map((name) => [name, 'b.ts'] as const),
      ]),
    ).toEqual(['two: a.ts, b.ts']);
  });
});
