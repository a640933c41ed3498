/**
 * Views: the plain JSON that the window shows. Images are addresses (`/images/…`) that the host serves, never bytes.
 * Times are RFC 3339, sizes bytes.
 */
export type * from './views/data.ts';
export type * from './views/data-findings.ts';
export type * from './views/diagnosis.ts';
export type * from './views/general.ts';
export type * from './views/import-views.ts';
export type * from './views/jobs.ts';
export type * from './views/log.ts';
export type * from './views/measures.ts';
export { type Output, of } from './views/output.ts';
export type * from './views/place.ts';
export type * from './views/plan.ts';
export type * from './views/review.ts';
export type * from './views/trust.ts';
export type * from './views/watching.ts';
export type * from './views/workstation-state.ts';
