/** Formats that an export is written in besides its pictures or its table: tables of all, and a record beside each. */
export const exportFormats = ['csv', 'parquet', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];
