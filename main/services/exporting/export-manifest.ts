import { hasPlaces, hasRange, unitOf } from '../../../protocol/kinds/index.ts';
import { keepUntil, noticeOf } from './describe.ts';
import type { ExportRecord } from './export-records.ts';
import type { ExportedFile, ExportSetting } from './export-setting.ts';

/** Manifest beside exported files: what they are, by whom, under which plan, and what each rests on. @param also files of all of them together */
export function manifestOf(
  setting: ExportSetting,
  records: readonly ExportRecord[],
  files: readonly ExportedFile[],
  also: readonly ExportedFile[],
): object {
  const { modality, policy, at, actor, plant, federation, planName, planHash } = setting;
  const isOneEach = hasPlaces(modality);
  return {
    format: 'fedrecon-export/1',
    notice: noticeOf(setting),
    plant,
    federation,
    plan: { name: planName, hash: planHash, policy },
    modality: modality.name,
    ...(hasRange(modality) && !modality.channels && { unit: unitOf(modality) }),
    exportedAt: at,
    exportedBy: actor,
    ...(!isOneEach && { file: files[0] }),
    ...(also.length > 0 && { also }),
    reconstructions: records.map((record, index) =>
      entryOf(setting, record, isOneEach ? files[index] : undefined),
    ),
  };
}

/** What a reconstruction is and what it rests on. @param file its own, where it has one */
export function entryOf(
  setting: ExportSetting,
  record: ExportRecord,
  file: ExportedFile | undefined,
): object {
  const { name, found, confidence, confidenceIs, verdict, decision, earlier } = record;
  return {
    part: name,
    ...file,
    ...{ confidence, confidenceIs, verdict: verdict ?? null },
    sources: found.sources,
    modelVersion: found.modelVersion,
    planHash: found.planHash,
    madeAt: found.madeAt,
    keepUntil: keepUntil(setting, { found }),
    decision: decision ?? null,
    /** Decision on the reconstruction whose place this one took: it holds no more. */
    earlierDecision: earlier ? { ...earlier, lookAgain: true } : null,
  };
}
