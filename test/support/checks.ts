import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** A tool of `node_modules/.bin` and its arguments. */
export type ToolCommand = readonly [tool: string, ...parameters: string[]];

/** Static check, by name. */
interface Check {
  readonly name: string;
  readonly command: ToolCommand;
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
export async function runTool(command: ToolCommand): Promise<number> {
  return (await runChild(command, { stdio: 'inherit' })).code;
}

/**
 * Runs a tool beside others; resolves to its exit code and to all that it printed, in its colours where this process's
 * own output shows them.
 */
export function gatherTool(command: ToolCommand): Promise<{ code: number; printed: string }> {
  const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;
  return runChild(command, { stdio: ['ignore', 'pipe', 'pipe'], env });
}

async function runChild([tool, ...parameters]: ToolCommand, options: SpawnOptions) {
  const child = spawn(tool, parameters, { ...options, shell: process.platform === 'win32' });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 128, printed: Buffer.concat(chunks).toString('utf8') };
}

/** Which checks passed and which failed, by name. */
export interface CheckOutcome {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/**
 * Runs the named checks (all if none is named), two at once where there are cores for it, and hands on what each
 * printed.
 */
export async function runChecks(
  names: readonly string[],
  print: (text: string) => void,
): Promise<CheckOutcome> {
  const outcome = { passed: [] as string[], failed: [] as string[] };
  const waiting = checks.filter(({ name }) => names.length === 0 || names.includes(name)).values();
  const work = async () => {
    for (const { name, command } of waiting) {
      const { code, printed } = await gatherTool(command);
      print(`\n— ${name}: ${command.join(' ')}\n${printed}`);
      (code === 0 ? outcome.passed : outcome.failed).push(name);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return outcome;
}
