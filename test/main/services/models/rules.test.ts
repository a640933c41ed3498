import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { theWorkstation } from '../../../../main/log/entries.ts';
import { isSigned, modelHash } from '../../../../main/log/sign-off.ts';
import {
  adoptByPolicy,
  type Books,
  decide,
  holdWorse,
  modelInUse,
} from '../../../../main/services/models/decide.ts';
import { adoptionIn } from '../../../../main/store/adoption.ts';
import { openStoreDatabase, type StoreDatabase } from '../../../../main/store/database.ts';
import { enrolmentsIn } from '../../../../main/store/enrolment.ts';
import { logIn } from '../../../../main/store/log-store.ts';
import { modelsIn } from '../../../../main/store/model-store.ts';
import { FedReconError } from '../../../../protocol/errors.ts';
import { parsePlan, planHash } from '../../../../protocol/plan.ts';
import { type Comparison, comparison, type ModelCard } from '../../../../training/evaluation/model-card.ts';
import { manifestOf } from '../../support/models.ts';
import { tinyPlan } from '../../support/plants.ts';

const adoptions = ['automatic', 'automatic-unjudged', 'signed'] as const;
type Adoption = (typeof adoptions)[number];

/** The books of a plant in memory, without a disk to wait for. */
function openBooks(adoption: Adoption): { books: Books; database: StoreDatabase } {
  const plan = parsePlan({ ...tinyPlan, policy: { adoption } });
  const database = openStoreDatabase(':memory:');
  const books: Books = {
    enrolment: enrolmentsIn(database),
    models: modelsIn(database),
    adoption: adoptionIn(database),
    log: logIn(database),
    key: generateKeyPairSync('ed25519').privateKey,
    transaction: (work) => database.transaction(work),
  };
  books.enrolment.set({
    ...{ plant: 'P', plantId: 'p', federation: 'f', aggregator: '', ca: '', planHash: planHash(plan), plan },
    ...{ has: ['gauge'], enrolledAt: '' },
  });
  return { books, database };
}

function receive({ enrolment, models }: Books, version: number): void {
  models.add(manifestOf(enrolment.get()!.planHash, version));
}

/**
 * As the end of an evaluation: the card, and what the workstation decides by itself.
 * @param adopts whether the plant takes part; otherwise somebody wanted the version judged
 */
function evaluate(
  books: Books,
  version: number,
  found: Comparison,
  unevaluated: readonly string[] = [],
  adopts = true,
): void {
  const manifest = books.models.get(version)?.manifest;
  if (!manifest) return;
  const card: Omit<ModelCard, 'examples'> = {
    ...{ format: 'fedrecon-model-card/1', plant: 'P', planHash: manifest.planHash, version, round: version },
    ...{
      modelHash: modelHash(manifest),
      reference: null,
      evaluatedAt: '2026-01-01T00:00:00.000Z',
      backing: {},
    },
    evaluation: {
      ...{ parts: { heldOut: 0, used: 0 }, unevaluated: [...unevaluated], groups: null, comparison: found },
      targets: [
        {
          ...{ modality: 'gauge', wanted: true, comparison: found, coverage: null, calibration: null },
          ...{ channels: [], byGroup: [], worst: [] },
          sets: [{ sources: ['note'], bridges: {}, parts: 20, scores: [score] }],
        },
      ],
    },
  };
  books.transaction(() => {
    books.adoption.addCard(card, { partNames: {}, groupWords: [], pictures: '0'.repeat(64) });
    holdWorse(books, version);
    if (adopts) adoptByPolicy(books, version);
  });
}
const score = { measure: 'error', value: { mean: 1, low: 1, high: 1 }, reference: null, gain: null } as const;

const engineer = { name: 'Tran', role: 'engineer' } as const;
const wish = { action: 'use', by: engineer, reason: '', acknowledged: false } as const;
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof FedReconError) return thrown.code;
    throw thrown;
  }
  return undefined;
};

