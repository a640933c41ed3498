import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Static check: a tool of `node_modules/.bin` and its arguments. */
interface Check {
  readonly name: string;
  readonly command: readonly [tool: string, ...parameters: string[]];
}

/** Every check, the longest first. */
export const checks: readonly Check[] = [
  {
    name: 'types',
    // What was checked before and is the same, with all that it imports, is not checked again.
    command: [
      'tsc',
      '--noEmit',
      '--incremental',
      '--tsBuildInfoFile',
      'node_modules/.cache/types.tsbuildinfo',
    ],
  },
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
  { name: 'format-and-lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
];

/** Number of checks that run at once: each keeps one core busy. */
const together = Math.min(2, availableParallelism());

/** Runs a tool with the terminal; resolves to its exit code, 128 + signal as shells count. */
export function runTool([tool, ...parameters]: readonly [string, ...string[]]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, parameters, { stdio: 'inherit', shell: process.platform === 'win32' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 128));
  });
}

/** Runs the named checks (all if none is named), two at once where there are cores for it, and counts them. */
export async function runChecks(names: readonly string[] = []): Promise<{ passed: number; failed: number }> {
  const outcome = { passed: 0, failed: 0 };
  const waiting = checks.filter(({ name }) => names.length === 0 || names.includes(name)).values();
  const work = async () => {
    for (const { name, command } of waiting) {
      const { code, output } = await runQuietly(command);
      console.log(`\n— ${name}: ${command.join(' ')}`);
      process.stdout.write(output);
      if (code === 0) outcome.passed++;
      else outcome.failed++;
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return outcome;
}

/** Runs a tool and keeps what it prints, in its colours where this process's own output shows them. */
function runQuietly([tool, ...parameters]: Check['command']): Promise<{ code: number; output: Buffer }> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env,
    });
    const printed: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece: Buffer) => printed.push(piece));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 128, output: Buffer.concat(printed) }));
  });
}
