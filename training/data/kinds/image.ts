import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { FedReconError } from '../../../protocol/errors.ts';
import type { ImageModality } from '../../../protocol/plan.ts';
import { decodeImage } from '../../cells/images/decode.ts';
import { fitImage } from '../../cells/images/fit.ts';
import type { DataKind, EncodedValue } from './kind.ts';

const largestFile = 512 << 20;

export const image: DataKind<ImageModality> = {
  columns: () => 0,
  headers: ['image', 'photo', 'picture', 'file', 'filename', '画像', '写真', '画像ファイル'],
  resembles: (_modality, cell) => /\.(png|jpe?g|bmp|tiff?)$/i.test(cell),

  async read(modality, cells, { folder }) {
    const name = cells[0]!;
    if (name === '') return undefined;
    const { path, bytes } = await folder.find(name);
    if (bytes > largestFile) {
      const [size, limit] = [bytes, largestFile].map((value) => `${value >> 20} MiB`) as [string, string];
      throw new FedReconError('image-large', { file: name, size, limit });
    }
    return {
      shown: name,
      encode: () => load(modality, name, path),
    };
  },
};

/** Reading and decoding fail in many ways at a damaged file; all become one kind of problem that names the file. */
async function load(modality: ImageModality, file: string, path: string): Promise<EncodedValue> {
  try {
    const content = await readFile(path);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { values: fitImage(decodeImage(content), modality), record: { file: path, sha256 } };
  } catch (cause) {
    if (cause instanceof FedReconError) throw new FedReconError(cause.code, { ...cause.detail, file });
    const problem = cause instanceof Error ? cause.message.slice(0, 120) : 'damaged';
    throw new FedReconError('image-unreadable', { file, problem }, { cause });
  }
}
