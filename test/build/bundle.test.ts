import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
execFileSync(process.execPath, ['build/electron.ts'], { cwd: project });

describe('the preload script as it is bundled', () => {
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

  it('gives the window its named functions and nothing else', () => {
    expect([...exposed.keys()]).toEqual(['fedrecon']);
    expect(Object.keys(exposed.get('fedrecon')!)).toEqual([
      'call',
      'subscribe',
      'notify',
      'mayNotify',
      'startAtLogin',
      'chooseFolder',
    ]);
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

describe('the image library', () => {
  it.each(['main.js', 'training.js', 'pictures.js'])(
    'is loaded by the picture process alone: %s',
    (bundle) => {
      const code = readFileSync(`${project}/build/out/electron/${bundle}`, 'utf8');
      expect(/import\("sharp"\)|from "sharp"/.test(code)).toBe(bundle === 'pictures.js');
      // The app starts it under this name.
      if (bundle === 'main.js') expect(code).toContain('"pictures.js"');
    },
  );
});

describe('the package', () => {
  const { files } = JSON.parse(readFileSync(`${project}/build/electron-builder.json`, 'utf8')) as {
    files: string[];
  };

  it('ships every library that the bundles import', () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(`${project}/package.json`, 'utf8'),
    ) as Record<'dependencies' | 'optionalDependencies', Record<string, string>>;
    const shipped = new Set(['electron', ...Object.keys({ ...dependencies, ...optionalDependencies })]);
    const left = files
      .filter((pattern) => pattern.startsWith('!node_modules/'))
      .map((pattern) => pattern.slice('!node_modules/'.length).replace('/**', ''));
    for (const bundle of ['main.js', 'training.js', 'pictures.js']) {
      const code = readFileSync(`${project}/build/out/electron/${bundle}`, 'utf8');
      const imports = [...code.matchAll(/^import [^;]*?["']([^"'.][^"']*)["'];$/gm)].map(
        (match) => match[1]!,
      );
      expect(imports.length).toBeGreaterThan(3);
      for (const name of imports.filter((specifier) => !isBuiltin(specifier))) {
        const owner = name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/');
        expect(shipped, `${bundle} imports ${name}`).toContain(owner);
        expect(left.some((pattern) => owner === pattern || owner.startsWith(pattern.replace('*', '')))).toBe(
          false,
        );
      }
    }
  });
});
