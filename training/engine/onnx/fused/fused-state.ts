import { sizeOf } from '../../../../protocol/tensors.ts';
import { type CarriedState, hostState } from '../carried.ts';
import { inputPort, outputPort } from '../graph.ts';
import { Tensor } from '../runtime.ts';
import type { Partition } from './partition.ts';
import { compileUpdates } from './wasm.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;

const pageBytes = 65_536;
/** Alignment in bytes, a cache line: no two tensors share one, and vectors are loaded aligned. */
const alignment = 64;

/**
 * Carried values that updates write in place, in a memory that WebAssembly and ONNX Runtime share: a session writes the
 * inputs of an update where the update reads them. Values that no step changes are there too, and are never written.
 * @param partition the step's; the session runs its head
 * @param ports inputs and outputs of the whole step: their tensors belong to the caller, so updates work on copies
 */
export function fusedState(
  shapes: Shapes,
  { updates, unchanged }: Partition,
  ports: ReadonlySet<string>,
): CarriedState {
  const stored = new Set([...updates.flatMap((update) => update.stores), ...unchanged]);
  const isOwned = ([name]: [string, unknown]) => stored.has(outputPort(name));
  const owned = Object.fromEntries(Object.entries(shapes).filter(isOwned));
  const rest = hostState(Object.fromEntries(Object.entries(shapes).filter((entry) => !isOwned(entry))));

  const sizes = new Map(Object.entries(owned).map(([name, shape]) => [inputPort(name), sizeOf(shape)]));
  for (const { loads, size } of updates) for (const name of loads) sizes.set(name, size);
  const { memory, views } = allocate(sizes);
  const place = (name: string) => views.get(name)!.byteOffset;
  const tensors = Object.fromEntries(
    Object.entries(owned).map(([name, shape]) => [
      inputPort(name),
      new Tensor('float32', views.get(inputPort(name))!, shape),
    ]),
  );
  const copied = [...sizes.keys()].filter((name) => ports.has(name) && !(name in tensors));
  const handedOver = updates.flatMap(({ loads, scalars, shape }) => [
    ...loads.map((name) => [name, new Tensor('float32', views.get(name)!, shape)] as const),
    ...scalars.map((name) => [name, null] as const),
  ]);
  const fetches = Object.fromEntries(handedOver.filter(([name]) => !ports.has(name)));

  const storePlaces = new Map(Object.keys(owned).map((name) => [outputPort(name), place(inputPort(name))]));
  const functions = compileUpdates(updates, memory).map((run, index) => {
    const { size, loads, stores, scalars } = updates[index]!;
    const addresses = [...loads.map(place), ...stores.map((name) => storePlaces.get(name)!)];
    const bytes = Math.ceil(size / 4) * 16;
    return (scalar: (name: string) => number) => run(bytes, ...addresses, ...scalars.map(scalar));
  });

  return {
    feeds: () => ({ ...rest.feeds(), ...tensors }),
    fetches: () => ({ ...rest.fetches(), ...fetches }),
    advance: (results, feeds) => {
      const valuesOf = (name: string) => ((feeds[name] ?? results[name]) as Tensor).data as Float32Array;
      for (const name of copied) views.get(name)!.set(valuesOf(name));
      for (const update of functions) update((name) => valuesOf(name)[0]!);
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

/** Allocates one memory for all tensors, each rounded up so that whole vectors fit. */
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
