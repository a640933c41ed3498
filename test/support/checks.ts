import { spawn } from 'node:child_process';

/** Static check: a tool of `node_modules/.bin` and its arguments. */
interface Check {
  readonly name: string;
  readonly command: readonly [tool: string, ...parameters: string[]];
}

export const checks: readonly Check[] = [
  { name: 'format-and-lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  {
    name: 'window-types',
    command: ['svelte-check', '--tsconfig', './renderer/tsconfig.json', '--fail-on-warnings'],
  },
  {
    name: 'import-rules',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'protocol',
      'training',
      'main',
      'renderer',
      'aggregator',
    ],
  },
];

/** Runs a tool with the terminal; resolves to its exit code, 128 + signal as shells count. */
export function runTool([tool, ...parameters]: readonly [string, ...string[]]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, parameters, { stdio: 'inherit', shell: process.platform === 'win32' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 128));
  });
}

/** Runs the named checks (all if none is named) one after the other and counts them. */
export async function runChecks(names: readonly string[] = []): Promise<{ passed: number; failed: number }> {
  const outcome = { passed: 0, failed: 0 };
  for (const check of checks) {
    if (names.length > 0 && !names.includes(check.name)) continue;
    console.log(`\n— ${check.name}: ${check.command.join(' ')}`);
    const code = await runTool(check.command);
    if (code === 0) outcome.passed++;
    else outcome.failed++;
  }
  return outcome;
}
