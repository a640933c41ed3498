import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** The garments' labels, in the order of Fashion-MNIST. They make notes and judge results; nothing is trained on them. */
export const garmentTypes = [
  't-shirt',
  'trousers',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
] as const;

/** Width and height of a photograph in pixels. */
export const side = 28;

/** A photographed garment: its number in the data set, its type (index into `garmentTypes`), 28 × 28 grey pixels. */
export interface Garment {
  readonly number: number;
  readonly type: number;
  readonly pixels: Uint8Array;
}

const bundled = join(import.meta.dirname, '../../assets/demo/fashion-mnist');

/**
 * Reads a set of garments, the 10,000 bundled ones if nothing else is named (IDX format:
 * http://yann.lecun.com/exdb/mnist/; 16 and 8 bytes of header).
 */
export async function readGarments(folder = bundled, set: 't10k' | 'train' = 't10k'): Promise<Garment[]> {
  const read = async (name: string) => promisify(gunzip)(await readFile(join(folder, `${set}-${name}.gz`)));
  const images = (await read('images-idx3-ubyte')).subarray(16);
  const labels = (await read('labels-idx1-ubyte')).subarray(8);
  const size = side * side;
  return Array.from(labels, (type, number) => ({
    number,
    type,
    pixels: images.subarray(number * size, (number + 1) * size),
  }));
}

/** Grey levels of a photograph, 0…255, as values 0…1. */
export function greyValues(pixels: Uint8Array): Float32Array {
  return new Float32Array(pixels).map((level) => level / 255);
}
