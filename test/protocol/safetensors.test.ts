import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FedReconError } from '../../protocol/errors.ts';
import { assertFinite, decodeTensors, encodeTensors } from '../../protocol/safetensors.ts';
import { allFinite, type HostTensors, sizeOf } from '../../protocol/tensors.ts';

const tensor = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((shape) =>
    fc
      .array(fc.float({ noNaN: true }), { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
      .map((values) => ({ shape, data: Float32Array.from(values) })),
  );
const name = fc
  .oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 8 }))
  .filter((text) => !text.startsWith('__') && text.isWellFormed());
const tensors: fc.Arbitrary<HostTensors> = fc.dictionary(name, tensor, { maxKeys: 6, noNullPrototype: true });
const metadata = fc.dictionary(name, fc.string(), { maxKeys: 3, noNullPrototype: true });

/** A file with this header text and `dataBytes` zeros behind it. */
function file(header: string, dataBytes = 0): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}
const f32 = (shape: number[], begin: number, end: number) =>
  JSON.stringify({ dtype: 'F32', shape, data_offsets: [begin, end] });

function problemOf(bytes: Uint8Array): string {
  try {
    decodeTensors(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(FedReconError);
    expect((error as FedReconError).code).toBe('tensors-invalid');
    return String((error as FedReconError).detail.problem);
  }
  throw new Error('was accepted');
}

describe('safetensors', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(tensors, metadata, (given, notes) => {
        const back = decodeTensors(encodeTensors(given, notes));
        expect(back.metadata).toEqual(notes);
        expect(Object.keys(back.tensors).sort()).toEqual(Object.keys(given).sort());
        for (const [key, { shape, data }] of Object.entries(given)) {
          expect(back.tensors[key]!.shape).toEqual(shape);
          expect(back.tensors[key]!.data).toEqual(data);
        }
      }),
    );
  });

  it('writes equal bytes whatever the order of the names', () => {
    fc.assert(
      fc.property(tensors, metadata, (given, notes) => {
        const reversed = Object.fromEntries(Object.entries(given).reverse());
        const reversedNotes = Object.fromEntries(Object.entries(notes).reverse());
        expect(encodeTensors(reversed, reversedNotes)).toEqual(encodeTensors(given, notes));
      }),
    );
  });

  it('matches the bytes the format describes', () => {
    const bytes = encodeTensors({ b: { shape: [1], data: Float32Array.of(2) } }, { round: '3' });
    const header = '{"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"__metadata__":{"round":"3"}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + padded.length))).toBe(padded);
    expect(Buffer.from(bytes.subarray(0, 8)).toString('hex')).toBe(
      `${padded.length.toString(16)}00000000000000`,
    );
    expect(Buffer.from(bytes.subarray(8 + padded.length)).toString('hex')).toBe('00000040');
  });

  it('reads aligned files in place and unaligned ones by a copy', () => {
    const bytes = encodeTensors({ a: { shape: [2], data: Float32Array.of(1, 2) } });
    expect(decodeTensors(bytes).tensors.a!.data.buffer).toBe(bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect([...decodeTensors(shifted.subarray(1)).tensors.a!.data]).toEqual([1, 2]);
  });

  it('answers any damage with tensors-invalid or with sound tensors, never with a crash', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
    fc.assert(
      fc.property(tensors, metadata, damage, fc.option(fc.nat()), (given, notes, hits, cut) => {
        let bytes = encodeTensors(given, notes);
        for (const [at, value] of hits) bytes[at % bytes.length] = value;
        if (cut !== null) bytes = bytes.slice(0, cut % bytes.length);
        try {
          for (const { shape, data } of Object.values(decodeTensors(bytes).tensors))
            expect(data.length).toBe(sizeOf(shape));
        } catch (error) {
          if (!(error instanceof FedReconError)) throw error;
          expect(error.code).toBe('tensors-invalid');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses every cut of a file', () => {
    const bytes = encodeTensors({ a: { shape: [2], data: Float32Array.of(1, 2) } });
    for (let length = 0; length < bytes.length; length += 1) problemOf(bytes.subarray(0, length));
  });

  it.each([
    ['another type', file('{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}', 4), /F16; only F32/],
    ['a gap', file(`{"a":${f32([1], 4, 8)}}`, 8), /gap/],
    ['an overlap', file(`{"a":${f32([2], 0, 8)},"b":${f32([1], 4, 8)}}`, 8), /overlaps/],
    ['a wrong shape', file(`{"a":${f32([3], 0, 8)}}`, 8), /does not fit/],
    [
      'an overflowing shape',
      file(`{"a":${f32([9007199254740991, 9007199254740991, 0], 0, 8)}}`, 8),
      /does not fit/,
    ],
    ['trailing bytes', file(`{"a":${f32([1], 0, 4)}}`, 9), /5 bytes belong to no tensor/],
    ['missing bytes', file(`{"a":${f32([2], 0, 8)}}`, 4), /after the end/],
    ['a repeated name', file(`{"a":${f32([1], 0, 4)},"a":${f32([1], 0, 4)}}`, 4), /repeats/],
    [
      'a repeated field',
      file('{"a":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]}}'),
      /repeats/,
    ],
    ['a prototype', file(`{"__proto__":${f32([1], 0, 4)}}`, 4), /./],
    ['metadata that are not text', file('{"__metadata__":{"a":1}}'), /__metadata__.a/],
    [
      'an unknown field',
      file('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"x":1}}'),
      /header field a/,
    ],
    [
      'a fraction',
      file('{"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,2]}}', 2),
      /header field a.shape/,
    ],
    ['an array', file('[]'), /JSON object/],
    ['deep nesting', file(`{"a":${'['.repeat(200_000)}`), /not JSON/],
    ['bad UTF-8', file('{"a\u0000":0}').fill(0xff, 10, 11), /UTF-8/],
    ['a header beyond the limit', file(' '.repeat((1 << 20) + 1)), /larger than/],
  ])('refuses %s', (_what, bytes, problem) => {
    expect(problemOf(bytes)).toMatch(problem);
  });

  it('refuses to write what it would refuse to read', () => {
    const data = Float32Array.of(1);
    expect(() => encodeTensors({ a: { shape: [2], data } })).toThrow(/1 values and the shape \[2\]/);
    expect(() => encodeTensors({ __metadata__: { shape: [1], data } })).toThrow(/no tensor name/);
  });

  it('names the tensor that holds NaN or infinity', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const given = {
        a: { shape: [1], data: Float32Array.of(1) },
        b: { shape: [1], data: Float32Array.of(value) },
      };
      expect(() => assertFinite(given)).toThrow(
        expect.objectContaining({ code: 'tensor-not-finite', detail: { name: 'b' } }),
      );
    }
  });
});

describe('the check for values that are no numbers', () => {
  it('finds NaN and both infinities wherever they stand, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.float(), { maxLength: 20 }), (values) => {
        expect(allFinite(Float32Array.from(values))).toBe(values.every(Number.isFinite));
      }),
    );
  });
});
