import { z } from 'zod';
import { type AdaptedRecord, adaptRecord } from '../../training/confidence/adaptive.ts';
import { type RouteRecord, routeRecord } from '../../training/confidence/record.ts';
import { shownLevel } from '../api/shown-level.ts';
import type { Store } from '../store/store.ts';
import { openTensorFile, type TensorFile } from '../store/tensor-file.ts';

/**
 * Records of the calibrations of a file's routes, by the route's name, as this plant's own truths changed them: all
 * statements on a reconstruction rest on these.
 */
type RouteRecords = (file: string) => Promise<ReadonlyMap<string, AdaptedRecord>>;

/** Number of own truths that say where surprises lie: enough to count on, few enough to be of the present. */
const ownSurprises = 100;

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

const records = z.array(routeRecord);

/** The records of the routes that a file's parts came by, in the order of their numbers in it; none before a calibration. */
export function routesIn({ metadata }: Pick<TensorFile, 'metadata'>): RouteRecord[] {
  return records.parse(JSON.parse(metadata.routes ?? '[]'));
}

async function read(path: string): Promise<ReadonlyMap<string, RouteRecord>> {
  const file = await openTensorFile(path);
  try {
    return new Map(routesIn(file).map((record) => [record.route, record]));
  } finally {
    await file.close();
  }
}
