import { z } from 'zod';

/**
 * Roles of a manifest's columns (`columns.ts`) by column name, as messages carry them. They are not parsed: people name
 * columns as they like, and a record of zod would drop one that is called `__proto__`.
 */
export const columnRoles = z.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((role) => typeof role === 'string'),
  'write for each column, as text, what it is',
);
