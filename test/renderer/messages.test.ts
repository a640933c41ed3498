import { describe, expect, it } from 'vitest';
import { controls } from '../../protocol/controls.ts';
import { en } from '../../renderer/i18n/en.ts';
import { ja } from '../../renderer/i18n/ja.ts';

/** Every string of a table by its path; functions are called with plausible values. */
function strings(table: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(table)) {
    const name = `${path}${key}`;
    if (typeof value === 'string') found.set(name, value);
    else if (typeof value === 'function') found.set(name, String(value(3, 5, 1)));
    else for (const [inner, text] of strings(value as object, `${name}.`)) found.set(inner, text);
  }
  return found;
}

/** Words that are the same in both languages: names, keys and units. */
const shared =
  /^(quoted|app\.name|keys\.fixed\.\d+\.0|round\.none|preview\.reading\.reads|review\.(share|position)|loss\.from)$/;

describe('the strings of the window', () => {
  const english = strings(en);
  const japanese = strings(ja);

  it('are the same set in both languages', () => {
    expect([...japanese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each(['en', 'ja'] as const)('hold the words by which cures of errors name controls (%s)', (language) => {
    const shown = new Set((language === 'en' ? english : japanese).values());
    const named = Object.values(controls).flatMap(({ window }) =>
      [...window[language].matchAll(/[“「](.+?)[”」]/g)].map(([, words]) => words!),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((words) => words !== '{column}' && !shown.has(words))).toEqual([]);
  });

  it('are all written in their own language', () => {
    const kana = /[ぁ-んァ-ン一-龠]/;
    for (const [name, text] of english) {
      expect(text.trim(), name).not.toBe('');
      expect(text, name).not.toMatch(kana);
    }
    for (const [name, text] of japanese) if (!shared.test(name)) expect(text, name).toMatch(kana);
  });
});
