import type { FusedOperator, Update } from './partition.ts';

/**
 * Updates as WebAssembly: one function each, a loop that loads four values of every tensor, computes, and
 * stores. Encoding by the WebAssembly core specification 2.0, chapters 5 (binary format) and 2.4.1 (vectors).
 */

const vector = 0x7b;
const f32 = 0x7d;
const i32 = 0x7f;
const prefix = 0xfd;

/** Vector instruction of each operator, on four float32 values. */
const instruction: Readonly<Record<FusedOperator, readonly number[]>> = {
  Abs: [prefix, 0xe0, 0x01],
  Neg: [prefix, 0xe1, 0x01],
  Sqrt: [prefix, 0xe3, 0x01],
  Add: [prefix, 0xe4, 0x01],
  Sub: [prefix, 0xe5, 0x01],
  Mul: [prefix, 0xe6, 0x01],
  Div: [prefix, 0xe7, 0x01],
};
const splat = [prefix, 0x13];
const load = [prefix, 0x00, 4, 0];
const store = [prefix, 0x0b, 4, 0];
const localGet = 0x20;
const localSet = 0x21;
const localTee = 0x22;

/**
 * Compiled update: runs over `bytes` bytes of each tensor; takes addresses of `loads`, then of `stores`, then values of
 * `scalars`.
 */
type UpdateFunction = (bytes: number, ...addressesAndScalars: number[]) => void;

/** Compiles updates over one memory; equal ones share their code. */
export function compileUpdates(updates: readonly Update[], memory: WebAssembly.Memory): UpdateFunction[] {
  const bodies = updates.map((update) => functionOf(update));
  const distinct = [...new Set(bodies.map((body) => JSON.stringify(body)))];
  const functions = distinct.map((text) => JSON.parse(text) as EncodedFunction);
  const module = [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, list(functions.map(({ parameters }) => [0x60, ...list(parameters.map((type) => [type])), 0]))),
    section(2, list([[...name('m'), ...name('m'), 2, 0, ...leb(1)]])),
    section(3, list(functions.map((_, index) => leb(index)))),
    section(7, list(functions.map((_, index) => [...name(`f${index}`), 0, ...leb(index)]))),
    section(10, list(functions.map(({ code }) => [...leb(code.length), ...code]))),
  ].flat();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(module)), {
    m: { m: memory },
  });
  return bodies.map((body) => exports[`f${distinct.indexOf(JSON.stringify(body))}`] as UpdateFunction);
}

interface EncodedFunction {
  readonly parameters: readonly number[];
  readonly code: readonly number[];
}

function functionOf({ loads, stores, scalars, constants, operations }: Update): EncodedFunction {
  const parameters = [i32, ...[...loads, ...stores].map(() => i32), ...scalars.map(() => f32)];
  const offset = parameters.length;
  const values = [...Object.keys(constants), ...scalars, ...loads, ...operations.map(({ output }) => output)];
  const local = new Map(values.map((value, index) => [value, offset + 1 + index]));
  const get = (value: string) => [localGet, ...leb(local.get(value)!)];
  const set = (value: string) => [localSet, ...leb(local.get(value)!)];
  const address = (index: number) => [localGet, ...leb(1 + index), localGet, ...leb(offset), 0x6a];

  const spread = [
    ...Object.entries(constants).flatMap(([value, number]) => [
      0x43,
      ...floatBytes(number),
      ...splat,
      ...set(value),
    ]),
    ...scalars.flatMap((value, index) => {
      const parameter = 1 + loads.length + stores.length + index;
      return [localGet, ...leb(parameter), ...splat, ...set(value)];
    }),
  ];
  const loop = [
    ...loads.flatMap((value, index) => [...address(index), ...load, ...set(value)]),
    ...operations.flatMap(({ op, inputs, output }) => [
      ...inputs.flatMap(get),
      ...instruction[op],
      ...set(output),
    ]),
    ...stores.flatMap((value, index) => [...address(loads.length + index), ...get(value), ...store]),
    ...[localGet, ...leb(offset), 0x41, 16, 0x6a, localTee, ...leb(offset)],
    ...[localGet, 0, 0x49, 0x0d, 0],
  ];
  const locals = list([
    [...leb(1), i32],
    [...leb(values.length), vector],
  ]);
  return { parameters, code: [...locals, ...spread, 0x03, 0x40, ...loop, 0x0b, 0x0b] };
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...leb(items.length), ...items.flat()];
}

function name(text: string): number[] {
  return list([...new TextEncoder().encode(text)].map((byte) => [byte]));
}

/** Unsigned LEB128. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

function floatBytes(value: number): number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}
