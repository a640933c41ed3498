import type { PieceFact, ReasonFacts } from './facts.ts';

/** Patterns of a language; each says one kind of fact. */
export interface Patterns {
  readonly one: (target: string, source: string) => string;
  readonly several: (target: string, sources: readonly { name: string; change: number }[]) => string;
  readonly region: (value: number, usual: number) => string;
  readonly towards: (pieces: readonly string[]) => string;
  readonly against: (pieces: readonly string[]) => string;
  /** Pieces that raised the value of a region; `towards` and `against` are for the whole. */
  readonly raised: (pieces: readonly string[]) => string;
  readonly lowered: (pieces: readonly string[]) => string;
  readonly nothing: string;
  readonly agreement: Readonly<Record<'strong' | 'partly' | 'none', (agreement: number) => string>>;
  readonly nearest: (id: string) => string;
  readonly piece: (piece: PieceFact) => string;
}

/** Least rank correlations at which taking things away confirms the attributions, or does so in part. */
const levels = [
  { level: 'strong', least: 0.7 },
  { level: 'partly', least: 0.3 },
  { level: 'none', least: -1 },
] as const;

/**
 * Sentences of an explanation in plain words: a pattern for each kind of fact that there is, and nothing beside them.
 */
export function sentencesOf(facts: ReasonFacts, patterns: Patterns): string[] {
  const { target, region, sources, towards, against, agreement, nearest } = facts;
  const pieces = (list: readonly PieceFact[]) => list.map((piece) => patterns.piece(piece));
  const level = levels.find(({ least }) => agreement !== undefined && agreement >= least)?.level;
  return [
    ...(region ? [patterns.region(region.value, region.usual)] : []),
    ...(sources.length === 1 ? [patterns.one(target, sources[0]!.name)] : []),
    ...(sources.length > 1 ? [patterns.several(target, sources)] : []),
    ...(towards.length > 0 ? [(region ? patterns.raised : patterns.towards)(pieces(towards))] : []),
    ...(against.length > 0 ? [(region ? patterns.lowered : patterns.against)(pieces(against))] : []),
    ...(towards.length + against.length === 0 ? [patterns.nothing] : []),
    ...(level ? [patterns.agreement[level](agreement!)] : []),
    ...(nearest === undefined ? [] : [patterns.nearest(nearest)]),
  ];
}
