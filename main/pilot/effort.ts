import type { PilotEffort } from '../api/views/pilot.ts';
import type { Label } from '../api/views.ts';
import type { PilotBasis } from './basis.ts';
import { both, plain } from './labels.ts';
import { partsForCalibration } from './recommendation.ts';

/** Tasks that every plant does once, in minutes: counted in talks with plants' own staff, not in programmers' time. */
const once: readonly (readonly [Label, number])[] = [
  [{ en: 'Read the plan and agree on its purpose', ja: '計画書を読み、目的を合意する' }, 60],
  [
    {
      en: 'Install, connect the folder, look at the import',
      ja: '導入し、フォルダーを接続して取り込みを確かめる',
    },
    45,
  ],
];
/** Minutes to measure on a part what it lacks, so that confidence can be checked on it. */
const minutesToMeasure = 3;
/** Parts and minutes of a first review of reconstructions, before anyone relies on them. */
const firstReview = { parts: 100, minutesEach: 0.5 };

/** The hours of a person that a start takes, line by line. */
export function estimateEffort(basis: PilotBasis): PilotEffort[] {
  const repairs = basis.findings
    .filter(({ minutes }) => minutes.once + minutes.each > 0)
    .map(({ title, minutes: { once, times, each } }) =>
      line(
        { en: `Look after: ${shortened(title.en)}`, ja: `対応：${shortened(title.ja)}` },
        times,
        each,
        once,
      ),
    );
  const lacking = Math.max(0, partsForCalibration(basis) - basis.paired);
  const measure = line(
    { en: 'Measure parts fully, for checking confidence', ja: '信頼度の検証用に、部品のすべての計測を行う' },
    lacking,
    minutesToMeasure,
  );
  return [
    ...once.map(([text, minutes]) => line(text, 1, minutes)),
    ...repairs,
    ...(lacking > 0 ? [measure] : []),
    line(
      { en: 'Look through the first reconstructions', ja: '最初の復元を目で確かめる' },
      firstReview.parts,
      firstReview.minutesEach,
    ),
  ];
}

/** The sum, in hours. */
export function hoursOf(lines: readonly PilotEffort[]): number {
  return lines.reduce((sum, { minutes }) => sum + minutes, 0) / 60;
}

/**
 * Line of the estimate: `first` + `times` × `each` minutes.
 * @param first minutes that it takes however few there are
 */
function line(text: Label, times: number, each: number, first = 0): PilotEffort {
  const minutes = first + times * each;
  const arithmetic = plain(({ number }) => {
    const product = times > 1 && each > 0 ? `${number(times)} × ${number(each, 1)}` : '';
    const terms = [first > 0 ? number(first, 1) : '', product || (times * each > 0 ? number(each, 1) : '')];
    const written = terms.filter((term) => term !== '').join(' + ');
    return written === number(minutes) ? '' : `${written} = `;
  });
  return {
    text,
    minutes,
    arithmetic: both(({ language, number }) => ({
      en: `${arithmetic[language]}${number(minutes)} min`,
      ja: `${arithmetic[language]}${number(minutes)} 分`,
    })),
  };
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 58)}…` : text;
}
