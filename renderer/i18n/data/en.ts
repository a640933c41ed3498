import type { DataPreview } from '../../../main/api/views.ts';

type Scale = DataPreview['pictures'][number]['scales'][number];

/** The Data page, and what an import says before it writes. */
export const dataTexts = {
  preview: {
    restored: 'The window was loaded again; what you had entered and chosen was kept.',
    afresh: 'Start afresh',
    samples: (count: number) => `${count} ${count === 1 ? 'part' : 'parts'} as they would be imported`,
    samplesWhy:
      'Images upright, in their scale and cut to their region; signals in their unit. They follow every correction below.',
    row: (row: string) => `row ${row}`,
    nothing: 'nothing measured',
    reading: {
      thousands: 'Thousands mark',
      thousandsMarks: { none: 'none', ',': 'comma', '.': 'point', "'": 'apostrophe', ' ': 'space' },
      quote: 'Quotation mark',
      quotes: { '"': '"', "'": "'", none: 'none' },
      id: 'Column of the part number',
      noId: 'none: named after file and row',
      badReadings: 'Words for a failed reading (numbers and images only)',
      reads: (cell: string, value: string) => `${cell} → ${value}`,
      plainLetters: 'only plain letters: every encoding reads them alike',
      columns: (count: string) => `${count} columns`,
      empty: (cells: string) => `Read as not measured: ${cells}`,
      noneEmpty: 'No cell of the first rows holds such a word.',
    },
    pictures: {
      title: (label: string) => `How the images of ${label} are read`,
      bits: 'Bits of a value',
      found: 'as found',
      bitsOf: (bits: number) => `${bits} bits`,
      black: 'Value that is black',
      white: 'Value that is white',
      region: 'Region',
      regions: {
        whole: 'whole image',
        object: 'what stands out from the background',
        rectangle: 'the same rectangle of all',
      },
      edges: { left: 'From the left, %', top: 'From the top, %', width: 'Width, %', height: 'Height, %' },
      page: 'Page, number or name',
      behind: 'Behind transparent places',
      behinds: { black: 'black', white: 'white' },
      plain: '8 bits: black is 0, white is 255',
      scale: ({ low, high, bits, stored }: Scale) => {
        const kind = stored.format === 'unsigned' ? '' : stored.format === 'signed' ? ' signed' : ' float';
        return bits === null
          ? `${low} … ${high} in ${stored.bits} bits${kind}`
          : `${bits} bits in ${stored.bits}${kind}`;
      },
      from: {
        given: 'as you say',
        earlier: 'as in the imports before',
        file: 'by the files’ own account',
        sample: 'by the largest value of some images; please check',
      },
    },
  },

  effect: {
    title: 'What this import will do',
    counting: 'Reading the whole file …',
    allNew: (parts: string) => `${parts} parts, all of them new here.`,
    parts: (added: string, known: string) =>
      `${added} parts are new, ${known} are here already. Nothing is written before you import.`,
    measurement: 'Measurement',
    added: 'New',
    replaced: 'Replaces',
    unsaid: 'Empty or unreadable',
    rule: 'What then becomes of the measurement that is here',
    ruleOf: (measurement: string) => `Empty cells of ${measurement}`,
    keep: (count: string) => `${count} stay as they are`,
    remove: (count: string) => `${count} are removed`,
    undoable: 'What an import replaces or removes is kept: undoing the import brings it back.',
  },

  dataPage: {
    imports: 'Imports',
    noImports: 'Nothing was imported yet.',
    by: (name: string) => `by ${name}`,
    brought: (added: string, known: string) => `${added} new parts, ${known} known ones`,
    did: {
      added: (count: string) => `${count} new`,
      replaced: (count: string) => `${count} replaced`,
      removed: (count: string) => `${count} removed`,
      stayed: (count: string) => `${count} left as they were`,
    },
    holds: (count: string) => `${count} in use`,
    details: 'Details',
    folder: 'Folder',
    file: 'CSV file',
    hash: 'Fingerprint of its values (SHA-256)',
    columns: 'Columns',
    older: 'Older imports',

    undo: 'Undo',
    undoOf: (time: string) => `Undo the import of ${time}`,
    undoTitle: 'Undo this import?',
    undoWhat: 'All that this import brought is taken back, and what stood before is here again.',
    goes: (count: string) => `${count} measurements go; nothing stood before them.`,
    returns: (count: string) => `${count} measurements are as they were before.`,
    covered: (count: string) => `${count} measurements stay, because a newer import brought them anew.`,
    undoNow: 'Undo the import',
    follows: 'Reconstructions of these parts are made anew. The log keeps who did it.',
    cancel: 'Cancel',

    coverage: 'What is here and what is missing',
    coverageWhy:
      'Parts by the import that they came with. Choose a number to see the parts that lack the measurement.',
    parts: (count: string) => `${count} parts`,
    lacking: (count: string) => `${count} missing`,
    lackingOf: (count: string, measurement: string) => `${count} parts lack ${measurement}: show them`,
    complete: 'complete',

    partsTitle: 'Parts',
    search: 'Search',
    searchHint: 'a piece of the name, of three characters or more',
    lacks: 'Missing',
    any: 'Any',
    from: 'Import',
    name: 'Part',
    measured: 'Measured',
    none: 'No part is like that.',
    more: 'More parts',
    choose: (name: string) => `Choose ${name}`,
    open: (name: string) => `Show ${name}`,
    chosen: (count: string) => `${count} chosen`,
    history: 'Where it came from',
    cameWith: (time: string) => `Import of ${time}`,
    states: { holds: 'in use', covered: 'replaced', removal: 'says that nothing is measured' },
    nothingNow: 'Nothing is measured any more.',

    deleteChosen: 'Delete …',
    deleteTitle: (count: string) => `Delete from ${count} parts`,
    deleteWhat: 'What is to be deleted?',
    wholeParts: 'The parts, with everything that is measured of them',
    only: (measurement: string) => `Only: ${measurement}`,
    deleteWhy:
      'What is deleted is gone from this workstation, with what it had replaced, and undoing an import does not bring it back. Files in your own folders stay.',
    deleteNow: 'Delete',
    deleted: (values: string, parts: string) =>
      `${values} measurements were deleted, and ${parts} parts with them.`,

    saveProblems: 'Save as CSV',
    savedProblems: (count: string, path: string) => `${count} problems were written to ${path}`,
    back: 'Back to the data',
  },
};
