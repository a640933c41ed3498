import { hasPlaces, hasRange, unitOf } from '../../../protocol/kinds/index.ts';
import { barredNotice, keepUntil, notice } from './describe.ts';
import type { ExportedFile } from './export-files.ts';
import type { ExportRecord } from './export-records.ts';
import type { ExportSetting } from './export-setting.ts';

/** Manifest beside exported files: what they are, by whom, under which plan, and what each rests on. */
export function manifestOf(
  setting: ExportSetting,
  records: readonly ExportRecord[],
  files: readonly ExportedFile[],
): object {
  const { modality, policy, barred, at, actor, plant, federation, planName, planHash } = setting;
  const isOneEach = hasPlaces(modality);
  return {
    format: 'fedrecon-export/1',
    notice: barred ? { en: `${notice.en} ${barredNotice.en}`, ja: `${notice.ja}${barredNotice.ja}` } : notice,
    plant,
    federation,
    plan: { name: planName, hash: planHash, policy },
    modality: modality.name,
    ...(hasRange(modality) && !modality.channels && { unit: unitOf(modality) }),
    exportedAt: at,
    exportedBy: actor,
    ...(!isOneEach && { file: files[0] }),
    reconstructions: records.map(
      ({ name, found, confidence, confidenceIs, verdict, decision, earlier }, index) => ({
        part: name,
        ...(isOneEach && files[index]),
        ...{ confidence, confidenceIs, verdict: verdict ?? null },
        sources: found.sources,
        modelVersion: found.modelVersion,
        planHash: found.planHash,
        madeAt: found.madeAt,
        keepUntil: keepUntil(setting, { found }),
        decision: decision ?? null,
        /** Decision on the reconstruction whose place this one took: it holds no more. */
        earlierDecision: earlier ?? null,
      }),
    ),
  };
}
