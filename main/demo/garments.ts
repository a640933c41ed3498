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

/** Pixels a side. */
export const side = 28;

/** A photographed garment: its number in the data set, its type (index into `garmentTypes`), 28 × 28 grey pixels. */
export interface Garment {
  readonly number: number;
  readonly type: number;
  readonly pixels: Uint8Array;
}

const source = join(import.meta.dirname, '../../assets/demo/fashion-mnist');

/** Reads the 10,000 garments (IDX format: http://yann.lecun.com/exdb/mnist/; 16 and 8 bytes of header). */
export async function readGarments(): Promise<Garment[]> {
  const read = async (name: string) => promisify(gunzip)(await readFile(join(source, name)));
  const images = (await read('t10k-images-idx3-ubyte.gz')).subarray(16);
  const labels = (await read('t10k-labels-idx1-ubyte.gz')).subarray(8);
  const size = side * side;
  return Array.from(labels, (type, number) => ({
    number,
    type,
    pixels: images.subarray(number * size, (number + 1) * size),
  }));
}
