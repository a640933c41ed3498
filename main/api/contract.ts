import { z } from 'zod';
import { modalityName } from '../../protocol/kinds/fields.ts';
import { roles } from '../../protocol/policy.ts';
import { pictureSettingsByModality } from '../../training/cells/images/picture-settings.ts';
import { columnRoles } from '../../training/data/column-roles.ts';
import { readingSettings } from '../../training/data/manifest/reading-settings.ts';
import { diagnosisChecks } from './diagnosis-checks.ts';
import { exportFormats } from './export-formats.ts';
import type { Permission } from './permission.ts';
import { queueFilter } from './queue-filter.ts';
import type { ExplanationView, FormerView, WhatIfView } from './views/explanation.ts';
import type * as models from './views/models.ts';
import type { PilotLook, PilotState } from './views/pilot.ts';
import * as view from './views.ts';
import { withoutDetail, withoutExamples, withoutWorst } from './without.ts';

/**
 * The one contract between the window and the workstation: every call the window may make, with the
 * schema of what it sends. Both hosts (Electron, browser) and the window's client derive from this
 * table; what is not here cannot be called. Outputs are the types in `views.ts`. Each call says what it shows and what it
 * changes: who may make it follows from that, by the table of `services/permission`.
 */
const language = z.enum(['en', 'ja']);
const nothing = z.strictObject({});
const partId = z.int().positive();
const pixel = z.int().min(0).max(1_000_000);
const folder = z.string().min(1).max(4096);
const personName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u);
const pin = z.string().regex(/^\d{4,12}$/);
/** A folder to be checked, and what a person has said of how its table is read and what its columns are. */
const checked = z.strictObject({
  folder,
  manifest: z.string().min(1).max(4096).optional(),
  reading: readingSettings.optional(),
  /** By column name, what it is: a role under the plan that was joined; before joining a kind of measurement, `id` or `ignore`. */
  columns: columnRoles.optional(),
  /** Column of the part's id; null: the parts have none. */
  id: z.string().max(500).nullable().optional(),
});
const role = z.enum(roles);
const importId = z.int().positive();
const modelVersion = z.int().nonnegative();
const queuePlace = z.string().regex(/^\d \d(\.\d+)?(e-\d+)? \d{1,15}$/);

/** Reconstructions that one decision is made on: of a queue as it is filtered, or of it some parts, from a confidence on. */
const together = z.strictObject({
  modality: z.string().max(32),
  filter: queueFilter.optional(),
  parts: z.array(partId).min(1).max(10_000).optional(),
  /** Confidence from which on. */
  above: z.number().min(0).max(1).optional(),
  decision: z.enum(['accept', 'flag', 'reject']),
});
const bulk = z.strictObject({
  id: z.string().max(40),
  first: z.int().positive(),
  last: z.int().positive(),
  modality: z.string().max(32),
});

/** A folder, and what a person has said of how it is to be read. */
const previewed = z.strictObject({
  folder,
  manifest: z.string().max(4096).optional(),
  /** Roles of columns by name, where a person has corrected what was guessed. */
  columns: columnRoles.optional(),
  pictures: pictureSettingsByModality.optional(),
  /** How the table is to be read, where a person has corrected what was found. */
  reading: readingSettings.optional(),
});

/** A table with its columns as they were confirmed. */
const confirmed = z.strictObject({
  folder,
  manifest: z.string().max(4096),
  columns: columnRoles,
  reading: readingSettings.optional(),
});

