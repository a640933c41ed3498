import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { pictureProblemJa } from '../../../training/kinds/picture-problems.ts';

const root = resolve(import.meta.dirname, '../../..');

it('says in Japanese whatever the readers of pictures say, and keeps the words of a library in brackets', () => {
  const said = globSync('training/cells/images/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/new (?:Range)?Error\(\s*['`](.+)['`],?\s*\)/g)].map(
      ([, words]) => words!.replaceAll(/\$\{(?:[^{}`]|`[^`]*`|\{[^}]*\})+\}/g, '7'),
    ),
  );
  expect(said.length).toBeGreaterThan(30);
  expect(said.filter((words) => pictureProblemJa(words).includes(words))).toEqual([]);
  expect(pictureProblemJa('it has 48 channels')).toBe('チャンネルが 48 個あります');
  expect(pictureProblemJa('bad seek to 7')).toContain('（bad seek to 7）');
});
