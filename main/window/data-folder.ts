import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder that a workstation keeps its data in unless told otherwise: the platform's own place for application data. */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'FedRecon');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'FedRecon');
    default:
      return join(environment.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'fedrecon');
  }
}
