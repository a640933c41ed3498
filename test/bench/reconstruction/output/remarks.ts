import { mean } from '../../../../training/measures/statistics.ts';
import { type Column, columns, headOf } from './columns.ts';
import { byFigure, cellText, competes, type Entry, type Group, isLabelled, spreadOf } from './summary.ts';

/** The figures that decide who is ahead. */
const deciding = columns.quality.filter(({ figure }) => ['psnr', 'ssim', 'coherence'].includes(figure));

/** Where FedRecon is ahead of every federated rival and where one of them is ahead of it, figure by figure. */
export function aheadAndBehind(groups: readonly Group[]): string[] {
  const against = (isRival: (entry: Entry) => boolean) =>
    groups.flatMap((group) =>
      deciding.flatMap(
        (column) => verdictOf(group, byFigure(group.entries.filter(isRival), column)[0], column) ?? [],
      ),
    );
  const equal = against(isRival);
  if (equal.length === 0) return [];
  const behind = equal.filter(({ lead }) => lead < 0);
  return [
    `fedrecon is ahead of every federated rival in ${equal.length - behind.length} of ${equal.length} cells ` +
      `(${deciding.map(({ title }) => title).join(', ')}; each source set in each setting).`,
    ...behind.map(({ text }) => text),
    ...labelled(groups),
  ];
}

/** Where a method that learns from labels is ahead: in a sentence a method, for it is no rival on equal terms. */
function labelled(groups: readonly Group[]): string[] {
  const methods = new Set(groups.flatMap(({ entries }) => entries.map(({ method }) => method)));
  return [...methods].filter(isLabelled).flatMap((name) => {
    const cells = groups.flatMap((group) => {
      const own = group.entries.find(({ method }) => method === name);
      const ahead = deciding.filter((column) => (verdictOf(group, own, column)?.lead ?? 0) < 0);
      return ahead.length === 0 ? [] : [`${placeOf(group)} (${ahead.map(({ title }) => title).join(', ')})`];
    });
    return cells.length === 0
      ? []
      : [`${name}, which learns from labels as no other method does, is ahead in: ${cells.join('; ')}.`];
  });
}

/** A table of FedRecon's lead over the best federated rival: a line a source set in each setting. */
export interface Leads {
  readonly head: readonly string[];
  readonly body: readonly (readonly { readonly text: string; readonly ahead: boolean }[])[];
  /** What each line of the body is about. */
  readonly places: readonly string[];
}

/** By how much FedRecon is ahead of the best federated rival in each deciding figure, or behind it. */
export function leadsOf(groups: readonly Group[]): Leads {
  const lines = groups.map((group) =>
    deciding.map((column) => {
      const rival = byFigure(group.entries.filter(isRival), column)[0];
      const found = verdictOf(group, rival, column);
      if (!rival || !found) return { text: '–', ahead: false };
      const sign = found.lead < 0 ? '−' : '+';
      const size = (column.scale * Math.abs(found.lead)).toFixed(column.decimals);
      return { text: `${sign}${size} (${rival.method})`, ahead: found.lead >= 0 };
    }),
  );
  return { head: deciding.map(headOf), body: lines, places: groups.map(placeOf) };
}

function verdictOf(
  group: Group,
  best: Entry | undefined,
  column: Column,
): { lead: number; text: string } | undefined {
  const ours = group.entries.find(({ method }) => method === 'fedrecon');
  const [own, other] = [ours, best].map((entry) => entry && spreadOf(entry, column.figure));
  if (!own || !other) return undefined;
  const lead = own.mean - other.mean;
  const near = own.deviation !== undefined && Math.abs(lead) < own.deviation + (other.deviation ?? 0);
  return {
    lead,
    text:
      `${placeOf(group)}: ${best!.method} is ahead in ${column.title}, ${cellText(other, column)} against ` +
      `${withUnit(cellText(own, column), column)}${near ? ' (within what the seeds differ by)' : ''}.`,
  };
}

/** What was set out to be reached, and whether it was; nothing is said of a goal whose rows are not there. */
export function goalsOf(groups: readonly Group[]): string[] {
  return groups.flatMap((group) => {
    const value = (method: string, figure: Column['figure']) => {
      const entry = group.entries.find((one) => one.method === method);
      return entry && spreadOf(entry, figure)?.mean;
    };
    const coherence = value('fedrecon', 'coherence');
    const goals: (string | undefined)[] = [
      met(value('fedrecon', 'spread'), value('fedavg-poe', 'spread'), (own, other) => ({
        met: own <= other / 2,
        text: `spread of the last ten rounds ${own.toFixed(2)} dB, fedavg-poe's ${other.toFixed(2)} dB (goal: at most half)`,
      })),
      met(coherence, value('centralised', 'coherence'), (own, other) => ({
        met: other - own <= 0.03,
        text: `coherence ${points(own)}, centralised ${points(other)} (goal: within 3 points)`,
      })),
      ...(
        [
          ['cgan', 10],
          ['diffusion', 100],
        ] as const
      ).map(([rival, times]) =>
        met(value('fedrecon', 'trainMflop'), value(rival, 'trainMflop'), (own, other) => {
          const theirs = value(rival, 'coherence') ?? 0;
          return {
            met: own <= other / times && coherence! >= theirs,
            text:
              `training costs ${shareOf(own, other)} ${rival}'s, coherence ${points(coherence!)} against ` +
              `${points(theirs)} (goal: at most 1/${times}, for equal or better coherence)`,
          };
        }),
      ),
    ];
    return goals.flatMap((goal) => (goal ? [`${placeOf(group)}: ${goal}`] : []));
  });
}

function met(
  own: number | undefined,
  other: number | undefined,
  judge: (own: number, other: number) => { met: boolean; text: string },
): string | undefined {
  if (own === undefined || other === undefined) return undefined;
  const { met, text } = judge(own, other);
  return `${met ? 'met' : '**not met**'}, ${text}.`;
}

/** The best federated rivals of some groups, by the mean of their places in PSNR, SSIM and coherence. */
export function bestRivals(groups: readonly Group[], count: number): string[] {
  const places = new Map<string, number[]>();
  for (const { entries } of groups)
    for (const column of deciding)
      for (const [place, { method }] of byFigure(entries.filter(isRival), column).entries())
        places.set(method, [...(places.get(method) ?? []), place]);
  return [...places]
    .sort(([, a], [, b]) => mean(a) - mean(b))
    .slice(0, count)
    .map(([method]) => method);
}

function isRival({ method }: Entry): boolean {
  return method !== 'fedrecon' && competes(method);
}

function placeOf({ alpha, missing, source }: Group): string {
  return `alpha ${alpha}, ${100 * missing} % without a camera, camera ← ${source}`;
}

/** `1/12.3 of`, or `1.4 times` where it is more. */
function shareOf(own: number, other: number): string {
  return own <= other ? `1/${(other / own).toFixed(1)} of` : `${(own / other).toFixed(1)} times`;
}

function points(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function withUnit(text: string, { unit }: Column): string {
  return unit === '' ? text : `${text} ${unit}`;
}
