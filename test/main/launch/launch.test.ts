import { describe, expect, it } from 'vitest';
import { downloadAddress, obstacleToWindows } from '../../../main/launch/electron-binary.ts';
import { browserOpener } from '../../../main/launch/open-address.ts';
import { readOptions, UsageError } from '../../../main/launch/options.ts';

describe('the command line', () => {
  it('needs nothing', () => {
    expect(readOptions([])).toMatchObject({ browser: false, demo: false, help: false, port: 0 });
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
});
