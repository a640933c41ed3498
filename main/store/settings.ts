import type { StoreDatabase } from './database.ts';

/** Small named documents: preferences, the chosen device, whether the plant takes part. */
export interface SettingsStore {
  get<T>(name: string): T | undefined;
  set(name: string, value: unknown): void;
}

export function settingsIn(database: StoreDatabase): SettingsStore {
  return {
    get: <T>(name: string) => {
      const row = database.get<{ value: string }>('select value from settings where name = :name', { name });
      return row && (JSON.parse(row.value) as T);
    },
    set: (name, value) => {
      database.run(
        'insert into settings (name, value) values (:name, :value) on conflict (name) do update set value = :value',
        { name, value: JSON.stringify(value) },
      );
    },
  };
}
