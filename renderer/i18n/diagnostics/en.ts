import type { CheckName, CheckView } from '../../../main/api/views.ts';

/** Strings of the diagnosis in English; `ja.ts` must hold the same keys. */
export const diagnosticsTexts = {
  diagnostics: {
    title: 'Diagnosis',
    lead: 'Eight checks, from the way to headquarters to the log. Nothing is changed by them, and no part is sent anywhere.',
    run: 'Check everything',
    stop: 'Stop',
    progress: 'Progress of the checks',
    at: (number: number, of: number) => `Check ${number} of ${of}`,
    done: (bad: number) =>
      bad === 0
        ? 'All checks are done; nothing stands still.'
        : `All checks are done; ${bad === 1 ? 'one needs' : `${bad} need`} something to be done.`,
    notYet: 'Not checked yet.',
    now: 'Is being checked …',
    toDo: 'What to do',
    states: {
      good: 'Good',
      look: 'Have a look',
      bad: 'Stands still',
      'left-out': 'Left out',
    } satisfies Record<CheckView['state'], string>,
    /** In the order in which they are made. */
    checks: {
      address: 'Address of headquarters',
      certificate: 'Certificate',
      clock: 'Clock',
      version: 'Version',
      disk: 'Disk',
      engine: 'Self-test of the computing device',
      'data-folder': 'Data folder',
      'log-chain': 'Log as it was written',
    } satisfies Record<CheckName, string>,
    support: {
      title: 'File for support',
      what: 'What the checks found, versions, counts, and which actions the log holds, as one JSON file. Keys, names of people, plants and parts, notes, values and images are not in it; look into it before you send it.',
      folder: 'Folder for the file',
      make: 'Make the file',
      made: (file: string) => `Written: ${file}`,
    },
  },
};
