import { Tensor } from 'onnxruntime-node';
import { sizeOf } from '../../../../protocol/tensors.ts';
import { type CarriedState, hostState } from '../carried.ts';
import { inputPort, outputPort } from '../graph.ts';
import type { Update } from './partition.ts';
import { compileUpdates } from './wasm.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;

const pageBytes = 65_536;
/** A cache line: no two tensors share one, and vectors are loaded aligned. */
const alignment = 64;

/**
 * Carried values that updates write in place, in a memory that WebAssembly and ONNX Runtime share: what a session
 * hands over to an update, it computes where the update reads it.
 * @param updates the part of the step that the session does not run
 * @param inputs input ports of the whole step
 */
export function fusedState(
  shapes: Shapes,
  updates: readonly Update[],
  inputs: ReadonlySet<string>,
): CarriedState {
  const stored = new Set(updates.flatMap((update) => update.stores));
  const isOwned = ([name]: [string, unknown]) => stored.has(outputPort(name));
  const owned = Object.fromEntries(Object.entries(shapes).filter(isOwned));
  const rest = hostState(Object.fromEntries(Object.entries(shapes).filter((entry) => !isOwned(entry))));

  const sizes = new Map(Object.entries(owned).map(([name, shape]) => [inputPort(name), sizeOf(shape)]));
  for (const { loads, size } of updates) for (const name of loads) sizes.set(name, size);
  const { memory, views } = allocate(sizes);
  const tensors = Object.fromEntries(
    Object.entries(owned).map(([name, shape]) => [
      name,
      new Tensor('float32', views.get(inputPort(name))!, shape),
    ]),
  );
  const ownedPorts = new Set(Object.keys(owned).map(inputPort));
  const brought = [...sizes.keys()].filter((name) => inputs.has(name) && !ownedPorts.has(name));
  const handedOver = updates.flatMap(({ loads, shape }) =>
    loads
      .filter((name) => !inputs.has(name))
      .map((name) => [name, new Tensor('float32', views.get(name)!, shape)]),
  );
  const scalarsHandedOver = updates.flatMap(({ scalars }) => scalars.filter((name) => !inputs.has(name)));

  const place = (name: string) => views.get(name)!.byteOffset;
  const storePlaces = new Map(Object.keys(owned).map((name) => [outputPort(name), place(inputPort(name))]));
  const functions = compileUpdates(updates, memory).map((run, index) => {
    const { size, loads, stores, scalars } = updates[index]!;
    const addresses = [...loads.map(place), ...stores.map((name) => storePlaces.get(name)!)];
    const bytes = Math.ceil(size / 4) * 16;
    return (scalar: (name: string) => number) => run(bytes, ...addresses, ...scalars.map(scalar));
  });

  return {
    feeds: () => ({
      ...rest.feeds(),
      ...Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [inputPort(name), tensor])),
    }),
    fetches: () => ({
      ...rest.fetches(),
      ...Object.fromEntries(handedOver),
      ...Object.fromEntries(scalarsHandedOver.map((name) => [name, null])),
    }),
    advance: (results, feeds) => {
      for (const name of brought) views.get(name)!.set(feeds[name]!.data as Float32Array);
      const scalar = (name: string) => ((feeds[name] ?? results[name]) as Tensor).data[0] as number;
      for (const update of functions) update(scalar);
      rest.advance(results, feeds);
    },
    load: (values) => {
      const entries = Object.entries(values);
      for (const [name, { data }] of entries) if (name in owned) views.get(inputPort(name))!.set(data);
      rest.load(Object.fromEntries(entries.filter(([name]) => !(name in owned))));
    },
    read: async () => ({
      ...(await rest.read()),
      ...Object.fromEntries(
        Object.entries(owned).map(([name, shape]) => [
          name,
          { shape, data: views.get(inputPort(name))!.slice() },
        ]),
      ),
    }),
    dispose: () => rest.dispose(),
  };
}

/** One memory that holds every tensor, rounded up so that whole vectors fit. */
function allocate(sizes: ReadonlyMap<string, number>) {
  const places = new Map<string, number>();
  let end = 0;
  for (const [name, size] of sizes) {
    places.set(name, end);
    end += Math.ceil((size * 4) / alignment) * alignment;
  }
  const pages = Math.ceil(end / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const views = new Map(
    [...sizes].map(([name, size]) => [name, new Float32Array(memory.buffer, places.get(name)!, size)]),
  );
  return { memory, views };
}
