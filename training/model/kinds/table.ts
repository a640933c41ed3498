import type { ModalityKind } from '../../../protocol/plan.ts';
import { image } from './image.ts';
import type { Kind } from './kind.ts';
import { signal } from './signal.ts';
import { text } from './text.ts';

/** Every kind of modality a plan may name. */
export const kinds: Readonly<Record<ModalityKind, Kind>> = { image, signal, text };