describe('who may decide about a model version, and when', () => {
  it('nobody before it is evaluated, then those whom the policy names, by name', () => {
    const { books } = openBooks('signed');
    receive(books, 1);
    expect(codeOf(() => decide(books, 1, wish))).toBe('model-not-evaluated');
    expect(codeOf(() => decide(books, 7, wish))).toBe('model-gone');
    evaluate(books, 1, 'better');
    expect(modelInUse(books)).toBeUndefined();
    for (const by of [
      { name: 'Ito', role: 'operator' },
      { name: '', role: 'engineer' },
      { name: '', role: 'unnamed' },
      theWorkstation,
    ] as const)
      expect(codeOf(() => decide(books, 1, { ...wish, by }))).toBe('sign-off-not-allowed');
    decide(books, 1, wish);
    expect(modelInUse(books)?.version).toBe(1);
    expect(codeOf(() => decide(books, 1, { ...wish, action: 'hold', reason: 'no' }))).toBe('model-in-use');
    expect(books.log.latest('model.signed')).toMatchObject({ actor: engineer, detail: { modelVersion: 1 } });
  });

  it('what nothing could judge needs the word that this is known', () => {
    const { books } = openBooks('signed');
    receive(books, 1);
    evaluate(books, 1, 'cannot-tell', ['camera']);
    expect(codeOf(() => decide(books, 1, wish))).toBe('sign-off-acknowledge');
    decide(books, 1, { ...wish, acknowledged: true });
    expect(modelInUse(books)?.version).toBe(1);
  });

  it('what is worse is held back, and used only with a written reason', () => {
    const { books } = openBooks('automatic');
    for (const version of [1, 2]) receive(books, version);
    evaluate(books, 1, 'cannot-tell');
    evaluate(books, 2, 'worse');
    expect(modelInUse(books)?.version).toBe(1);
    expect(books.log.latest('model.held')).toMatchObject({ detail: { modelVersion: 2 } });
    expect(codeOf(() => decide(books, 2, { ...wish, reason: '  ' }))).toBe('sign-off-reason');
    decide(books, 2, { ...wish, reason: 'the gauge was replaced' });
    expect(modelInUse(books)?.version).toBe(2);
    expect(codeOf(() => decide(books, 1, { ...wish, action: 'roll-back' }))).toBeUndefined();
    expect(modelInUse(books)?.version).toBe(1);
  });

  it.each(adoptions)('having a version evaluated changes nothing of what is in use: %s', (adoption) => {
    const { books } = openBooks(adoption);
    for (const version of [27, 28, 29]) receive(books, version);
    evaluate(books, 28, 'better');
    if (adoption === 'signed') decide(books, 28, wish);
    for (const version of [27, 29]) {
      evaluate(books, version, 'better', [], false);
      expect(modelInUse(books)?.version).toBe(28);
    }
  });

  it('by itself a workstation goes forward only, and past what somebody went back from', () => {
    const { books } = openBooks('automatic');
    for (const version of [1, 2, 3, 4]) receive(books, version);
    evaluate(books, 1, 'as-good');
    evaluate(books, 3, 'better');
    decide(books, 1, { ...wish, action: 'roll-back' });
    evaluate(books, 2, 'better');
    expect(modelInUse(books)?.version).toBe(1);
    evaluate(books, 4, 'better');
    expect(modelInUse(books)?.version).toBe(4);
  });

  it('what a plant cannot judge waits for a person unless the plan says otherwise', () => {
    const usedAfter = (adoption: Adoption, found: Comparison, gap: string[]) => {
      const { books } = openBooks(adoption);
      receive(books, 1);
      evaluate(books, 1, found, gap);
      return modelInUse(books)?.version;
    };
    expect(usedAfter('automatic', 'cannot-tell', ['camera'])).toBeUndefined();
    expect(usedAfter('automatic-unjudged', 'cannot-tell', ['camera'])).toBe(1);
    expect(usedAfter('automatic', 'better', ['camera'])).toBe(1);
    expect(usedAfter('automatic', 'cannot-tell', [])).toBe(1);
  });

  it('going back needs a version that was in use', () => {
    const { books } = openBooks('signed');
    receive(books, 1);
    evaluate(books, 1, 'better');
    expect(codeOf(() => decide(books, 1, { ...wish, action: 'roll-back' }))).toBe('model-not-used-before');
  });
});

describe('a sign-off', () => {
  it.each([
    ['card', `update model_cards set card = replace(card, '"used":0', '"used":9')`],
    ['card that is no card', `update model_cards set card = '{'`],
    ['model', `update models set manifest = json_set(manifest, '$.round', 9)`],
    ['name', `update sign_offs set statement = replace(statement, 'Tran', 'Sato')`],
    ['signature', `update sign_offs set signature = replace(signature, '0', '1')`],
  ])('does not hold once its %s is another, and can be made again', (_, sql) => {
    const { books, database } = openBooks('signed');
    receive(books, 1);
    evaluate(books, 1, 'better');
    decide(books, 1, wish);
    database.run('drop trigger sign_offs_stay');
    database.run(sql);
    expect(codeOf(() => modelInUse(books))).toBe('sign-off-invalid');
    evaluate(books, 1, 'as-good');
    decide(books, 1, wish);
    expect(modelInUse(books)?.version).toBe(1);
  });
});

