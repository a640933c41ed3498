import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../protocol/plan-file.ts';
import { jsonWords, systemWords } from '../../protocol/system-words.ts';

const errorWith = (code: string) => Object.assign(new Error(`${code}: no such thing, open '/x'`), { code });

describe('words for what the system says', () => {
  it('are of the reader’s language, with the code for whoever looks it up', () => {
    expect(systemWords(errorWith('EACCES'))).toEqual({
      problem: 'access is denied (EACCES)',
      problemJa: '権限がありません（EACCES）',
    });
  });

  it('are the code alone where nobody has words, never a raw sentence', () => {
    expect(systemWords(errorWith('EWHAT'))).toEqual({ problem: 'EWHAT', problemJa: 'EWHAT' });
    expect(systemWords(errorWith('constructor')).problem).toBe('constructor');
    expect(systemWords('thrown').problem).toBe('?');
  });
});

describe('words for a text that is no JSON', () => {
  const of = (text: string) => {
    try {
      JSON.parse(text);
    } catch (thrown) {
      return jsonWords(thrown);
    }
    return undefined;
  };

  it('name the place where reading ended', () => {
    expect(of('{\n  "a": 1\n  "b": 2\n}')).toEqual({
      problem: 'it is no JSON from line 3, character 3 on',
      problemJa: '3 行目の 3 文字目から JSON として読めません',
    });
    expect(of('{\n "a": tru }')?.problemJa).toMatch(/^JSON として読めません（.*tru.*）$/);
    expect(of('{"a": [1, 2')?.problem).toMatch(/no JSON|no end/);
    expect(of('')?.problemJa).toBe('JSON が途中で終わっています');
  });

  it('hold nothing of the parser’s own English in Japanese', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const japanese = of(text)?.problemJa ?? '';
        expect(japanese).not.toMatch(/Unexpected|Expected|in JSON at|not valid/);
      }),
    );
  });

  it('stand in the refusal of a plan file, with its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fedrecon-words-'));
    const file = join(folder, 'plan.json');
    writeFileSync(file, '{\n  "name": "x"\n  "format": 1\n}');
    await expect(readPlan(file)).rejects.toMatchObject({
      code: 'plan-invalid',
      detail: { field: file, problemJa: '3 行目の 3 文字目から JSON として読めません' },
    });
    rmSync(folder, { recursive: true });
  });
});
