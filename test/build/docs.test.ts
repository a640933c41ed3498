import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { errorsPage } from '../../build/errors-page.ts';

it('npm run docs has been run since the error table changed', () => {
  const path = join(resolve(import.meta.dirname, '../..'), 'docs/errors.md');
  expect(readFileSync(path, 'utf8')).toBe(errorsPage());
});
