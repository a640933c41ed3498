import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { garmentTypes, readGarments } from '../../../main/demo/garments.ts';
import { createNoteWriter } from '../../../main/demo/note.ts';
import { type DemoPlant, writeDemoPlants } from '../../../main/demo/plants.ts';
import { seededRandom } from '../../../main/demo/random.ts';
import { dealOut } from '../../../main/demo/split.ts';
import { type HiddenTruth, readTruth, trueValues } from '../../../main/demo/true-parts.ts';
import { yardsticks } from '../../../main/demo/yardsticks.ts';
import { type Plan, parsePlan } from '../../../protocol/plan.ts';
import { decodeTensors } from '../../../protocol/safetensors.ts';
import { importParts } from '../../../training/data/import.ts';
import { readPartsFile } from '../../../training/data/parts-file.ts';
import { preview } from '../../../training/data/preview.ts';

const partsPerPlant = 200;
const planFile = join(import.meta.dirname, '../../../assets/demo/plan.json');
const plan: Plan = parsePlan(JSON.parse(readFileSync(planFile, 'utf8')));

let folder: string;
let plants: DemoPlant[];
let truths: HiddenTruth[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fedrecon-demo-'));
  plants = await writeDemoPlants(folder, { partsPerPlant });
  truths = await Promise.all(plants.map(({ truth }) => readTruth(truth)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the demonstration plants', () => {
  it('are Osaka with everything, Hanoi without a camera and Porto without a gauge', () => {
    expect(plants.map(({ name, has }) => [name, has])).toEqual([
      ['Osaka', ['camera', 'gauge', 'note']],
      ['Hanoi', ['gauge', 'note']],
      ['Porto', ['camera', 'note']],
    ]);
  });

  it('are understood by the import as they are, without a problem', async () => {
    for (const plant of plants) {
      const seen = await preview(plan, plant.folder);
      expect(seen.problems).toEqual([]);
      const lacks = plan.modalities.map(({ name }) => name).filter((name) => !plant.has.includes(name));
      expect(seen.absent).toEqual(lacks);
      expect(seen.columns.filter(({ role }) => role === 'ignore')).toEqual([]);
    }
  });

  it('hold, when imported, exactly what the truth says was measured', async () => {
    const output = join(folder, 'imported');
    const [osaka] = plants;
    const result = await importParts(
      {
        plan,
        folder: osaka!.folder,
        manifest: 'parts.csv',
        columns: {},
        output,
      },
      { progress: () => undefined, abort: new AbortController().signal },
    );
    expect(result.problems).toBe(0);
    const { tensors } = decodeTensors(readFileSync(result.dataset));
    const { parts } = await readPartsFile(result.parts);
    expect(parts).toHaveLength(truths[0]!.parts.size);
    for (const [row, { id }] of parts.entries()) {
      const truth = truths[0]!.parts.get(id)!;
      for (const { name } of plan.modalities) {
        const { data, shape } = tensors[`${name}/values`]!;
        const present = truth.measured.includes(name);
        expect(tensors[`${name}/present`]!.data[row]).toBe(present ? 1 : 0);
        const own = data.subarray(row * shape[1]!, (row + 1) * shape[1]!);
        if (present) expect(own).toEqual(trueValues(plan, name, truth));
        else expect(own.every((value) => value === 0)).toBe(true);
      }
    }
  });

  it('keep the truth out of the plants’ folders', () => {
    for (const plant of plants) {
      expect(plant.truth.startsWith(plant.folder)).toBe(false);
      const expected = plant.has.includes('camera') ? ['images', 'parts.csv'] : ['parts.csv'];
      expect(readdirSync(plant.folder).sort()).toEqual(expected);
    }
  });

  it('share no garment, and are of about the size that was asked for', () => {
    const garments = truths.flatMap(({ parts }) => [...parts.values()].map(({ garment }) => garment));
    expect(new Set(garments).size).toBe(garments.length);
    for (const { parts } of truths) expect(Math.abs(parts.size - partsPerPlant)).toBeLessThanOrEqual(5);
  });

  it('lack about a tenth of Osaka’s images and a twentieth of the notes', () => {
    const parts = [...truths[0]!.parts.values()];
    const share = (name: string) =>
      parts.filter(({ measured }) => !measured.includes(name)).length / parts.length;
    expect(share('camera')).toBeGreaterThan(0.05);
    expect(share('camera')).toBeLessThan(0.16);
    expect(share('note')).toBeGreaterThan(0.01);
    expect(share('note')).toBeLessThan(0.12);
    expect(share('gauge')).toBe(0);
  });

  it('are the same again for the same seed, and others for another', async () => {
    const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
    const again = await writeDemoPlants(join(folder, 'again'), { partsPerPlant });
    const other = await writeDemoPlants(join(folder, 'other'), { partsPerPlant, seed: 2 });
    const tables = (set: DemoPlant[]) => set.map((plant) => digest(join(plant.folder, 'parts.csv')));
    expect(tables(again)).toEqual(tables(plants));
    expect(tables(other)).not.toEqual(tables(plants));
  });
});

describe('dealing out garments', () => {
  it('is uneven in types, and leaves Osaka at least 20 of each by default', async () => {
    const dealt = dealOut(await readGarments(), 3, 3333, seededRandom('16/split'));
    const counts = garmentTypes.map((_, type) =>
      dealt.map((list) => list.filter((garment) => garment.type === type).length),
    );
    expect(Math.min(...counts.map(([osaka]) => osaka!))).toBeGreaterThanOrEqual(20);
    const lopsided = counts.filter((row) => Math.max(...row) > 0.6 * row.reduce((a, b) => a + b, 0));
    expect(lopsided.length).toBeGreaterThanOrEqual(5);
    expect(dealt.flat()).toHaveLength(9990);
  });
});

describe('notes', () => {
  it('tell much about a garment without identifying it', async () => {
    const garments = await readGarments();
    const inspect = createNoteWriter(garments, 1);
    const notes = garments.map((garment) => inspect(garment));
    const trousers = garments.filter(({ type }) => type === 1).map((garment) => inspect(garment));
    const named = trousers.filter((note) => /trousers|pants|slacks/.test(note)).length;
    expect(named / trousers.length).toBeGreaterThan(0.8);
    expect(named / trousers.length).toBeLessThan(0.97);
    const empty = notes.filter((note) => note === '').length;
    expect(empty / notes.length).toBeCloseTo(0.05, 1);
    const counts = Map.groupBy(notes, (note) =>
      note
        .toLowerCase()
        .split(/[^a-z-]+/)
        .filter(Boolean)
        .sort()
        .join(' '),
    );
    const shared = notes.length - [...counts.values()].filter((list) => list.length === 1).length;
    expect(shared / notes.length).toBeGreaterThan(0.2);
  });
});

describe('yardsticks', () => {
  it('are means over what was measured anywhere in the federation', () => {
    const { mean, classMean } = yardsticks(plan, 'camera', truths);
    const measured = truths.flatMap(({ parts }) =>
      [...parts.values()].filter((part) => part.measured.includes('camera')),
    );
    const pixel = 14 * 28 + 14;
    const meanOf = (parts: typeof measured) =>
      parts.reduce((sum, part) => sum + part.pixels[pixel]! / 255, 0) / parts.length;
    expect(mean[pixel]).toBeCloseTo(meanOf(measured), 5);
    const part = measured[0]!;
    const alike = measured.filter(({ type }) => type === part.type);
    expect(classMean(part)[pixel]).toBeCloseTo(meanOf(alike), 5);
  });
});
