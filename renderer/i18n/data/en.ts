import { counted } from '../../../main/api/format.ts';
/** The Data page, and what an import says before it writes. */
export const dataTexts = {
  preview: {
    restored: 'The window was loaded again; what you had entered and chosen was kept.',
    afresh: 'Start afresh',
    samples: (count: number) => `${counted(count, 'part')} as they would be imported`,
    samplesWhy:
      'Images upright, in their scale and cut to their region; signals in their unit. They follow every correction below.',
    row: (row: string) => `row ${row}`,
    nothing: 'nothing measured',
    extent: {
      all: (rows: string) =>
        rows === '1' ? 'The one row of the table was read.' : `All ${rows} rows of the table were read.`,
      reading: (rows: string) => `The first ${rows} rows of the table were read; the others are being read …`,
      some: (rows: string) => `Only the first ${rows} rows of the table were read.`,
      opening: 'Some images are being opened …',
      opened: (opened: string, of: string) =>
        `The images of ${opened} of ${of} parts were opened; the import opens the others.`,
      openedAll: (parts: string) =>
        parts === '1'
          ? 'The images of the one part were opened.'
          : `The images of all ${parts} parts were opened.`,
    },
    reading: {
      thousands: 'Thousands mark',
      thousandsMarks: { none: 'none', ',': 'comma', '.': 'point', "'": 'apostrophe', ' ': 'space' },
      quote: 'Quotation mark',
      quotes: { '"': 'double "', "'": "single '", none: 'none' },
      tables: 'Tables of the folder',
      stack: 'all, one below the other',
      join: 'all, side by side by part number',
      only: (file: string) => `only ${file}`,
      hiddenRows: 'Hidden rows of the sheet',
      hiddenRowsAre: { read: 'read', leave: 'left out' },
      ids: 'Part numbers in several tables',
      idsOf: { unique: 'the same number is the same part', 'by-table': 'count anew in each table' },
      rowIs: 'Each row is',
      rowsAre: { parts: 'a part', values: 'one value of a part' },
      longColumns: { id: 'Part', time: 'Time or place', channel: 'Channel', value: 'Value' },
      noColumn: 'none',
      allColumns: 'each column is a channel',
      id: 'Column of the part number',
      noId: 'none: named after file and row',
      badReadings: 'Words for a failed reading (numbers and images only)',
      reads: (cell: string, value: string) => `${cell} → ${value}`,
      plainLetters: 'only plain letters: every encoding reads them alike',
      columns: (count: string) => counted(count, 'column'),
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
      kinds: { signed: ' signed', float: ' float' },
      shapes: (shapes: string) =>
        `Images of different proportions: ${shapes}. All are brought to one size, so that a part looks stretched in some of them. Use images of one camera setting, or choose a region.`,
      shape: (size: string, count: string) => `${size} (${count} of those looked at)`,
      scaleBits: (bits: number, stored: number, kind: string) => `${bits} bits in ${stored}${kind}`,
      scaleRange: (low: number, high: number, stored: number, kind: string) =>
        `${low} … ${high} in ${stored} bits${kind}`,
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
    allNew: (parts: string) => `${counted(parts, 'part, new here', 'parts, all of them new here')}.`,
    parts: (added: string, known: string) =>
      `${counted(added, 'part is', 'parts are')} new, ${counted(known, 'is', 'are')} here already. Nothing is written before you import.`,
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

  findings: {
    title: 'Findings in the data',
    nothing: 'Nothing odd was found.',
    never: 'These data have not been looked through.',
    looking: 'Looking through the data …',
    outdated: 'The data changed; what follows was found before.',
    asOf: (time: string) => `As of ${time}`,
    again: 'Look again',
    stop: 'Stop looking',
    row: (table: string, row: string) => `${table}, row ${row}`,
  },

  membership: {
    before: {
      gains: (names: string) =>
        `This brings ${names}, which the plant did not have: from the next round on it trains the modules of ${names} as well.`,
      gives: (names: string) =>
        `With this the plant gives up ${names}: no value is left, and from the next round on it trains the modules of ${names} no more.`,
      check: 'Please check that this is meant: a misread column would change what the plant takes part in.',
    },
    after: {
      gains: (names: string) =>
        `New at this plant: ${names}. It trains the modules of ${names} from the next round on.`,
      gives: (names: string) =>
        `No longer at this plant: ${names}. It trains the modules of ${names} no more from the next round on.`,
      check: 'If this is not meant, undo the import on the page Data before the next round.',
    },
  },

  watch: {
    title: 'Watched folder',
    why: 'One folder can be imported by itself, whenever what lies there is finished and new; the plant then takes part in rounds.',
    folder: 'Folder to watch',
    begin: 'Watch this folder',
    watching: 'Watching',
    paused: 'Paused',
    pause: 'Pause',
    goOn: 'Go on',
    end: 'Watch no more',
    did: 'What watching did',
    begun: 'watching began',
    ended: 'watching ended',
    imported: (parts: string, problems: string) =>
      `imported: ${counted(parts, 'part')}, ${counted(problems, 'problem')}`,
    refused: (reason: string) => `not imported: ${reason}`,
    waits: {
      empty: (file: string) => `waits for ${file}: nothing is in it yet`,
      line: (file: string) => `waits for ${file}: its last line has no end yet`,
      cells: (file: string) => `waits for ${file}: its last line has fewer cells than the one before`,
      quote: (file: string) => `waits for ${file}: a quotation mark in it is not closed yet`,
      zeros: (file: string) => `waits for ${file}: room is reserved in it, and nothing is written there yet`,
      end: (file: string) => `waits for ${file}: the file does not end as such a file does`,
      size: (file: string) => `waits for ${file}: it is shorter than its beginning says`,
      held: (file: string) => `waits for ${file}: another program has it open for writing`,
      name: (file: string) => `waits for ${file}: a program gives it another name once it is written`,
      picture: (file: string) => `waits for the image ${file}, which a table names`,
    },
    waiting: 'Files that wait',
    since: (time: string) => `since ${time}`,
    more: (count: string) => `and ${count} more`,
    take: 'Take it as it is',
    takeFile: (file: string) => `Take it as it is: ${file}`,
    taken: (file: string) => `taken as it is: ${file}`,
    unended: 'The program that writes the tables here never ends their last line',
  },

  deleteAll: {
    open: 'Delete everything …',
    title: (count: string) => (count === '1' ? 'Delete the only part' : `Delete all ${count} parts`),
    values: (measurement: string, count: string) => `${measurement}: ${counted(count, 'measurement')}`,
    imports: (count: string) => `${counted(count, 'import')}, which can then not be undone any more`,
    rest: 'All reconstructions, and what was decided on them; the log keeps that it was done',
    type: (count: string) => `To delete everything, type the number of parts: ${count}`,
    now: 'Delete everything',
  },

  dataPage: {
    imports: 'Imports',
    noImports: 'Nothing was imported yet.',
    by: (name: string) => `by ${name}`,
    brought: (added: string, known: string) =>
      `${counted(added, 'new part')}, ${counted(known, 'known one')}`,
    did: {
      added: (count: string) => `${count} new`,
      replaced: (count: string) => `${count} replaced`,
      removed: (count: string) => `${count} removed`,
      stayed: (count: string) => `${count} left as they were`,
    },
    holds: (count: string) => `${count} in use`,
    details: 'Details',
    folder: 'Folder',
    file: 'Table',
    hash: 'Fingerprint of its values (SHA-256)',
    columns: 'Columns',
    older: 'Older imports',

    undo: 'Undo',
    undoOf: (time: string) => `Undo the import of ${time}`,
    undoTitle: 'Undo this import?',
    undoWhat: 'All that this import brought is taken back, and what stood before is here again.',
    goes: (count: string) => `Measurements that go, for nothing stood before them: ${count}`,
    returns: (count: string) => `Measurements that are as they were before: ${count}`,
    covered: (count: string) => `Measurements that stay, for a newer import brought them anew: ${count}`,
    undoNow: 'Undo the import',
    follows: 'Reconstructions of these parts are made anew. The log keeps who did it.',

    coverage: 'What is here and what is missing',
    coverageWhy:
      'Parts by the import that they came with. Choose a number to see the parts that lack the measurement.',
    parts: (count: string) => counted(count, 'part'),
    lacking: (count: string) => `${count} missing`,
    lackingOf: (count: string, measurement: string) =>
      `${count} missing: show the parts without ${measurement}`,
    complete: 'complete',

    measurements: 'Measurements and channels',
    channel: 'Measurement',
    form: 'Form',
    unit: 'Unit',
    range: 'Range',
    channels: (count: string) => counted(count, 'channel'),
    moreChannels: (count: string) => `More channels (${count} left)`,

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
    deleteTitle: (count: string) => `Delete from the chosen parts (${count})`,
    deleteWhat: 'What is to be deleted?',
    wholeParts: 'The parts, with everything that is measured of them',
    only: (measurement: string) => `Only: ${measurement}`,
    deleteWhy:
      'What is deleted is gone from this workstation, with what it had replaced, and undoing an import does not bring it back. Files in your own folders stay.',
    deleteNow: 'Delete',
    deleted: (values: string, parts: string) =>
      `Measurements deleted: ${values}; parts deleted with them: ${parts}.`,

    saveProblems: 'Save as CSV',
    savedProblems: (count: string, path: string) => `Problems written to ${path}: ${count}`,
    back: 'Back to the data',
  },
};
