import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { isOwn, isTrusted, webPreferences } from '../../../main/electron/policy.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

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

describe('the preload script as it is bundled', () => {
  execFileSync(process.execPath, ['build/electron.ts'], { cwd: project });
  const script = readFileSync(`${project}/build/out/electron/preload.cjs`, 'utf8');
  const exposed = new Map<string, Record<string, (...values: unknown[]) => unknown>>();
  const sent: unknown[][] = [];
  const listening = new Map<string, (event: unknown, ...values: unknown[]) => void>();
  runInNewContext(script, {
    module: { exports: {} },
    require: (name: string) => {
      expect(name).toBe('electron');
      return {
        contextBridge: {
          exposeInMainWorld: (key: string, value: Record<string, () => unknown>) => exposed.set(key, value),
        },
        ipcRenderer: {
          invoke: (...values: unknown[]) => sent.push(values),
          on: (channel: string, listener: () => void) => listening.set(channel, listener),
          removeListener: (channel: string) => listening.delete(channel),
        },
      };
    },
  });

  it('gives the window three named functions and nothing else', () => {
    expect([...exposed.keys()]).toEqual(['fedrecon']);
    expect(Object.keys(exposed.get('fedrecon')!)).toEqual(['call', 'subscribe', 'chooseFolder']);
  });

  it('sends calls on one channel and hands over events without their senders', () => {
    const bridge = exposed.get('fedrecon')!;
    bridge.call!('workstation.state', {});
    expect(sent).toEqual([['fedrecon:call', 'workstation.state', {}]]);
    const heard: unknown[][] = [];
    const end = bridge.subscribe!((...values: unknown[]) => heard.push(values)) as () => void;
    listening.get('fedrecon:event')!({ sender: 'secret' }, { type: 'state' });
    expect(heard).toEqual([[{ type: 'state' }]]);
    end();
    expect(listening.size).toBe(0);
  });
});
