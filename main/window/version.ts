import { readFileSync } from 'node:fs';

/** Version of the app, where it runs from its own sources. */
export function appVersion(): string {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
