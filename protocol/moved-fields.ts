import type { ProblemWords } from './issue-words.ts';

/**
 * Fields that a plan once had elsewhere, by their old path, and what to write instead. Whoever brings an older plan is told
 * the cure here; a number that kept its name and only stands under `research` now needs no row.
 */
const cures: ReadonlyMap<string, ProblemWords> = new Map([
  ['mapping.input', movedTo('mappingInput')],
  [
    'completion',
    {
      problem: 'there is no such section any more: leave it out',
      problemJa: 'この項目はなくなりました。削除してください',
    },
  ],
  ['completion.refine', movedTo('refine')],
  ['completion.distillation', movedTo('refineDistillation')],
  ['completion.cycle', movedTo('cycle')],
  ['continual.distillation', movedTo('mappingDistillation')],
  [
    'server',
    {
      problem:
        'other rules than momentum are no option any more: leave it out, or write research.serverMomentum',
      problemJa:
        'momentum 以外の規則は選べなくなりました。削除するか、research.serverMomentum と書いてください',
    },
  ],
  [
    'server.momentum',
    {
      problem: 'it has moved: write research.serverMomentum, and leave "server" out',
      problemJa: '場所が変わりました。research.serverMomentum と書き、「server」は削除してください',
    },
  ],
  [
    'serverByRole',
    {
      problem: 'one rule holds for all modules now: leave it out, or write research.serverMomentum',
      problemJa: '規則は全モジュール共通になりました。削除するか、research.serverMomentum と書いてください',
    },
  ],
  [
    'reconstruction.fusion',
    {
      problem:
        'how sources are fused is one number now: leave it out, or write research.errorCorrelation above 0',
      problemJa:
        '統合の方法は一つの数値になりました。削除するか、research.errorCorrelation に 0 より大きい値を書いてください',
    },
  ],
  ['training.contrastiveTemperature', noOption()],
  ['training.distributionDistance', noOption()],
]);

function movedTo(name: string): ProblemWords {
  return {
    problem: `it has moved: write research.${name}`,
    problemJa: `場所が変わりました。research.${name} と書いてください`,
  };
}

function noOption(): ProblemWords {
  return {
    problem: 'it is no option any more: leave it out',
    problemJa: 'この設定はなくなりました。削除してください',
  };
}

/** Old paths of fields, as in `mapping.input`. */
export const movedFields: readonly string[] = [...cures.keys()];

/**
 * Cure for a field that stood at `path` in an older plan and had `value`; for a section that is gone, the cure for the
 * first of its fields that has moved. Undefined where no plan ever had such a field.
 */
export function movedField(
  path: string,
  value: unknown,
): ({ readonly field: string } & ProblemWords) | undefined {
  const inside = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const field = [...inside.map((key) => `${path}.${key}`), path].find((known) => cures.has(known));
  return field === undefined ? undefined : { field, ...cures.get(field)! };
}

/** Cure for a `format` that is not that of today's plans. */
export function formatCure(format: unknown): ProblemWords {
  if (format !== 'fedrecon-plan/1')
    return { problem: 'write "fedrecon-plan/2"', problemJa: '"fedrecon-plan/2" と書いてください' };
  return {
    problem:
      'this is a plan of the older form: write "format": "fedrecon-plan/2", and move the method\'s numbers under "research" (docs/plan.md lists them); each field that stands in an old place is then named with its new one',
    problemJa:
      '古い形式の計画書です。"format": "fedrecon-plan/2" と書き、手法の数値を "research" の中に移してください（docs/plan.md に一覧があります）。古い場所に残った項目は、新しい場所とともに一つずつ示します',
  };
}
