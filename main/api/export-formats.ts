/** Formats that an export is written in besides its pictures or its table: tables of all, a record beside each, a report to print. */
export const exportFormats = ['csv', 'parquet', 'json', 'pdf'] as const;
export type ExportFormat = (typeof exportFormats)[number];
