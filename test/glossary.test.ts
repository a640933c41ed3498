import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorTable } from '../protocol/errors.ts';
import { breachesOf, readGlossary, type Term } from './support/glossary.ts';
import { pairsIn, pairsOfCatalogues, type TextPair } from './support/texts.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const filesOf = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((path) => path.replaceAll('\\', '/'));

/** Texts that may differ from the glossary, and why. */
const letOff: Readonly<Record<string, string>> = {
  'renderer/i18n/en.ts: app.product': 'is the name of the product, which is the same in both languages',
};

const glossary = readGlossary(read('docs/glossary.md'));

describe('the glossary', () => {
  it('explains every term', () => {
    expect(glossary.length).toBeGreaterThan(60);
    for (const { term, ja, meaning } of glossary) {
      expect(term, meaning).not.toBe('');
      expect(ja, term).toMatch(/[ぁ-ヿ一-鿿]/);
      expect(meaning, term).toMatch(/^[A-Z].*[.]$/);
    }
  });

  it('has one term a word, and one word a term', () => {
    for (const words of [glossary.flatMap(({ forms }) => forms), glossary.map(({ ja }) => ja)])
      expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it('forbids no term', () => {
    const terms = new Set(glossary.flatMap(({ forms, ja }) => [...forms, ja]));
    expect(glossary.flatMap(({ forbidden }) => forbidden).filter((word) => terms.has(word))).toEqual([]);
  });
});

describe('the texts that a person reads', () => {
  let texts: TextPair[];

  beforeAll(() => {
    texts = [
      ...filesOf('renderer/i18n/**/en.ts').flatMap((path) =>
        pairsOfCatalogues(path, path.replace(/en\.ts$/, 'ja.ts'), read),
      ),
      ...filesOf('{protocol,training,main,aggregator}/**/*.ts').flatMap((path) => pairsIn(path, read(path))),
    ];
  });

  it('are found: catalogues, errors and the words of the report', () => {
    const found = texts.map(({ where }) => where);
    expect(found).toContain('renderer/i18n/en.ts: round.join');
    expect(found).toContain('renderer/i18n/trust/en.ts: trust.trust.verdicts.no-ground');
    for (const code of Object.keys(errorTable))
      for (const part of ['title', 'cure'])
        expect(found.filter((where) => where.endsWith(`.${code}.${part}`))).not.toEqual([]);
    for (const file of ['recommendation', 'findings', 'risks', 'report', 'report-words'])
      expect(found.filter((where) => where.startsWith(`main/pilot/${file}.ts`))).not.toEqual([]);
  });

  it('keep to the glossary', () => {
    const breaches = texts
      .filter(({ where }) => !(where in letOff))
      .flatMap((pair) => breachesOf(glossary, pair));
    expect(breaches).toEqual([]);
  });

  it('are let off only where they would break it', () => {
    const breaking = texts.filter((pair) => breachesOf(glossary, pair).length > 0).map(({ where }) => where);
    expect([...new Set(breaking)].toSorted()).toEqual(Object.keys(letOff).toSorted());
  });
});

describe('a text that breaks the glossary', () => {
  const terms: Term[] = readGlossary(`
| Term | Forms | 日本語 | Meaning | Not |
| --- | --- | --- | --- | --- |
| headquarters | | 本部 | Who runs it. | head office, 本社 |
| plan | plans | 計画書 | What is agreed. | 計画 |
| model version | model versions | 版 | By number. | |
| model | models | モデル | What computes. | |
| log | – | 記録 | Entries. | ログ |
`);
  const breaches = (en: string, ja: string) => breachesOf(terms, { where: 'here', en, ja }).map(withoutTexts);
  const withoutTexts = (breach: string) => breach.replace(/ \(.*/s, '');

  it.each([
    [
      'has a term in one language only',
      'Ask Headquarters.',
      '聞いてください。',
      'here: headquarters without 本部',
    ],
    ['has an inflection of a term', 'No plans', 'なし', 'here: plan without 計画書'],
    [
      'has the forbidden word beside the right one',
      'The plan',
      '計画書の計画',
      'here: “計画” must not stand for plan',
    ],
    ['has it in English', 'The head office', '', 'here: “head office” must not stand for headquarters'],
    ['has it in katakana', 'log', 'ログを見る', 'here: “ログ” must not stand for log'],
  ])('is found where it %s', (_what, en, ja, breach) => {
    expect(breaches(en, ja)).toEqual([breach]);
  });

  it.each([
    ['a longer term holds a shorter one', 'Model version 3', '第 3 版'],
    ['a longer word holds a term', 'The planet', '惑星'],
    ['a longer word in katakana holds a forbidden one', 'program', 'プログラム'],
    ['a term holds what is forbidden', 'The plan', '計画書'],
    ['a command is typed', 'Type "aggregator init --plan FILE"', '入力してください'],
    ['a term is only explained', 'The log', ''],
  ])('is not found where %s', (_what, en, ja) => {
    expect(breaches(en, ja)).toEqual([]);
  });

  it('is found in every branch, however it is written', () => {
    const source = `
      const words = { en: { one: (n: number) => (n === 1 ? 'a plan' : \`\${n} plans\`) }, ja: { one: () => '計画' } };
      const label = both(() => ({ en: \`for \${kind === 'plan' ? 'it' : 'them'}\`, ja: \`用\` }));`;
    expect(pairsIn('a.ts', source)).toEqual([
      { where: 'a.ts: words.one', en: 'a plan | … plans', ja: '計画' },
      { where: 'a.ts: label', en: 'for … | it | them', ja: '用' },
    ]);
  });

  it('is found in catalogues by the same keys', () => {
    const files: Record<string, string> = {
      'en.ts': "export const en = { ...more, app: { name: 'Plan' } } satisfies Words;",
      'ja.ts': "export const ja: Words = { ...more, app: { name: '計画' } };",
    };
    expect(pairsOfCatalogues('en.ts', 'ja.ts', (path) => files[path]!)).toEqual([
      { where: 'en.ts: app.name', en: 'Plan', ja: '計画' },
    ]);
  });
});
