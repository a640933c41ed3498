import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FedReconError } from '../../../protocol/errors.ts';
import { namedInErrors } from '../../../protocol/kinds/named-in-errors.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import { barsFinalAcceptance, policyOf } from '../../../protocol/policy.ts';
import type { Api } from '../../api/contract.ts';
import type { ExportFormat } from '../../api/export-formats.ts';
import { JobStopped } from '../../jobs/stopped.ts';
import { unwritable } from '../../store/file-errors.ts';
import { hashOf } from '../../store/files.ts';
import { assertOutsideData } from '../apart-from-data.ts';
import { type Context, enrolled, settingNames } from '../context.ts';
import { describe } from '../durable-jobs.ts';
import { actorOf } from '../people-service.ts';
import { createVocabulary } from '../vocabulary.ts';
import { writeExport } from './export-files.ts';
import { manifestOf } from './export-manifest.ts';
import { type ExportRecord, recordsOf } from './export-records.ts';
import type { ExportSetting } from './export-setting.ts';
import { longestReport } from './printed-report.ts';

/** Takes away what an export of a killed program left half-written. */
export async function sweepExport({ store, log }: Pick<Context, 'store' | 'log'>): Promise<void> {
  const left = store.settings.get<string | null>(settingNames.exporting);
  if (!left) return;
  try {
    await rm(left, { recursive: true, force: true });
    if (store.settings.get(settingNames.exporting) === left) store.settings.set(settingNames.exporting, null);
  } catch (thrown) {
    log(`export: ${describe(thrown)}`);
  }
}

/**
 * Service that writes reconstructions for somebody else. They go into a new folder that has its name only when it is
 * complete. The log knows of it before the first file and after the last.
 */
export function exportService(context: Context): Pick<Api, 'review.export'> {
  const { store, activity, stops, changed } = context;
  const vocabulary = createVocabulary(store);

  async function write(
    folder: string,
    setting: ExportSetting,
    records: readonly ExportRecord[],
    formats: readonly ExportFormat[],
    progress: (fraction: number) => void,
    abort: AbortSignal,
  ): Promise<{ path: string; manifest: string }> {
    const { modality, at } = setting;
    const path = join(folder, `fedrecon-${modality.name}-${at.slice(0, 19).replaceAll(':', '')}Z`);
    const partial = `${path}.partial`;
    await mkdir(partial).catch((thrown: unknown) => {
      throw unwritable(thrown, path);
    });
    try {
      store.settings.set(settingNames.exporting, partial);
      const stop = () => {
        if (abort.aborted) throw new JobStopped();
      };
      const { files, also } = await writeExport(partial, setting, records, formats, (fraction) => {
        stop();
        progress(fraction);
      });
      const manifest = Buffer.from(`${JSON.stringify(manifestOf(setting, records, files, also), null, 2)}\n`);
      await writeFile(join(partial, 'manifest.json'), manifest);
      await rename(partial, path);
      return { path, manifest: hashOf(manifest) };
    } catch (thrown) {
      await rm(partial, { recursive: true, force: true });
      throw unwritable(thrown, path);
    } finally {
      store.settings.set(settingNames.exporting, null);
    }
  }

  return {
    'review.export': async ({ modality: name, parts, folder, formats = [], language = 'en' }) => {
      assertOutsideData(store, folder);
      const { plan, planHash, plant, federation } = enrolled(store);
      const modality = modalityOf(plan, name);
      const policy = policyOf(plan);
      const records = await recordsOf(store, name, parts);
      if (records.length === 0) throw new FedReconError('export-empty', namedInErrors(modality));
      if (formats.includes('pdf') && records.length > longestReport)
        throw new FedReconError('report-too-long', { parts: records.length, most: longestReport });
      const at = new Date().toISOString();
      const actor = actorOf(store);
      const setting: ExportSetting = {
        store,
        vocabulary,
        modality,
        policy,
        barred: barsFinalAcceptance(policy),
        at,
        actor,
        plant,
        federation,
        planName: plan.name,
        planHash,
        labelOf: (one) => modalityOf(plan, one).label,
        language,
      };
      const detail = { modality: name, parts: records.length, folder };
      const stop = new AbortController();
      stops.add(stop);
      store.log.append({ action: 'export.begun', actor, detail, object: planHash });
      const job = { id: randomUUID(), kind: 'export', phase: 'writing' } as const;
      const written = await activity
        .during(job, ({ update }) =>
          write(folder, setting, records, formats, (fraction) => update({ fraction }), stop.signal),
        )
        .catch((thrown: unknown) => {
          throw thrown instanceof JobStopped ? new FedReconError('export-stopped') : thrown;
        })
        .finally(() => stops.delete(stop));
      store.log.append({
        action: 'export.done',
        actor,
        object: written.manifest,
        detail: { ...detail, folder: written.path },
      });
      changed();
      return { path: written.path, entries: records.length };
    },
  };
}
