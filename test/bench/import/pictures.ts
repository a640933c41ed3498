import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { seededRandom } from '../../../main/demo/random.ts';
import type { Figure } from './figure.ts';

const photograph = { width: 6000, height: 4000 } as const;
const megapixel = { width: 1160, height: 870 } as const;
/** Sides of pictures in plans: the standard one, and the largest. */
const sides = [64, 256] as const;
const rounds = { quick: 6, whole: 20 } as const;
const warmUps = 5;
const pictures = { quick: 500, whole: 10_000 } as const;
/** So many different megapixels are made; their copies differ in a few bytes behind their end, and so in their hash. */
const different = 8;

/** A process that answers how many CPU seconds each picture took: what it takes on one core, whoever else uses the machine. */
interface Decoder {
  readonly name: string;
  seconds(file: string, side: number): Promise<number>;
  end(): void;
}

interface Imported {
  readonly accepted: number;
  readonly problems: number;
  readonly seconds: number;
  /** Megabytes of the importing process, and of the one that reads pictures. */
  readonly peak: number;
  readonly pictures: number;
}

/** Photographs decoded and resized beside Pillow's `draft`, and a folder of megapixels imported twice. */
export async function benchPictures(quick: boolean): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fedrecon-bench-'));
  try {
    return [...(await decoding(folder, quick)), ...(await importing(folder, quick))];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function decoding(folder: string, quick: boolean): Promise<Figure[]> {
  const file = join(folder, 'photograph.jpg');
  await writeFile(file, await scene(photograph, 1));
  const own = (await decoder(process.execPath, [join(import.meta.dirname, 'decode-worker.ts')]))!;
  const python = process.env.PYTHON ?? 'python3';
  const pillow = await decoder(python, [join(import.meta.dirname, 'pictures_pillow.py')]);
  const figures: Figure[] = [];
  try {
    for (const side of sides) {
      const times: Record<'own' | 'pillow', number[]> = { own: [], pillow: [] };
      // The first few compile what an import has compiled after its first pictures.
      for (let round = 0; round < warmUps; round++) await own.seconds(file, side);
      // They take turns, so that what else the machine does meets both.
      for (let round = 0; round < rounds[quick ? 'quick' : 'whole']; round++) {
        times.own.push(await own.seconds(file, side));
        if (pillow) times.pillow.push(await pillow.seconds(file, side));
      }
      const what = `24-megapixel JPEG to ${side} × ${side}, CPU`;
      figures.push({ what: `${what}: FedRecon`, value: milliseconds(times.own), unit: 'ms' });
      if (!pillow)
        figures.push({ what: `${what}: Pillow`, value: `none, ${python} has no Pillow`, unit: '' });
      else
        figures.push(
          { what: `${what}: ${pillow.name}, draft`, value: milliseconds(times.pillow), unit: 'ms' },
          { what: `${what}: ratio`, value: (median(times.own) / median(times.pillow)).toFixed(2), unit: '×' },
        );
    }
  } finally {
    own.end();
    pillow?.end();
  }
  return figures;
}

async function importing(folder: string, quick: boolean): Promise<Figure[]> {
  const count = pictures[quick ? 'quick' : 'whole'];
  const data = join(folder, 'plant');
  const cache = join(folder, 'cache');
  await mkdir(data);
  const scenes = await Promise.all(
    Array.from({ length: different }, (_, index) => scene(megapixel, index + 2)),
  );
  for (let index = 0; index < count; index++)
    await writeFile(
      join(data, `${index}.jpg`),
      Buffer.concat([scenes[index % different]!, Buffer.from(`${index}`)]),
    );
  const rows = Array.from({ length: count }, (_, index) => `P${index},${index}.jpg,part ${index}`);
  await writeFile(join(data, 'parts.csv'), `id,camera,note\n${rows.join('\n')}\n`);
  const run = async (): Promise<Imported> => {
    const script = join(import.meta.dirname, 'import-worker.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, data, cache]);
    return JSON.parse(stdout) as Imported;
  };
  const [first, again] = [await run(), await run()];
  const size = `${count.toLocaleString('en')} pictures of 1 megapixel`;
  return [first, again].flatMap(({ accepted, problems, seconds, peak, pictures }, index) => {
    const what = index === 0 ? size : `${size} again, decoded before`;
    return [
      { what: `${what}: parts, problems`, value: `${accepted}, ${problems}`, unit: '' },
      { what: `${what}: speed`, value: Math.round(accepted / seconds), unit: '/s' },
      { what: `${what}: peak memory`, value: Math.round(peak), unit: 'MB' },
      { what: `${what}: peak memory of the picture process`, value: Math.round(pictures), unit: 'MB' },
    ];
  });
}

/** Starts a decoder; undefined where it does not start. */
async function decoder(command: string, words: readonly string[]): Promise<Decoder | undefined> {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = new Promise<undefined>((resolve) => child.once('error', () => resolve(undefined)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hello = await Promise.race([lines.next(), failed]);
  if (!hello || hello.done) return undefined;
  return {
    name: JSON.parse(hello.value) as string,
    async seconds(file, side) {
      child.stdin.write(`${JSON.stringify([file, side])}\n`);
      return JSON.parse(String((await lines.next()).value)) as number;
    },
    end: () => child.stdin.end(),
  };
}

/** Something like a photograph of a part: waves, edges and a camera's noise. */
async function scene({ width, height }: { width: number; height: number }, seed: number): Promise<Buffer> {
  const random = seededRandom(`scene ${seed}`);
  const noise = Float32Array.from({ length: 65_537 }, () => 12 * (random.uniform() - 0.5));
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const level = 128 + 60 * Math.sin(x / 37 + seed) + 40 * Math.cos(y / 51) + noise[at % noise.length]!;
      data[at] = level;
      data[at + 1] = level * 0.9 + ((x >> 7) % 2) * 20;
      data[at + 2] = level * 0.8 + ((y >> 7) % 2) * 20;
    }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function milliseconds(values: readonly number[]): number {
  return Math.round(median(values) * 1000);
}
