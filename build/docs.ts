import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorsPage } from './errors-page.ts';

/** Command `npm run docs`: writes the pages of `docs/` that are made from the code. */
writeFileSync(join(resolve(import.meta.dirname, '..'), 'docs/errors.md'), errorsPage());
