import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Control, controls } from '../../protocol/controls.ts';
import type { ErrorEntry } from '../../protocol/errors/entry.ts';
import { retiredCodes } from '../../protocol/errors/retired.ts';
import { describeError, errorRecord, errorTable, FedReconError } from '../../protocol/errors.ts';

const root = resolve(import.meta.dirname, '../..');
const sources = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));

const entries = Object.entries(errorTable) as [string, ErrorEntry][];
const placeholders = ({ title, cure }: { title: string; cure: string }) =>
  new Set(`${title} ${cure}`.match(/\{\w+\}|\[\[[^\]]+\]\]/g) ?? []);

describe('the error table', () => {
  it.each(entries)(
    '%s says what happened and what to do, in both languages with the same facts',
    (_code, entry) => {
      for (const { title, cure } of [entry.en, entry.ja]) {
        expect(title.length).toBeGreaterThan(5);
        expect(cure.length).toBeGreaterThan(5);
      }
      expect(entry.ja.title + entry.ja.cure).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
      expect(placeholders(entry.ja)).toEqual(placeholders(entry.en));
      expect(entry.status).toBeGreaterThanOrEqual(400);
    },
  );

  it('names controls that there are, and each of them somewhere', () => {
    const named = entries.flatMap(([, { en }]) =>
      [...en.cure.matchAll(/\[\[([^\]]+)\]\]/g)].map(([, name]) => name!),
    );
    expect([...new Set(named)].toSorted()).toEqual(Object.keys(controls).toSorted());
    for (const [code, { en, ja }] of entries) expect(`${code} ${en.title}${ja.title}`).not.toContain('[[');
  });

  it.each(['en', 'ja'] as const)(
    'names settings by controls alone, never as one place writes them (%s)',
    (language) => {
      for (const [code, entry] of entries)
        expect(`${code}: ${entry[language].cure.replace(/\[\[[^\]]+\]\]/g, '')}`).not.toMatch(
          /--set|\b[a-zA-Z]+=\S|command line, /,
        );
    },
  );

  it('sends whoever reads it in the window to a control, and whoever types to an option', () => {
    const cure = (place?: keyof Control, language: 'en' | 'ja' = 'en') =>
      describeError('part-repeated', { id: 'A', other: 'b.csv', first: 2 }, language, place).cure;
    expect(cure('window')).toContain('(“Part numbers in several tables” → “count anew in each table”)');
    expect(cure('window', 'ja')).toContain(
      '（「複数の表に出てくる部品番号」→「表ごとに番号を振り直している」）',
    );
    expect(cure('command')).toContain('(--set ids=by-table)');
    expect(cure()).toBe(cure('command'));
    expect(describeError('id-unconfirmed', { column: 'lot' }, 'en').cure).toContain('--set id=lot)');
  });

  it('gives each code to one error, and none again that was retired', () => {
    const written = sources('protocol/errors/**/*.ts').flatMap((source) =>
      [...source.matchAll(/^ {2}'?([a-z-]+)'?: \{$/gm)].map(([, code]) => code!),
    );
    expect(written.toSorted()).toEqual(Object.keys(errorTable).toSorted());
    expect(retiredCodes.filter((code) => written.includes(code))).toEqual([]);
    expect(new Set(retiredCodes).size).toBe(retiredCodes.length);
  });

  it('holds no error that nothing says', () => {
    const said = sources(
      '{protocol/*.ts,{protocol/{kinds,calibration},training,main,aggregator}/**/*.ts}',
    ).join('\n');
    expect(Object.keys(errorTable).filter((code) => !said.includes(`'${code}'`))).toEqual([]);
  });

  it('fills in facts, and carries no stack of an unknown error across a border', () => {
    const error = new FedReconError('model-unknown', { version: 7 });
    expect(error.message).toBe('There is no model version 7 [model-unknown]');
    expect(describeError('model-unknown', { version: 7 }, 'ja').title).toContain('7');
    expect(errorRecord(error)).toEqual({ code: 'model-unknown', detail: { version: 7 } });
    expect(errorRecord(new TypeError('secret path'))).toEqual({ code: 'internal', detail: {} });
  });
});
