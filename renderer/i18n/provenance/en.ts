import { counted } from '../../../main/api/format.ts';
import type { LogAction, LogEntryView, Policy } from '../../../main/api/views.ts';

type Roles = Record<LogEntryView['actor']['role'], string>;

/** Texts on who works here, what the plan allows, and the log. */
export const provenance = {
  people: {
    ask: 'Who is working?',
    say: 'Say who is working',
    allowed: (roles: string) => `Allowed by the plan: ${roles}`,
    now: (name: string, role: string) => `Working here: ${name}, ${role}`,
    title: 'Who is working at this workstation?',
    name: 'Name',
    role: 'Role',
    roles: {
      operator: 'Operator',
      engineer: 'Quality engineer',
      administrator: 'Administrator',
      workstation: 'Workstation',
      unnamed: 'No name given',
    } satisfies Roles,
    honest:
      'There is no password: this is a name, not a proof. It goes into the log with everything that is decided or exported, and is forgotten after 12 hours.',
    enter: 'That is me',
    leave: 'Nobody',
  },

  policy: {
    seenBy: 'May be seen by',
    decisions: 'May be used for',
    decisionKinds: {
      triage: 'choosing which part to look at first (triage)',
      'in-process-check': 'measuring again or stopping (in-process check)',
      'final-acceptance': 'saying whether a part is good (final acceptance)',
    } satisfies Record<Policy['decisions'][number], string>,
    noDecision: 'nothing',
    exportBy: 'May be exported by',
    limitsBy: 'Tolerance and thresholds set by',
    nobody: 'nobody',
    kept: 'Reconstructions kept for',
    keptDays: (days: string) => `${counted(days, 'day')}, then this workstation deletes them; the log stays`,
    deleted: (time: string, days: string) =>
      `On ${time} the reconstructions were deleted: the plan lets a plant keep them for ${counted(days, 'day')}. Decisions on them stay in the log.`,
    notFinal: 'Not for final acceptance',
    notFinalWhy: (allowed: string) => `The plan lets reconstructions be used for: ${allowed}.`,
  },

  exporting: {
    open: 'Export …',
    title: 'Export reconstructions',
    who: (roles: string) => `The plan lets these export: ${roles}. Every export goes into the log.`,
    which: 'What',
    decided: (count: string) => `All that were decided on (${count})`,
    shown: (part: string) => `The part on show (${part})`,
    again: (count: string) =>
      `${count} more were decided on an earlier reconstruction and are not among them: look again`,
    what: 'A new folder with an image or a table of them, each marked as a reconstruction, and a manifest of what they rest on.',
    write: 'Write the files',
    done: (count: string, path: string) =>
      `${counted(count, 'reconstruction is', 'reconstructions are')} in ${path}`,
  },

  log: {
    title: 'Log',
    why: 'Everything that must be accounted for. Entries are only ever added, and each carries the fingerprint of the one before.',
    checking: 'Checking the log …',
    whole: 'Log verified',
    wholeWhy: (entries: string) => `${counted(entries, 'entry', 'entries')}, each as it was written.`,
    broken: 'The log is not as it was written',
    brokenWhy: (entry: string) =>
      `Entry ${entry} was changed, or one before it is gone. Keep the data folder as it is and tell headquarters.`,
    head: 'Last entry',
    again: 'Check again',
    search: 'Search',
    searchHint: 'Name, part, action, date or fingerprint',
    found: (count: string) => counted(count, 'entry', 'entries'),
    none: 'No entry fits.',
    more: 'Show earlier ones',
    number: 'No.',
    time: 'Time',
    who: 'Who',
    what: 'What',
    object: 'Concerns',
    details: 'Details',
    withheld: 'Details not shown',
    withheldWhy:
      'Entries about reconstructions say only what they concern. The log itself is whole, and its fingerprints are of the whole entries.',
    hash: 'Fingerprint',
    previous: 'Fingerprint of the entry before',
    objectHash: 'Fingerprint of what it concerns (SHA-256)',
    export: 'Export for an auditor',
    exportWhy:
      'One file of JSON lines, sealed with this workstation’s key. “npm run fedrecon -- audit verify FILE” checks it anywhere.',
    exportNow: 'Write the file',
    exported: (count: string, path: string) =>
      `${counted(count, 'entry was', 'entries were')} written to ${path}`,
    actions: {
      'person.entered': 'Began to work here',
      'person.left': 'Left',
      'federation.joined': 'Agreed to the plan and joined',
      'data.imported': 'Data imported',
      'watch.begun': 'Folder watched',
      'watch.paused': 'Folder watching paused',
      'watch.ended': 'Folder watched no more',
      'watch.refused': 'Watched folder not imported',
      'watch.waits': 'Watched folder waits for a file',
      'watch.taken': 'Unfinished file taken as it is',
      'data.undone': 'Import undone',
      'data.deleted': 'Measurements deleted',
      'membership.amended': 'Headquarters told what this plant measures',
      'model.received': 'Model received',
      'calibration.sent': 'Sums for calibration sent',
      'model.evaluated': 'Model evaluated',
      'model.signed': 'Model signed off',
      'model.held': 'Model held back',
      'model.rolled-back': 'Went back to an earlier model',
      'trust.rules': 'Tolerance and thresholds set',
      'truth.arrived': 'A part was measured that had been reconstructed',
      'reconstruction.made': 'Reconstructions made',
      'reconstruction.deleted': 'Reconstructions deleted, as the plan demands',
      'decision.accept': 'Accepted',
      'decision.flag': 'Flagged',
      'decision.reject': 'Rejected',
      'decision.undo': 'Decision taken back',
      'export.begun': 'Export begun',
      'export.done': 'Export finished',
      'export.refused': 'Export refused',
      'log.exported': 'Log exported',
    } satisfies Record<LogAction, string>,
  },
};