describe('whatever happens', () => {
  const versionIn = fc.integer({ min: 1, max: 4 });
  const plain = <Kind extends string>(kind: Kind) =>
    fc.record({ kind: fc.constant(kind), version: versionIn });
  const event = fc.oneof(
    { weight: 1, arbitrary: plain('receive') },
    {
      weight: 4,
      arbitrary: fc.record({
        ...{ kind: fc.constant('evaluate' as const), version: versionIn },
        ...{ found: fc.constantFrom(...comparison.options), gap: fc.boolean(), adopts: fc.boolean() },
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        ...{ kind: fc.constant('decide' as const), version: versionIn },
        action: fc.constantFrom('use' as const, 'roll-back' as const, 'hold' as const),
        by: fc.constantFrom(
          ...([
            engineer,
            theWorkstation,
            { name: 'A', role: 'operator' },
            { name: '', role: 'unnamed' },
          ] as const),
        ),
        ...{ reason: fc.constantFrom('', 'because'), acknowledged: fc.boolean() },
      }),
    },
    { weight: 1, arbitrary: plain('forge') },
    { weight: 1, arbitrary: plain('alter') },
    { weight: 1, arbitrary: plain('forget') },
  );

  it('no version is in use that was not evaluated and signed by whom the policy lets', () => {
    let used = 0;
    fc.assert(
      fc.property(
        fc.constantFrom<Adoption>(...adoptions),
        fc.array(event, { minLength: 4, maxLength: 14 }),
        (adoption, events) => {
          const { books, database } = openBooks(adoption);
          for (const version of [1, 2]) receive(books, version);
          let highest = 0;
          for (const step of events) {
            const { version } = step;
            const known = books.adoption.signOffs().length;
            if (step.kind === 'receive') receive(books, version);
            if (step.kind === 'evaluate') {
              evaluate(books, version, step.found, step.gap ? ['camera'] : [], step.adopts);
              const [made] = books.adoption.signOffs().slice(known);
              if (made?.statement.action === 'use') {
                expect(step.adopts).toBe(true);
                expect(version).toBeGreaterThan(highest);
              }
            }
            if (step.kind === 'decide') codeOf(() => decide(books, version, step));
            if (step.kind === 'forge') {
              const last = books.adoption.signOffs().at(-1);
              if (last)
                books.adoption.addSignOff({
                  ...last,
                  statement: { ...last.statement, version, action: 'use' },
                });
            }
            if (step.kind === 'alter')
              database.run(
                `update model_cards set card = json_set(card, '$.plant', 'Q') where version = :version`,
                { version },
              );
            if (step.kind === 'forget') books.models.keepNewest(1, 2);
            for (const { statement } of books.adoption.signOffs().slice(known))
              if (statement.action !== 'hold') highest = Math.max(highest, statement.version);
            const inUse = (() => {
              try {
                return modelInUse(books);
              } catch (thrown) {
                expect((thrown as FedReconError).code).toBe('sign-off-invalid');
                return undefined;
              }
            })();
            if (!inUse) continue;
            used++;
            const signed = books.adoption
              .signOffs()
              .findLast(({ statement }) => statement.action !== 'hold')!;
            const { statement } = signed;
            expect(isSigned(signed, books.key)).toBe(true);
            expect([statement.version, statement.modelHash]).toEqual([inUse.version, modelHash(inUse)]);
            const { card } = books.adoption.cardWith(statement.cardHash)!;
            expect([card.version, card.modelHash]).toEqual([inUse.version, modelHash(inUse)]);
            const { comparison: found, unevaluated } = card.evaluation;
            if (statement.by.role === 'workstation') {
              expect(adoption).not.toBe('signed');
              expect(found).not.toBe('worse');
              if (adoption === 'automatic' && unevaluated.length > 0) expect(found).not.toBe('cannot-tell');
            } else {
              expect(statement.by).toEqual(engineer);
              const isAgain = statement.action === 'roll-back';
              expect(isAgain || found !== 'worse' || statement.reason !== '').toBe(true);
              expect(isAgain || unevaluated.length === 0 || statement.acknowledged).toBe(true);
            }
          }
          database.close();
        },
      ),
      { numRuns: 90 },
    );
    expect(used).toBeGreaterThan(60);
  });
});
