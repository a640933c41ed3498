import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeStartPage } from '../../../main/browser/start-page.ts';
import { downloadAddress, obstacleToWindows } from '../../../main/launch/electron-binary.ts';
import { browserOpener, openInBrowser } from '../../../main/launch/open-in-browser.ts';
import { readOptions, UsageError } from '../../../main/launch/options.ts';

describe('the command line', () => {
  it('needs nothing', () => {
    expect(readOptions([])).toMatchObject({ browser: false, demo: false, help: false });
    expect(readOptions([]).port).toBeUndefined();
  });

  it('reads every option', () => {
    expect(readOptions(['--browser', '--demo', '--data', '/tmp/a', '--port', '8080'])).toMatchObject({
      browser: true,
      demo: true,
      dataFolder: '/tmp/a',
      port: 8080,
    });
  });

  it.each([['--prot', '1'], ['--port', '70000'], ['--port', 'x'], ['file'], ['--data']])(
    'says in a sentence what is wrong with %s %s',
    (...parameters) => {
      expect(() => readOptions(parameters)).toThrow(UsageError);
      expect(() => readOptions(parameters)).toThrow(/\.$/);
    },
  );
});

describe('where a window can be opened', () => {
  it('is not Electron under root or without a display on Linux', () => {
    expect(obstacleToWindows('linux', { DISPLAY: ':0' }, 0)).toContain('sandbox');
    expect(obstacleToWindows('linux', {}, 1000)).toContain('display');
    expect(obstacleToWindows('linux', { DISPLAY: ':0' }, 1000)).toBeUndefined();
    expect(obstacleToWindows('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000)).toBeUndefined();
    expect(obstacleToWindows('win32', {}, undefined)).toBeUndefined();
  });

  it("asks the mirror that Electron's package would ask", () => {
    expect(downloadAddress({})).toMatch(/^https:\/\/github\.com\/electron\//);
    expect(downloadAddress({ ELECTRON_MIRROR: 'https://mirror.example/' })).toBe('https://mirror.example/');
  });

  it("opens the person's browser only where there is a screen", () => {
    expect(browserOpener('linux', {})).toBeUndefined();
    expect(browserOpener('linux', { DISPLAY: ':0' })?.program).toBe('xdg-open');
    expect(browserOpener('darwin', {})?.program).toBe('open');
    expect(browserOpener('win32', {})?.program).toBe('rundll32');
  });

  it('names a file of the owner alone in the command line, and no secret', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fedrecon-start-'));
    const link = `http://127.0.0.1:1/#${'t'.repeat(43)}`;
    const started: string[][] = [];
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      await openInBrowser(() => writeStartPage(folder, link), {
        ...{ platform, env: { DISPLAY: ':0' } },
        start: (program, parameters) => started.push([program, ...parameters]),
      });
    expect(started).toHaveLength(3);
    expect(started.flat().join(' ')).not.toMatch(/ttt|http/);
    const page = started[0]!.at(-1)!;
    expect(await readFile(page, 'utf8')).toContain(`url=${link}`);
    expect(await readdir(folder)).toHaveLength(1);
    if (process.platform !== 'win32') expect((await stat(page)).mode & 0o077).toBe(0);
  });
});