export const calls = {
  /** Snapshot of everything that the Overview shows. */
  'workstation.state': defineCall(nothing, view.of<view.WorkstationState>(), {
    shows: 'nothing',
    changes: 'nothing',
  }),
  'settings.change': defineCall(
    z.strictObject({
      language: z.enum(['system', ...language.options]).optional(),
      theme: z.enum(['system', 'light', 'dark']).optional(),
      textSize: z.enum(['normal', 'large', 'largest']).optional(),
      /** Keys that are others than at first, by what they do: all that are. */
      keys: z.record(z.string().max(20), z.string().min(1).max(20)).optional(),
      notifies: z.boolean().optional(),
      toured: z.boolean().optional(),
    }),
    view.of<view.Settings>(),
    { shows: 'nothing', changes: 'own-settings' },
  ),
  /** Where the workstation lives: its folder with its size, its key, whom it trusts, its proxy. */
  'settings.place': defineCall(nothing, view.of<view.PlaceView>(), { shows: 'nothing', changes: 'nothing' }),
  /** Proxy on the way to headquarters from now on; null: none. */
  'settings.proxy': defineCall(
    z.strictObject({ proxy: z.string().max(2000).nullable() }),
    view.of<view.PlaceView>(),
    { shows: 'nothing', changes: 'own-settings' },
  ),
  /** Makes one check of the diagnosis; a check that still runs ends. */
  'diagnosis.check': defineCall(
    z.strictObject({ check: z.enum(diagnosisChecks) }),
    view.of<view.CheckView>(),
    {
      shows: 'nothing',
      changes: 'nothing',
    },
  ),
  /** Ends the check that runs. */
  'diagnosis.stop': defineCall(nothing, view.of<null>(), { shows: 'nothing', changes: 'nothing' }),
  /** Writes what the checks found, and what support needs besides, into a folder; no key, name, note, value or picture is in it. */
  'diagnosis.save': defineCall(z.strictObject({ folder }), view.of<{ readonly file: string }>(), {
    shows: 'nothing',
    changes: 'nothing',
  }),
  /** Name and role of who is working here, for the log of what is done; `null`: nobody is named. */
  'people.enter': defineCall(
    z.strictObject({
      person: z
        .strictObject({
          name: personName,
          role,
        })
        .nullable(),
      /** Their PIN; needed where they have one. */
      pin: pin.optional(),
      /** True where the name holds no longer than the program that gives it. */
      isForOneCommand: z.boolean().optional(),
    }),
    view.of<view.Person | null>(),
    { shows: 'nothing', changes: 'own-settings' },
  ),
  /** People who have a PIN. */
  'people.pins': defineCall(nothing, view.of<readonly view.PinView[]>(), {
    shows: 'nothing',
    changes: 'nothing',
  }),
  /** Sets, changes or (null) removes a PIN: one's own, or as an administrator who gave theirs that of somebody else. */
  'people.setPin': defineCall(
    z.strictObject({
      /** Whose; absent: of whoever works here. */
      person: z.strictObject({ name: personName, role }).optional(),
      pin: pin.nullable(),
      /** One's own PIN until now, where one has one. */
      current: pin.optional(),
    }),
    view.of<readonly view.PinView[]>(),
    { shows: 'nothing', changes: 'own-settings' },
  ),

  /** Reads an invitation and fetches the plan it leads to; nothing is joined yet. */
  'enrolment.preview': defineCall(
    z.strictObject({ invitation: z.string().max(4000) }),
    view.of<view.EnrolmentPreview>(),
    { shows: 'nothing', changes: 'nothing' },
  ),
  /** Agrees to the plan with that hash, and enrols. */
  'enrolment.join': defineCall(
    z.strictObject({
      invitation: z.string().max(4000),
      planHash: z.string(),
      has: z.array(z.string()).min(1),
    }),
    view.of<view.WorkstationState>(),
    { shows: 'nothing', changes: 'membership' },
  ),

  /** Understanding of a folder with a CSV manifest: what each column is, and how many parts have what. */
  'data.preview': defineCall(previewed, view.of<view.DataPreview>(), {
    shows: 'measurements',
    changes: 'nothing',
  }),
  /** What an import would add, replace and leave of what is here; reads the whole manifest and writes nothing. */
  'data.effect': defineCall(confirmed, view.of<view.ImportEffect>(), {
    shows: 'measurements',
    changes: 'nothing',
  }),
  /** Opens the images of some parts, spread over the whole table, to say which cannot be used; a newer question ends it. */
  'data.openPictures': defineCall(
    confirmed.extend({ pictures: pictureSettingsByModality.optional() }),
    view.of<view.PictureCheckView>(),
    { shows: 'measurements', changes: 'nothing' },
  ),
  'data.import': defineCall(
    z.strictObject({
      folder,
      manifest: z.string().max(4096),
      /** Roles of columns by name, as confirmed. */
      columns: columnRoles,
      /** What the preview was made of that this rests on, as that says it; where it has changed since, the import is refused. */
      content: z.string().max(160).optional(),
      /** How pictures are to be read, by modality, where a person has said so. */
      pictures: pictureSettingsByModality.optional(),
      /** Modality → what an empty or unreadable cell means for what stands already. */
      empty: z.record(modalityName, z.enum(['keep', 'remove'])).optional(),
      reading: readingSettings.optional(),
    }),
    view.of<view.JobView>(),
    { shows: 'nothing', changes: 'data' },
  ),
  /** Imports a folder by itself from now on, whenever what lies there is finished and new, and takes part in rounds; null: no more. */
  'data.watch': defineCall(
    z.strictObject({
      watch: z
        .strictObject({
          folder,
          manifest: z.string().max(4096).optional(),
          /** Roles of columns by name; absent: as they are understood each time. */
          columns: columnRoles.optional(),
          pictures: pictureSettingsByModality.optional(),
          empty: z.record(modalityName, z.enum(['keep', 'remove'])).optional(),
          reading: readingSettings.optional(),
          /** True where the program that writes the tables never ends their last line: such a table is taken once nothing changes. */
          unended: z.boolean().optional(),
        })
        .nullable(),
    }),
    view.of<{ readonly watching: string | null }>(),
    { shows: 'nothing', changes: 'data' },
  ),
  /** The folder that is imported by itself, and what that did. */
  'data.watched': defineCall(nothing, view.of<view.WatchView>(), {
    shows: 'measurements',
    changes: 'nothing',
  }),
  /** Lets a watched folder wait, or goes on with it. */
  'data.pauseWatch': defineCall(z.strictObject({ pause: z.boolean() }), view.of<view.WatchView>(), {
    shows: 'measurements',
    changes: 'data',
  }),
  /** Takes a file of the watched folder as it is, though it looks unfinished, until it changes. */
  'data.takeUnfinished': defineCall(
    z.strictObject({ file: z.string().min(1).max(4096) }),
    view.of<view.WatchView>(),
    { shows: 'measurements', changes: 'data' },
  ),
  /** Rows and cells that the imports, or one of them, refused, with reasons. */
  'data.problems': defineCall(
    z.strictObject({ import: importId.optional() }),
    view.of<view.ProblemView[]>(),
    { shows: 'measurements', changes: 'nothing' },
  ),
  /** The same as a CSV file in a folder; of a preview what that found. */
  'data.saveProblems': defineCall(
    z.strictObject({ folder, language, import: importId.optional(), preview: previewed.optional() }),
    view.of<view.Exported>(),
    { shows: 'measurements', changes: 'nothing' },
  ),
  /** Imports, newest first. */
  'data.imports': defineCall(
    z.strictObject({ before: importId.optional(), limit: z.int().min(1).max(200).default(20) }),
    view.of<view.ImportsPage>(),
    { shows: 'measurements', changes: 'nothing' },
  ),
  /** What taking an import back would do. */
  'data.undoing': defineCall(z.strictObject({ import: importId }), view.of<view.UndoingView>(), {
    shows: 'nothing',
    changes: 'nothing',
  }),
  /** Takes an import back as a whole: what it covered is seen again, unless a newer one covers that, too. */
  'data.undo': defineCall(z.strictObject({ import: importId }), view.of<view.UndoingView>(), {
    shows: 'nothing',
    changes: 'data',
  }),
  /** Which measurement is missing where, newest import first. */
  'data.coverage': defineCall(nothing, view.of<view.CoverageView[]>(), {
    shows: 'measurements',
    changes: 'nothing',
  }),
  /** What is odd in the data; what is not of the data as they are is looked for anew. */
  'data.findings': defineCall(nothing, view.of<view.DataFindings>(), {
    shows: 'measurements',
    changes: 'nothing',
  }),
  /** Looks for what is odd in the data, or stops looking. */
  'data.check': defineCall(
    z.strictObject({ run: z.boolean() }),
    view.of<{ readonly state: view.FindingsState }>(),
    { shows: 'nothing', changes: 'nothing' },
  ),
  /** A page of the parts. */
  'data.parts': defineCall(
    z.strictObject({
      /** In the name; of fewer than three characters: at its beginning. */
      text: z.string().max(200).default(''),
      /** Only those that lack this modality … */
      lacks: modalityName.optional(),
      /** … and that came with this import first. */
      import: importId.optional(),
      /** `next` of the page before. */
      after: z.string().max(400).optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    view.of<view.PartsPage>(),
    { shows: 'measurements', changes: 'nothing' },
  ),
  /** A part with what is measured of it, and by which import. */
  'data.part': defineCall(z.strictObject({ part: partId }), view.of<view.PartView>(), {
    shows: 'measurements',
    changes: 'nothing',
  }),
  /** Deletes measurements of some parts, or of all; without modalities the parts as a whole. Nothing brings them back. */
  'data.delete': defineCall(
    z
      .strictObject({
        parts: z.array(partId).min(1).max(100_000).optional(),
        modalities: z.array(modalityName).min(1).max(16).optional(),
        /** Everything, said in so many words. */
        all: z.literal(true).optional(),
      })
      .refine(({ parts, modalities, all }) => (all ? !parts && !modalities : parts || modalities), {
        error: 'say which parts or which modalities, or all',
      }),
    view.of<view.DeletedView>(),
    { shows: 'nothing', changes: 'data' },
  ),

  /** Judges from a folder whether FedRecon helps this plant; nothing need be joined, and nothing is imported. */
  /** Understanding of a folder as a pilot check would read it, before anything is joined too. */
  'pilot.look': defineCall(checked, view.of<PilotLook>(), { shows: 'measurements', changes: 'nothing' }),
  'pilot.start': defineCall(
    checked.extend({
      /** Minutes that the training of the hold-out may take. */
      minutes: z.number().min(0.01).max(240),
      /** Speeds of lines to judge by, in megabits a second. */
      lines: z.array(z.number().positive().max(100_000)).min(1).max(5),
    }),
    view.of<view.JobView>(),
    { shows: 'nothing', changes: 'nothing' },
  ),
  'pilot.state': defineCall(nothing, view.of<PilotState>(), {
    shows: 'reconstructions',
    into: 'window',
    changes: 'nothing',
    without: withoutExamples,
  }),
  /** Writes the newest report as a PDF of one page. */
  'pilot.save': defineCall(
    z.strictObject({ language, folder: z.string().min(1).max(4096) }),
    view.of<{ readonly file: string }>(),
    { shows: 'reconstructions', into: 'files', changes: 'nothing' },
  ),

  /** Takes part in rounds until the schedule is over or it is stopped. */
  'round.join': defineCall(nothing, view.of<view.WorkstationState>(), {
    shows: 'nothing',
    changes: 'membership',
  }),
  /** Stops what is running within a second; nothing that is finished is lost. */
  'job.stop': defineCall(nothing, view.of<view.WorkstationState>(), {
    shows: 'nothing',
    changes: 'membership',
  }),

  /** Tests and times every device again. */
  'devices.probe': defineCall(nothing, view.of<view.DeviceView[]>(), {
    shows: 'nothing',
    changes: 'own-settings',
  }),
  /** Device to compute with; `null` chooses the fastest that computes right. */
  'devices.choose': defineCall(
    z.strictObject({ engine: z.enum(['onnx', 'tensorflow']).nullable(), device: z.string().nullable() }),
    view.of<view.DeviceView[]>(),
    { shows: 'nothing', changes: 'own-settings' },
  ),

  /** Reconstructs everything that is missing with the newest model; a step of reviewing, for those who may see what it makes. */
  'review.refresh': defineCall(nothing, view.of<view.JobView>(), {
    shows: 'reconstructions',
    into: 'window',
    changes: 'nothing',
  }),
  /** A page of the reconstructions to review, the least trusted first. */
  'review.queue': defineCall(
    z
      .strictObject({
        modality: z.string().max(32).optional(),
        undecidedOnly: z.boolean().default(false),
        filter: queueFilter.optional(),
        /** Part that is to be among them, or else what follows where it stood … */
        at: partId.optional(),
        /** … or `next` of the page before … */
        after: queuePlace.optional(),
        /** … or `previous` of the page after; without any of them, the first page. */
        before: queuePlace.optional(),
        limit: z.int().min(1).max(500).optional(),
      })
      .refine(({ at, after, before }) => [at, after, before].filter((one) => one !== undefined).length <= 1, {
        error: 'say one of at, after and before',
      }),
    view.of<view.ReviewQueue>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing' },
  ),
  /** How many decisions who made when, of the last days, the newest last. */
  'review.progress': defineCall(
    z.strictObject({ days: z.int().min(1).max(366).default(31) }),
    view.of<readonly view.DecidedHour[]>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing' },
  ),
  /** What a queue can be filtered by that only this plant knows: who decided here, and views that were kept under a name. */
  'review.views': defineCall(nothing, view.of<view.QueueViews>(), {
    shows: 'reconstructions',
    into: 'window',
    changes: 'nothing',
  }),
  /** Keeps a view of the queue under a name, in the place of one of the same name; null: keeps none of that name any more. */
  'review.keepView': defineCall(
    z.strictObject({
      name: z.string().trim().min(1).max(60),
      view: z.strictObject({ undecidedOnly: z.boolean(), filter: queueFilter }).nullable(),
    }),
    view.of<view.QueueViews>(),
    { shows: 'reconstructions', into: 'window', changes: 'own-settings' },
  ),
  /** Parts by their names, and where each is: the one of that very name first. */
  'review.find': defineCall(
    z.strictObject({
      modality: z.string().max(32),
      text: z.string().trim().min(1).max(200),
      undecidedOnly: z.boolean().default(false),
      filter: queueFilter.optional(),
    }),
    view.of<readonly view.FoundPart[]>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing' },
  ),
  'review.part': defineCall(
    z.strictObject({ part: partId, modality: z.string().max(32) }),
    view.of<view.ReviewPart>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing' },
  ),
  /** Explanation of why a part was reconstructed as it was, as a whole or in a region that was pointed at. */
  'review.explain': defineCall(
    z.strictObject({
      part: partId,
      modality: z.string().max(32),
      region: z
        .strictObject({ left: pixel, top: pixel, width: pixel.min(1), height: pixel.min(1) })
        .nullable()
        .default(null),
    }),
    view.of<ExplanationView>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing' },
  ),
  /**
   * Reconstruction as it would be had something else been measured: values moved together, other words, another
   * category.
   */
  'review.whatIf': defineCall(
    z.strictObject({
      part: partId,
      modality: z.string().max(32),
      changes: z
        .array(
          z.union([
            z.strictObject({
              modality: z.string().max(32),
              /**
               * Values counted from 0, and the amount added to each in its unit; for an image in fractions of full
               * scale.
               */
              first: pixel,
              last: pixel,
              by: z.number(),
            }),
            z.strictObject({
              modality: z.string().max(32),
              words: z.array(z.string().max(100)).max(1000),
            }),
            z.strictObject({ modality: z.string().max(32), value: z.string().max(80) }),
          ]),
        )
        .max(16),
    }),
    view.of<WhatIfView>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing' },
  ),
  /** What the model that was here before makes of the same measurements; `null` where none is here any more. */
  'review.former': defineCall(
    z.strictObject({ part: partId, modality: z.string().max(32) }),
    view.of<FormerView | null>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing' },
  ),
  'review.decide': defineCall(
    z.strictObject({
      part: partId,
      modality: z.string().max(32),
      /** Fingerprint of the reconstruction that was on the screen. */
      reconstruction: z.string().max(64),
      /** Decision to record; `null` takes the last one back. */
      decision: z.enum(['accept', 'flag', 'reject']).nullable(),
      reason: z.string().max(500).default(''),
    }),
    view.of<view.DecisionOutcome>(),
    { shows: 'reconstructions', into: 'window', changes: 'decisions' },
  ),

  /** What deciding on many reconstructions at once would do. */
  'review.bulkEffect': defineCall(together, view.of<view.BulkEffect>(), {
    shows: 'reconstructions',
    into: 'window',
    changes: 'nothing',
  }),
  /** Decides on many reconstructions at once, each an entry of the log; as many as were said, or none. */
  'review.decideTogether': defineCall(
    together.extend({
      reason: z.string().max(500).default(''),
      /** What the effect was said to be: where it is another by now nothing is decided. */
      count: z.int().positive(),
      revision: z.string().max(60),
    }),
    view.of<view.BulkOutcome>(),
    { shows: 'reconstructions', into: 'window', changes: 'decisions' },
  ),
  /** Takes back what was decided at once, where nobody has decided otherwise since; or makes those decisions again. */
  'review.undoTogether': defineCall(
    z.strictObject({ bulk, again: z.boolean().default(false) }),
    view.of<view.BulkOutcome>(),
    { shows: 'reconstructions', into: 'window', changes: 'decisions' },
  ),
  /** Reconstructions of some parts, to be shown in small. */
  'review.thumbnails': defineCall(
    z.strictObject({ modality: z.string().max(32), parts: z.array(partId).min(1).max(100) }),
    view.of<readonly view.Thumbnail[]>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing' },
  ),

  /** Writes reconstructions of a modality into a new folder there, as far as the plan allows it. */
  'review.export': defineCall(
    z.strictObject({
      modality: z.string().max(32),
      /** Parts to export; absent: all that were decided on. */
      parts: z.array(partId).min(1).max(100_000).optional(),
      folder,
      /** Formats besides the pictures or the table. */
      formats: z.array(z.enum(exportFormats)).max(exportFormats.length).optional(),
      /** Language of the report; absent: English. */
      language: language.optional(),
    }),
    view.of<view.Exported>(),
    { shows: 'reconstructions', into: 'files', changes: 'nothing' },
  ),

  /** The log, newest first. */
  'log.list': defineCall(
    z.strictObject({
      before: z.int().positive().optional(),
      limit: z.int().min(1).max(500).default(100),
      /** Text that an entry must contain … */
      text: z.string().max(200).default(''),
      /** … or actions, one of which it may be of instead. */
      actions: z.array(z.string().max(60)).max(60).default([]),
    }),
    view.of<view.LogPage>(),
    { shows: 'reconstructions', into: 'window', changes: 'nothing', without: withoutDetail },
  ),
  /** Walks the whole chain and says whether anything was changed. */
  'log.verify': defineCall(nothing, view.of<view.LogState>(), { shows: 'nothing', changes: 'nothing' }),
  /** Writes the whole log for an auditor into a folder. */
  'log.export': defineCall(z.strictObject({ folder }), view.of<view.Exported>(), {
    shows: 'reconstructions',
    into: 'audit',
    changes: 'nothing',
  }),

  /** The model versions this workstation knows, and where each stands. */
  'models.list': defineCall(nothing, view.of<models.ModelsView>(), { shows: 'nothing', changes: 'nothing' }),
  /** Card of a version: what its evaluation found out here. */
  'models.card': defineCall(z.strictObject({ version: modelVersion }), view.of<models.ModelCardView>(), {
    shows: 'reconstructions',
    into: 'window',
    changes: 'nothing',
    without: withoutWorst,
  }),
  /** Judges a version on this plant's held-out parts. What follows from it without a person, the plan's policy says. */
  'models.evaluate': defineCall(z.strictObject({ version: modelVersion }), view.of<view.JobView>(), {
    shows: 'nothing',
    changes: 'nothing',
  }),
  /** Signs a version off for use, goes back to it, or holds it back. */
  'models.decide': defineCall(
    z.strictObject({
      version: modelVersion,
      action: z.enum(['use', 'roll-back', 'hold']),
      reason: z.string().max(500).default(''),
      acknowledged: z.boolean().default(false),
    }),
    view.of<models.ModelsView>(),
    { shows: 'nothing', changes: 'models' },
  ),

  /** Shares of the queue that would be used at each threshold of confidence, with their risk. */
  'trust.risk': defineCall(z.strictObject({ modality: z.string().max(32) }), view.of<view.RiskView>(), {
    shows: 'reconstructions',
    into: 'window',
    changes: 'nothing',
  }),
  'trust.rules': defineCall(
    z
      .strictObject({
        modality: z.string().max(32),
        use: z.number().min(0).max(1),
        check: z.number().min(0).max(1),
        familiarity: z.number().min(0).max(0.5),
        /**
         * Largest error that still serves, as its kind counts errors; null: the one that four of five known parts meet.
         */
        tolerance: z.number().positive().max(10).nullable(),
      })
      .refine(({ use, check }) => check <= use, { path: ['check'], error: 'check must not be above use' }),
    view.of<view.RiskView>(),
    { shows: 'reconstructions', into: 'window', changes: 'limits' },
  ),

  /** Transfers over the network, newest first. */
  'ledger.list': defineCall(nothing, view.of<view.LedgerEntry[]>(), { shows: 'nothing', changes: 'nothing' }),
} as const;

/** A call: the schema of its input, its output as a type only, and what it shows and changes. */
type Call<Input extends z.ZodType, Output> = {
  readonly input: Input;
  readonly output: view.Output<Output>;
} & Permission<Output>;

/** Declares a call. */
export function defineCall<Input extends z.ZodType, Output>(
  input: Input,
  output: view.Output<Output>,
  permission: Permission<NoInfer<Output>>,
): Call<Input, Output> {
  return { input, output, ...permission };
}

type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>;
export type CheckedInput<Name extends CallName> = z.output<Calls[Name]['input']>;
export type CallOutput<Name extends CallName> =
  Calls[Name]['output'] extends view.Output<infer Output> ? Output : never;

/** Calls that the workstation answers for the window; `main/services` implements them, both hosts carry them. */
export type Api = { readonly [Name in CallName]: (input: CheckedInput<Name>) => Promise<CallOutput<Name>> };

/** Answer of a host to a call; a failure is always a code from the error table, never a stack trace. */
export type CallAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: view.ErrorView };

/** Event that the workstation sends to the window by itself. */
export type WorkstationEvent =
  | { readonly type: 'state'; readonly state: view.WorkstationState }
  | { readonly type: 'progress'; readonly job: view.JobView }
  | { readonly type: 'loss'; readonly point: view.LossPoint }
  /** Somebody has decided. */
  | { readonly type: 'decided'; readonly item: view.ReviewItem; readonly counters: view.QueueCounters }
  /** Somebody has decided the same on some at once; null: it was taken back. */
  | {
      readonly type: 'decided-together';
      readonly modality: string;
      readonly parts: readonly number[];
      readonly decision: view.PartDecision | null;
      readonly counters: view.QueueCounters;
    };

/** Connection that a host gives the window; `window.fedrecon` in Electron, made from `fetch` in a browser. */
export interface Bridge {
  call(name: CallName, input: unknown): Promise<CallAnswer>;
  /** Calls `listener` with every event; returns the function that ends the subscription. */
  subscribe(listener: (event: WorkstationEvent) => void): () => void;
  /** Lets the person choose a folder; undefined where the host has no such dialog. */
  readonly chooseFolder?: () => Promise<string | undefined>;
  /** Shows a notification of the system; nothing where it may not. */
  notify(title: string, body: string): void;
  /** Answers whether notifications may be shown, after asking the person where the host must. */
  mayNotify(): Promise<boolean>;
  /**
   * Answers whether the app starts when somebody logs in, after setting it if told to; null where the system has no such
   * thing. Undefined where the host is no app.
   */
  readonly startAtLogin?: (on?: boolean) => Promise<boolean | null>;
}
