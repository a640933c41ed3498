import type { WaitReason } from '../../api/views.ts';

/** Why a file looks as if its writer has not come to the end. */
export type UnfinishedEnd = Exclude<WaitReason, 'held' | 'name' | 'picture'>;

/** A file to look into: its size, and bytes from anywhere in it; fewer at its end. */
export interface LookedInto {
  readonly path: string;
  readonly size: number;
  at(offset: number, length: number): Promise<Buffer>;
}
