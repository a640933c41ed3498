import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../main/api/format.ts';
import { en } from '../../renderer/i18n/en.ts';
import { ja } from '../../renderer/i18n/ja.ts';
import { type DetailLanguage, detailTerm, detailWords } from '../../renderer/pages/log/said-detail.ts';

const labels: Readonly<Record<string, readonly [en: string, ja: string]>> = {
  camera: ['Camera', 'カメラ'],
  gauge: ['Profile gauge', '形状ゲージ'],
};

function languageOf(language: 'en' | 'ja'): DetailLanguage {
  const { number, significant } = formatsOf(language);
  return {
    t: { en, ja }[language],
    whole: (value) => number(value),
    significant,
    time: (rfc3339) => rfc3339.slice(0, 10),
    list: (words) => words.join(' + '),
    measurement: (name) => labels[name]?.[language === 'en' ? 0 : 1] ?? name,
  };
}

/** What a person reads of a detail: a line a field. */
const read = (detail: object, language: 'en' | 'ja') =>
  Object.entries(detail).map(
    ([name, value]) =>
      `${detailTerm(name, languageOf(language))}: ${detailWords(name, value, languageOf(language))}`,
  );

describe('what an entry of the log says', () => {
  it('is said with the measurements, reasons and verdicts that a person knows, however deep they stand', () => {
    const detail = {
      modality: 'camera',
      part: 'A-7',
      reason: 'wrong-shape',
      sources: [{ modality: 'gauge', share: 0.70001 }],
      trust: { verdict: 'no-ground', tolerance: null },
    };
    expect(read(detail, 'en')).toEqual([
      'Measurement: Camera',
      'Part: A-7',
      'Reason: Wrong shape',
      'Rests on: Measurement: Profile gauge, Share: 0.7',
      'Trust: Verdict: No ground, Tolerance: –',
    ]);
    expect(read(detail, 'ja')).toEqual([
      '計測: カメラ',
      '部品: A-7',
      '理由: 形が違う',
      '元の計測: 計測: 形状ゲージ, 割合: 0.7',
      '使ってよいか: 使用の可否: 根拠なし, 許容値: –',
    ]);
  });

  it('counts by measurement, lists roles and measurements, and writes numbers and times as the language does', () => {
    const detail = {
      modalities: { gauge: 12_345 },
      has: ['camera', 'gauge'],
      seenBy: ['operator', 'engineer'],
      acknowledged: true,
      names: [],
      importedAt: '2026-01-02T03:04:05.678Z',
    };
    expect(read(detail, 'ja')).toEqual([
      '計測: 形状ゲージ: 12,345',
      '計測するもの: カメラ + 形状ゲージ',
      '見てよい人: 作業員 + 品質技術者',
      '評価できない部分を承知: はい',
      '部品の名前: –',
      '取り込み日時: 2026-01-02',
    ]);
  });

  it('gives a reason of the list its words also where something was written besides', () => {
    expect(read({ reason: 'wrong-shape: bent' }, 'en')).toEqual([
      `Reason: ${en.review.reasonTexts['wrong-shape']} – bent`,
    ]);
    expect(read({ reason: 'wrong-shape: bent' }, 'ja')).toEqual(['理由: 形が違う – bent']);
  });

  it('keeps what nobody gave words, and a reason that a person wrote', () => {
    expect(read({ later: 'x', reason: 'scratched' }, 'en')).toEqual(['later: x', 'Reason: scratched']);
  });
});
