import { hasPlaces } from '../../protocol/kinds/index.ts';
import type { ManifestFolder } from '../cells/folder.ts';
import type { PictureLook } from '../cells/images/picture-look.ts';
import type { PictureSettings } from '../cells/images/picture-settings.ts';
import type { PictureShape } from '../cells/images/picture-shapes.ts';
import { surveyPictures } from '../cells/images/picture-survey.ts';
import { type PictureScale, type PictureScales, scaleWords } from '../cells/images/scale.ts';
import type { Binding } from './columns.ts';
import { type ManifestRow, placeIn } from './manifest/rows.ts';
import { pictureNotices } from './picture-notices.ts';
import type { ImportProblem } from './problems.ts';

/** How the pictures of a modality were understood. */
export interface UnderstoodPictures {
  readonly modality: string;
  /** The scales, each in words that a person can check (`12 bits in 16`); none where all hold plain 8 bits. */
  readonly scales: readonly (PictureScale & { readonly words: string })[];
  /** Proportions of the pictures that were looked at, the commonest first: of several, all but one look stretched. */
  readonly shapes: readonly PictureShape[];
}

/** What is known of a plant's pictures before they are looked at, by modality. */
export interface KnownPictures {
  readonly settings?: Readonly<Record<string, PictureSettings>> | undefined;
  /** Scales of the pictures that were imported before: they stay until a person says otherwise. */
  readonly scales?: Readonly<Record<string, PictureScales>> | undefined;
}

/** How the pictures of each modality are read, and what a person is told of it. */
interface LookedAt {
  readonly looks: ReadonlyMap<string, PictureLook>;
  readonly understood: readonly UnderstoodPictures[];
  /** What a person should know of them, at the row of the columns' names. */
  readonly notices: readonly ImportProblem[];
}

/** Cells of one modality with one ending that are kept to look at. */
const mostKept = 64;

/**
 * Decides once, before the first row is read, how the pictures of each modality are read: as a person said, and by one scale
 * over a sample of the whole manifest.
 * @param table the names of its columns, and the row of these
 */
export async function lookAtPictures(
  rows: AsyncIterable<ManifestRow> | Iterable<ManifestRow>,
  { modalities }: Binding,
  folder: ManifestFolder,
  table: { readonly columns: readonly string[]; readonly header: number },
  { settings = {}, scales = {} }: KnownPictures,
): Promise<LookedAt> {
  const columns = modalities.flatMap(({ modality, columns: [column] }) =>
    hasPlaces(modality) ? { name: modality.name, column: column!, cells: samples() } : [],
  );
  const looks = new Map<string, PictureLook>();
  const understood: UnderstoodPictures[] = [];
  const notices: ImportProblem[] = [];
  if (columns.length === 0) return { looks, understood, notices };
  for await (const row of rows)
    if ('cells' in row)
      for (const { column, cells } of columns) cells.add(row.cells[column] ?? '', placeIn(row, column).table);
  for (const { name, column, cells } of columns) {
    const found = await Promise.all(
      cells.list().map(({ cell, table }) =>
        folder
          .beside(table)
          .find(cell)
          .catch(() => undefined),
      ),
    );
    const paths = found.flatMap((file) => file?.path ?? []);
    const survey = await surveyPictures(paths, ownOf(settings, name) ?? {}, ownOf(scales, name));
    const { look, shapes } = survey;
    looks.set(name, look);
    notices.push(...pictureNotices(survey, table.header, table.columns[column]!));
    const said = Object.values(look.scales).map((scale) => ({ ...scale, words: scaleWords(scale) }));
    understood.push({ modality: name, scales: said, shapes });
  }
  return { looks, understood, notices };
}

/** A modality may be called as something that every object has. */
function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Cell, with the table of several that it stands in. */
interface TableCell {
  readonly cell: string;
  readonly table: string | undefined;
}

/** Keeps an even sample of what passes by, of each ending of a file name. */
function samples(): { add(cell: string, table: string | undefined): void; list(): TableCell[] } {
  const endings = new Map<string, { kept: TableCell[]; passed: number; step: number }>();
  return {
    add(cell, table) {
      if (cell === '') return;
      const ending = cell
        .slice(cell.lastIndexOf('.') + 1, cell.length)
        .toLowerCase()
        .slice(0, 8);
      const own = endings.get(ending) ?? { kept: [], passed: 0, step: 1 };
      endings.set(ending, own);
      if (own.passed++ % own.step !== 0) return;
      own.kept.push({ cell, table });
      if (own.kept.length < 2 * mostKept) return;
      own.kept = own.kept.filter((_, index) => index % 2 === 0);
      own.step *= 2;
    },
    list: () => [...endings.values()].flatMap(({ kept }) => kept),
  };
}
