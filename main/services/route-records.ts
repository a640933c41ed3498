import { z } from 'zod';
import { type RouteRecord, routeRecord } from '../../training/confidence/record.ts';
import type { Store } from '../store/store.ts';
import { openTensorFile } from '../store/tensor-file.ts';

/** What a file of reconstructions keeps of its routes' calibrations, by the route's name. */
export type RouteRecords = (file: string) => Promise<ReadonlyMap<string, RouteRecord>>;

const records = z.array(routeRecord);

/** Reads each file's records once. @param store its files are content-addressed, so what was read stays true */
export function createRouteRecords(store: Store): RouteRecords {
  const known = new Map<string, Promise<ReadonlyMap<string, RouteRecord>>>();
  return (file) => {
    const found = known.get(file) ?? read(store.files.path(file));
    // A file that could not be read may be there the next time.
    found.catch(() => known.delete(file));
    known.set(file, found);
    return found;
  };
}

async function read(path: string): Promise<ReadonlyMap<string, RouteRecord>> {
  const file = await openTensorFile(path);
  try {
    const found = records.parse(JSON.parse(file.metadata.routes ?? '[]'));
    return new Map(found.map((record) => [record.route, record]));
  } finally {
    await file.close();
  }
}
