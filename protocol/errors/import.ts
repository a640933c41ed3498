import type { ErrorEntry } from './entry.ts';
import { cellErrors } from './import/cells.ts';
import { columnErrors } from './import/columns.ts';
import { folderErrors } from './import/folders.ts';
import { partIdErrors } from './import/ids.ts';
import { longTableErrors } from './import/long-tables.ts';
import { pictureErrors } from './import/pictures.ts';
import { rowErrors } from './import/rows.ts';
import { signalErrors } from './import/signals.ts';
import { tableFileErrors } from './import/table-files.ts';

/**
 * Errors of reading a plant's data. Some stop an import; others name single rows and cells, which are left out and listed
 * while the import goes on.
 */
export const importErrors = {
  ...folderErrors,
  ...tableFileErrors,
  ...columnErrors,
  ...cellErrors,
  ...partIdErrors,
  ...rowErrors,
  ...longTableErrors,
  ...pictureErrors,
  ...signalErrors,
} as const satisfies Record<string, ErrorEntry>;
