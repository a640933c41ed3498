import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clearRows, openTensorFile } from '../../../main/store/tensor-file.ts';
import { decodeTensors, encodeTensors } from '../../../protocol/safetensors.ts';
import { temporaryFolder } from '../support/folders.ts';

function writeTensors(): string {
  const path = join(temporaryFolder(), 'file.safetensors');
  const tensors = {
    'gauge/present': { shape: [3], data: Float32Array.of(1, 1, 1) },
    'gauge/values': { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    'note/present': { shape: [3], data: Float32Array.of(0, 1, 1) },
  };
  writeFileSync(path, encodeTensors(tensors, { modality: 'gauge' }));
  return path;
}

describe('a tensor file', () => {
  it('gives single rows without being read whole', async () => {
    const file = await openTensorFile(writeTensors());
    expect(file.metadata).toEqual({ modality: 'gauge' });
    expect(file.rows('gauge/values')).toBe(3);
    expect(Array.from(await file.read('gauge/values', 1, 2))).toEqual([3, 4, 5, 6]);
    expect(file.rows('camera/values')).toBe(0);
    await expect(file.read('gauge/values', 2, 2)).rejects.toMatchObject({ code: 'tensors-invalid' });
    await file.close();
  });

  it('clears rows of the tensors that are named, and nothing else', async () => {
    const path = writeTensors();
    await clearRows(path, (name) => name.endsWith('/present'), [0, 2]);
    const { tensors } = decodeTensors(new Uint8Array(readFileSync(path)));
    const values = Object.fromEntries(
      Object.entries(tensors).map(([name, { data }]) => [name, Array.from(data)]),
    );
    expect(values).toEqual({
      'gauge/present': [0, 1, 0],
      'gauge/values': [1, 2, 3, 4, 5, 6],
      'note/present': [0, 1, 0],
    });
  });

  it('that is cut short, no tensor file or gone is refused', async () => {
    const path = writeTensors();
    writeFileSync(path, readFileSync(path).subarray(0, 40));
    await expect(openTensorFile(path)).rejects.toMatchObject({ code: 'tensors-invalid' });
    writeFileSync(path, 'no tensors at all');
    await expect(openTensorFile(path)).rejects.toMatchObject({ code: 'tensors-invalid' });
    await expect(openTensorFile(`${path}.gone`)).rejects.toMatchObject({ code: 'tensors-invalid' });
  });
});
