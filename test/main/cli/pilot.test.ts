import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { PilotReport } from '../../../main/api/views/pilot.ts';
import { fedreconCommands } from '../../../main/cli/commands.ts';
import { terminalText } from '../../../main/pilot/terminal-report.ts';
import { openStore } from '../../../main/store/store.ts';
import { type Typed, typed } from '../../support/typed-command.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
import { reviewedFolder } from '../support/reviewed.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

const pilot = (...words: string[]) => typed(fedreconCommands, ['pilot', ...words]);

/** `npm run fedrecon -- pilot …`, as a person types it. @param onError told what it says on standard error */
async function pilotAsTyped(
  words: readonly string[],
  onError: (text: string, kill: () => void) => void = () => {},
): Promise<Typed> {
  const home = temporaryFolder();
  const child = spawn(process.execPath, ['main/cli/fedrecon.ts', 'pilot', ...words], {
    cwd: project,
    env: { ...process.env, NODE_OPTIONS: '', XDG_DATA_HOME: home, HOME: home, LANG: 'en_US.UTF-8' },
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
    onError(errors, () => child.kill('SIGINT'));
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}

async function smallPlant(): Promise<{ folder: string; plan: string; out: string }> {
  const root = temporaryFolder();
  const folder = await writePlant(join(root, 'plant'), ['camera', 'gauge', 'note'], 60);
  const plan = join(root, 'plan.json');
  await writeFile(plan, JSON.stringify(tinyPlan));
  const out = join(root, 'out');
  await mkdir(out);
  return { folder, plan, out };
}

describe('fedrecon pilot', () => {
  it('checks a folder and writes the report in both languages', async () => {
    const { folder, plan, out } = await smallPlant();
    const { code, output, errors } = await pilotAsTyped([
      folder,
      '--plan',
      plan,
      '--minutes',
      '0.03',
      '--line',
      '2',
      '--out',
      out,
      '--json',
    ]);
    expect(errors).not.toContain('Error');
    expect(code).toBe(0);
    expect(errors).toContain('fedrecon-pilot-plant-en.pdf');
    expect((await readdir(out)).sort()).toEqual([
      'fedrecon-pilot-plant-en.pdf',
      'fedrecon-pilot-plant-ja.pdf',
    ]);
    const report = JSON.parse(output) as PilotReport;
    expect(terminalText(report, 'en')).toMatch(/What is there[\s\S]*2 Mbit\/s/);
    expect(report.data.modalities.map(({ present }) => present)).toEqual([60, 60, 60]);
    expect(report.speed.devices.length).toBeGreaterThan(0);
    expect(report.quality.modalities.length).toBeGreaterThan(0);
    expect(report.decision).not.toBe('go');
  });

  it('stops at Ctrl-C and leaves nothing behind', async () => {
    const { folder, plan, out } = await smallPlant();
    let asked = false;
    const { code, errors } = await pilotAsTyped(
      [folder, '--plan', plan, '--minutes', '60', '--out', out],
      (text, kill) => {
        // Asking twice would end it at once.
        if (!asked && text.includes('probing')) {
          asked = true;
          kill();
        }
      },
    );
    expect(code).toBe(130);
    expect(errors).toContain('Stopped');
    expect(await readdir(out)).toEqual([]);
  });

  it('writes no report where the plan of the joined federation lets nobody export, and the log keeps the attempt', async () => {
    const { folder, out } = await smallPlant();
    const data = await reviewedFolder(temporaryFolder(), { policy: { exportBy: [] } });
    const { code, errors } = await pilot(folder, '--data', data, '--out', out);
    expect(code).toBe(1);
    expect(errors).toContain('The plan');
    expect(await readdir(out)).toEqual([]);
    const store = await openStore(data);
    expect(store.log.after(0, 10).map(({ action, detail }) => [action, detail.call])).toContainEqual([
      'export.refused',
      'pilot.save',
    ]);
    store.close();
  });

  it('says in one sentence what is wrong with the words or the folder', async () => {
    expect(await pilot()).toMatchObject({ code: 2, errors: 'the folder is missing.\n' });
    const nowhere = await pilot('/nowhere', '--minutes', '0');
    expect(nowhere.code).toBe(2);
    expect(nowhere.errors).toContain('--minutes takes');
    const missing = await pilot('/nowhere');
    expect(missing.code).toBe(1);
    expect(missing.errors).toMatch(/The folder \/nowhere cannot be read\.\nCheck that it exists/);
  });
});
