import { describe, expect, it } from 'vitest';
import { isOwn, isTrusted, webPreferences } from '../../../main/electron/window-origin.ts';

describe('what belongs to the window', () => {
  it.each(['app://window/', 'app://window/assets/a.js', 'app://window/images/part/1/camera?model=2'])(
    '%s does',
    (address) => expect(isOwn(address)).toBe(true),
  );
  it.each([
    'https://window/',
    'app://other/',
    'app://window.evil.example/',
    'app://user@window/',
    'app://window:80/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'devtools://devtools',
    '',
  ])('%s does not', (address) => expect(isOwn(address)).toBe(false));
});

describe('who is heard', () => {
  const sender = { url: 'app://window/', isMainFrame: true, isOwnWindow: true };
  it('is the main frame of our own window on our own page, and nobody else', () => {
    expect(isTrusted(sender)).toBe(true);
    expect(isTrusted(undefined)).toBe(false);
    expect(isTrusted({ ...sender, url: 'https://evil.example/' })).toBe(false);
    expect(isTrusted({ ...sender, isMainFrame: false })).toBe(false);
    expect(isTrusted({ ...sender, isOwnWindow: false })).toBe(false);
  });
});

describe('the window', () => {
  it('is sandboxed and isolated, without Node, guests or experiments', () => {
    expect(webPreferences('/preload.cjs')).toEqual({
      preload: '/preload.cjs',
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      sandbox: true,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
  });
});
