import { z } from 'zod';
import { type AdaptedRecord, adaptRecord } from '../../training/confidence/adaptive.ts';
import { type RouteRecord, routeRecord } from '../../training/confidence/record.ts';
import type { Store } from '../store/store.ts';
import { openTensorFile } from '../store/tensor-file.ts';
import { shownLevel } from './trust.ts';

/**
 * What a file of reconstructions keeps of its routes' calibrations, by the route's name, as this plant's own truths changed
 * them: everything that is said of a reconstruction is said by these.
 */
export type RouteRecords = (file: string) => Promise<ReadonlyMap<string, AdaptedRecord>>;

/** Own truths that say where surprises lie: enough to count on, few enough to be of the present. */
const ownSurprises = 100;

const records = z.array(routeRecord);

/** Reads each file's records once. @param store its files are content-addressed, so what was read stays true */
export function createRouteRecords(store: Store): RouteRecords {
  const known = new Map<string, Promise<ReadonlyMap<string, RouteRecord>>>();
  const calibrated = (file: string) => {
    const found = known.get(file) ?? read(store.files.path(file));
    // A file that could not be read may be there the next time.
    found.catch(() => known.delete(file));
    known.set(file, found);
    return found;
  };
  return async (file) => {
    const found = await calibrated(file);
    const planHash = store.enrolment.get()?.planHash ?? '';
    const own = (route: string) => store.truths.own(planHash, route, ownSurprises);
    return new Map([...found].map(([route, record]) => [route, adaptRecord(record, own(route), shownLevel)]));
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
