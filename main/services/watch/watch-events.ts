import type { ErrorDetail } from '../../../protocol/errors.ts';
import type { ErrorView, LogAction, WaitReason, WatchEvent } from '../../api/views.ts';
import { isErrorCode } from '../../jobs/training-events.ts';
import { theWorkstation } from '../../log/entries.ts';
import type { Store } from '../../store/store.ts';
import { errorView } from '../error-view.ts';

/** Entries of the log that say what watching did. */
export const watchActions = [
  'watch.begun',
  'watch.paused',
  'watch.ended',
  'watch.refused',
  'watch.waits',
  'watch.taken',
  'data.imported',
] as const satisfies readonly LogAction[];

const stepOf: Readonly<Record<string, 'begun' | 'paused'>> = {
  'watch.begun': 'begun',
  'watch.paused': 'paused',
};

/** What watching did, as entries of the log say; imports that a person made are not among it. */
export function watchEvents(entries: ReturnType<Store['log']['newest']>): WatchEvent[] {
  return entries.flatMap(({ sequence, at, action, actor, detail }): WatchEvent[] => {
    const common = { entry: sequence, at, folder: String(detail.folder ?? '') };
    const file = String(detail.file);
    if (action === 'data.imported')
      return actor.role === theWorkstation.role
        ? [{ ...common, what: 'imported', parts: Number(detail.rows), problems: Number(detail.problems) }]
        : [];
    if (action === 'watch.waits') return [{ ...common, what: 'waits', file, why: detail.why as WaitReason }];
    if (action === 'watch.taken') return [{ ...common, what: 'taken', file }];
    if (action !== 'watch.refused') return [{ ...common, what: stepOf[action] ?? 'ended' }];
    const { code, folder: _, ...rest } = detail;
    return [{ ...common, what: 'refused', error: refusalView(String(code), rest as ErrorDetail) }];
  });
}

/** A refusal as the log has it; of a code that another version wrote, that it is unknown. */
function refusalView(code: string, detail: ErrorDetail): ErrorView {
  return errorView({ code: isErrorCode(code) ? code : 'internal', detail });
}
