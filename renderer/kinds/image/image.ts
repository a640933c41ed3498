import { i18n } from '../../i18n/index.svelte.ts';
import { spanErrors } from '../error-scale.ts';
import type { WindowKind } from '../kind.ts';
import ExplainedImage from './ExplainedImage.svelte';
import ImageValue from './ImageValue.svelte';
import SmallImage from './SmallImage.svelte';

/** Images: shown pixel by pixel, explained by a map laid over them. */
export const imageWindow: WindowKind<'image'> = {
  shape: ({ width = 0, height = 0, channels = 1 }) => i18n.t.connect.shape.image(width, height, channels),
  Value: ImageValue,
  Small: SmallImage,
  Explained: ExplainedImage,
  limitOf: ({ limit }) => limit,
  errors: spanErrors,
  isTall: false,
};
