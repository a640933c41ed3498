import { z } from 'zod';

/**
 * Column of a manifest → what it is (`columns.ts`), as messages carry it. It is taken as it came: people name columns as they
 * like, and a record of zod would drop one that is called `__proto__`.
 */
export const columnRoles = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((role) => typeof role === 'string'),
  'write for each column, as text, what it is',
);
