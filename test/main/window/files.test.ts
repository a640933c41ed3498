import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultDataFolder } from '../../../main/window/data-folder.ts';
import { windowResource } from '../../../main/window/window-files.ts';

let folder: string;
const image = async (path: string) =>
  path === '/images/part/1/camera' ? { bytes: Buffer.from('png'), type: 'image/png' } : undefined;
const status = async (path: string) => (await windowResource(path, join(folder, 'window'), image)).status;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fedrecon-files-'));
  await mkdir(join(folder, 'window', 'assets'), { recursive: true });
  await writeFile(join(folder, 'window', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'window', 'assets', 'a.js'), '1');
  await writeFile(join(folder, 'window', 'notes.txt'), 'not a part of the window');
  await writeFile(join(folder, 'secret.js'), 'secret');
  await symlink(join(folder, 'secret.js'), join(folder, 'window', 'link.js'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('files of the window', () => {
  it('serves the page, its files with their types, and images', async () => {
    expect(await windowResource('/', join(folder, 'window'), image)).toMatchObject({
      status: 200,
      type: 'text/html; charset=utf-8',
    });
    expect(await windowResource('/assets/a.js', join(folder, 'window'), image)).toMatchObject({
      status: 200,
      type: 'text/javascript; charset=utf-8',
    });
    expect(await status('/images/part/1/camera')).toBe(200);
    expect(await status('/images/part/2/camera')).toBe(404);
  });

  it.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/../../secret.js',
    '/..\\secret.js',
    '/%5c..%5csecret.js',
    '/link.js',
    '/secret.js%00.html',
    '/%E0%A4%A',
    '/notes.txt',
    '/assets',
    '/missing.js',
    'index.html',
  ])('finds nothing at %s', async (path) => {
    expect(await status(path)).toBe(404);
  });
});

describe('the data folder', () => {
  it("is the platform's own place for application data", () => {
    expect(defaultDataFolder('linux', {}, '/home/a')).toBe('/home/a/.local/share/fedrecon');
    expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/a')).toBe('/data/fedrecon');
    expect(defaultDataFolder('darwin', {}, '/Users/a')).toBe('/Users/a/Library/Application Support/FedRecon');
    expect(defaultDataFolder('win32', { LOCALAPPDATA: 'C:/Local' }, 'C:/a')).toMatch(/^C:.Local.FedRecon$/);
  });
});
