import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeError, type FedReconError, type Language } from '../../protocol/errors.ts';
import { mappingName, modulesOf, moduleUse, parseModuleName } from '../../protocol/modules.ts';
import { movedFields } from '../../protocol/moved-fields.ts';
import { canonicalJson, modalityOf, parsePlan, planHash } from '../../protocol/plan.ts';
import { scheduledRounds, stageOfRound } from '../../protocol/schedule.ts';
import { servingModules } from '../../protocol/serving.ts';

const label = { en: 'x', ja: 'x' };
const document = {
  format: 'fedrecon-plan/2',
  name: 'Test',
  modalities: [
    { kind: 'image', name: 'camera', label, width: 28, height: 28, channels: 1, hidden: [64] },
    { kind: 'signal', name: 'gauge', label, length: 56, unit: 'mm', range: [0, 1], hidden: [32] },
    { kind: 'text', name: 'note', label, hidden: [32] },
  ],
  mapping: { hidden: [64] },
  stages: [
    { stage: 'generators', rounds: 3 },
    { stage: 'mappings', rounds: 2 },
    { stage: 'completion', rounds: 1 },
  ],
};
const plan = parsePlan(document);

/** The document with other fields in one of its modalities. */
function changed(place: number, fields: Record<string, unknown>) {
  const modalities = document.modalities.map((entry, index) =>
    index === place ? { ...entry, ...fields } : entry,
  );
  return { ...document, modalities };
}

/** What is said of the field that makes a document no plan. */
function refusal(document: unknown, field: string, language: Language = 'en'): string {
  try {
    parsePlan(document);
  } catch (error) {
    expect(error).toMatchObject({ code: 'plan-invalid', detail: { field } });
    const { problem, problemJa } = (error as FedReconError).detail;
    return String(language === 'ja' ? problemJa : problem);
  }
  throw new Error('it is a plan');
}

describe('a plan', () => {
  it('gets its defaults, and the same hash with or without them and in any order of keys', () => {
    expect(plan.training).toEqual({ batch: 64, localEpochs: 2, learningRate: 0.002, seed: 1 });
    expect(plan.research).toMatchObject({
      mappingInput: 'measurement',
      serverMomentum: 0.5,
      latentWeight: 2,
    });
    expect(plan.rounds).toEqual({ quorum: 2, deadlineSeconds: 900, opening: 'manual' });
    expect(planHash(parsePlan(plan))).toBe(planHash(plan));
    const reversed = Object.fromEntries(Object.entries(document).reverse());
    expect(planHash(parsePlan(reversed))).toBe(planHash(plan));
    expect(planHash(parsePlan({ ...document, name: 'Other' }))).not.toBe(planHash(plan));
  });

  it('without channels has the hash that it had before there were any', () => {
    const demo = JSON.parse(readFileSync(new URL('../../assets/demo/plan.json', import.meta.url), 'utf8'));
    expect(planHash(parsePlan(demo))).toBe(
      '850ca8cce84cdae37042b488394f1ac74d71c7ce43d713de6400566fd8b9d584',
    );
  });

  it.each([
    [{ ...document, format: 'fedrecon-plan/1' }, 'format'],
    [{ ...document, extra: 1 }, 'extra'],
    [{ ...document, modalities: document.modalities.slice(0, 1) }, 'modalities'],
    [{ ...document, modalities: [document.modalities[0], document.modalities[0]] }, 'modalities.1.name'],
    [
      { ...document, modalities: [{ ...document.modalities[1], range: [1, 1] }, document.modalities[0]] },
      'modalities.0.range',
    ],
    [
      { ...document, modalities: [{ ...document.modalities[0], name: '../x' }, document.modalities[1]] },
      'modalities.0.name',
    ],
    [changed(0, { name: 'constructor' }), 'modalities.0.name'],
    [
      changed(0, { architecture: 'convolutional', filters: [2, 2, 2, 2], width: 8, height: 8 }),
      'modalities.0.filters',
    ],
    [changed(1, { architecture: 'convolutional', filters: [2, 2, 2, 2], stride: 4 }), 'modalities.1.filters'],
    [changed(1, { architecture: 'convolutional', length: 1 }), 'modalities.1.architecture'],
    [changed(1, { stride: 3 }), 'modalities.1.stride'],
    [changed(1, { length: 4097 }), 'modalities.1.length'],
    [changed(0, { width: 257 }), 'modalities.0.width'],
    [changed(0, { channels: 2 }), 'modalities.0.channels'],
    [changed(2, { maxWords: 513 }), 'modalities.2.maxWords'],
    [changed(2, { filters: [2] }), 'modalities.2.filters'],
    [{ ...document, stages: [] }, 'stages'],
    [{ ...document, training: { learningRate: -1 } }, 'training.learningRate'],
    [{ ...document, training: { bacth: 8 } }, 'training.bacth'],
    [{ ...document, research: { decoderWeight: 0, latentWeight: 0 } }, 'research.latentWeight'],
    [{ ...document, research: { errorCorrelation: 1 } }, 'research.errorCorrelation'],
    [{ ...document, research: { freezing: { rule: 'vote' } } }, 'research.freezing.rule'],
    [null, 'plan'],
  ])('names the wrong field (%#)', (wrong, field) => {
    expect(() => parsePlan(wrong)).toThrow(
      expect.objectContaining({ code: 'plan-invalid', detail: expect.objectContaining({ field }) }),
    );
  });

  it.each([
    [{ ...document, training: { freeBits: 0.1 } }, 'training.freeBits', /write research\.freeBits$/],
    [
      { ...document, mapping: { ...document.mapping, mappingInput: 'latent' } },
      'mapping.mappingInput',
      /write research\.mappingInput$/,
    ],
    [{ ...document, completion: {}, refine: true }, 'completion', /no such section any more/],
    [{ ...document, completion: { cycle: 1 } }, 'completion.cycle', /write research\.cycle$/],
    [
      { ...document, server: { rule: 'momentum', momentum: 0.9 } },
      'server.momentum',
      /write research\.serverMomentum/,
    ],
    [{ ...document, server: { rule: 'adam' } }, 'server', /no option any more/],
    [{ ...document, toString: 1 }, 'toString', /no such field/],
    [{ ...document, constructor: 1 }, 'constructor', /no such field/],
  ])('says where a number of the method belongs (%#)', (misplaced, field, problem) => {
    expect(() => parsePlan(misplaced)).toThrow(
      expect.objectContaining({
        code: 'plan-invalid',
        detail: expect.objectContaining({ field, problem: expect.stringMatching(problem) }),
      }),
    );
  });

  it.each(movedFields)('tells whoever writes %s what to do instead, by a field that there is', (path) => {
    const [section, key] = path.split('.') as [keyof typeof document, string | undefined];
    const written = key === undefined ? {} : { ...(document[section] as object), [key]: 1 };
    const problem = refusal({ ...document, [section]: written }, path);
    expect(problem).toMatch(/write research\.\w+|leave it out/);
    expect(refusal({ ...document, [section]: written }, path, 'ja')).toMatch(
      /書いてください|削除してください/,
    );
    for (const [, name] of problem.matchAll(/research\.(\w+)/g)) expect(plan.research).toHaveProperty(name!);
  });

  it('tells whoever brings a plan of the older form how to bring it up to date', () => {
    const problem = refusal({ ...document, format: 'fedrecon-plan/1', server: {} }, 'format');
    expect(problem).toMatch(/write "format": "fedrecon-plan\/2".*under "research".*docs\/plan\.md/);
    expect(refusal({ ...document, format: 'plan' }, 'format')).toBe('write "fedrecon-plan/2"');
  });

  it.each([
    [{ ...document, modalities: document.modalities.slice(0, 1) }, /小さすぎる値/],
    [{ ...document, name: 'x'.repeat(121) }, /大きすぎる値/],
    [{ ...document, name: 3 }, /stringが期待されましたが、数値が入力されました/],
    [{ ...document, rounds: { opening: 'never' } }, /"manual"、"automatic"のいずれか/],
    [{ ...document, bacth: 8 }, /綴りを確かめるか/],
    [{ ...document, modalities: [document.modalities[0], document.modalities[0]] }, /が 2 回あります/],
    [{ ...document, modalities: [{ ...document.modalities[0], name: 'A b' }] }, /英小文字で始まる/],
    [{ ...document, modalities: [{ ...document.modalities[0], hidden: undefined }] }, /"preset": "standard"/],
    [{ ...document, policy: { seenBy: ['engineer'], signOffBy: ['operator'] } }, /seenBy にある役割/],
    [{ ...document, training: { freeBits: 0.1 } }, /research\.freeBits と書いて/],
  ])('is refused in words of one language (%#)', (wrong, words) => {
    try {
      parsePlan(wrong);
      expect.unreachable();
    } catch (error) {
      const { code, detail } = error as FedReconError;
      expect(describeError(code, detail, 'ja').title).toMatch(words);
      expect(describeError(code, detail, 'ja').title).not.toContain(detail.problem);
      expect(describeError(code, detail, 'en').title).toMatch(/^[ -~]+$/);
    }
  });

  it('answers any document with a plan or plan-invalid', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(document)), (value, key) => {
        try {
          parsePlan({ ...document, [key]: value });
        } catch (error) {
          expect(error).toMatchObject({ code: 'plan-invalid' });
        }
      }),
    );
  });

  it('places rounds in stages, the last of which goes on for ever', () => {
    expect(scheduledRounds(plan)).toBe(6);
    expect([1, 3, 4, 5, 6, 60].map((round) => stageOfRound(plan, round))).toEqual([
      { stage: 'generators', index: 0, roundInStage: 1, last: false },
      { stage: 'generators', index: 0, roundInStage: 3, last: true },
      { stage: 'mappings', index: 1, roundInStage: 1, last: false },
      { stage: 'mappings', index: 1, roundInStage: 2, last: true },
      { stage: 'completion', index: 2, roundInStage: 1, last: true },
      { stage: 'completion', index: 2, roundInStage: 55, last: true },
    ]);
  });

  it('knows its modalities', () => {
    expect(modalityOf(plan, 'note').kind).toBe('text');
    expect(() => modalityOf(plan, 'radar')).toThrow(
      expect.objectContaining({
        ...{
          code: 'modality-unknown',
          detail: { modality: 'radar', known: plan.modalities.map(({ name }) => name).join(', ') },
        },
      }),
    );
  });

  it('is written as JSON in one way only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: [1, { d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[1,{"d":1}]}');
  });
});

describe('the modules of a plan', () => {
  it('are an encoder and a decoder a modality and a mapping an ordered pair, and names can be read back', () => {
    const modules = modulesOf(plan);
    expect(modules).toHaveLength(3 + 3 + 6);
    expect(new Set(modules).size).toBe(modules.length);
    expect(parseModuleName('encoder/camera')).toEqual({ role: 'encoder', modality: 'camera' });
    expect(parseModuleName(mappingName('camera', 'gauge'))).toEqual({
      role: 'mapping',
      target: 'camera',
      source: 'gauge',
    });
    for (const other of ['', 'encoder/', 'encoder/Camera', 'mapping/a', 'mapping/a←b/c', 'tensor/a'])
      expect(parseModuleName(other)).toBeUndefined();
  });

  it('travel only to plants that can train or use them', () => {
    const has = ['gauge', 'note'];
    expect(moduleUse(plan, has, 'generators', 1)).toEqual({
      train: ['encoder/gauge', 'decoder/gauge', 'encoder/note', 'decoder/note'],
      use: [],
    });
    expect(moduleUse(plan, has, 'mappings', 1).train).toEqual(['mapping/gauge←note', 'mapping/note←gauge']);
    const completion = moduleUse(plan, has, 'completion', 1);
    expect(completion.train).toContain('mapping/camera←note');
    expect(completion.use).toContain('decoder/camera');
    expect([...completion.train, ...completion.use]).not.toContain('encoder/camera');
    expect(completion.train).not.toContain('decoder/gauge');
    const refined = moduleUse(
      { ...plan, research: { ...plan.research, refine: true } },
      has,
      'completion',
      1,
    );
    expect(refined.train).toEqual([
      ...['encoder/gauge', 'decoder/gauge', 'encoder/note', 'decoder/note'],
      ...completion.train,
    ]);
    expect(refined.use).toEqual(['decoder/camera']);
    expect(moduleUse(plan, ['camera'], 'mappings', 1).train).toEqual([]);
    expect(servingModules(plan, ['gauge'])).toEqual([
      'encoder/gauge',
      'decoder/camera',
      'decoder/gauge',
      'decoder/note',
      'mapping/camera←gauge',
      'mapping/note←gauge',
      'mapping/gauge←camera',
      'mapping/gauge←note',
    ]);
    const reading = parsePlan({ ...document, research: { mappingInput: 'features' } });
    expect(servingModules(reading, ['gauge'])).toContain('encoder/camera');
    const bridging = parsePlan({ ...document, reconstruction: { bridges: true } });
    expect(servingModules(bridging, ['gauge'])).toContain('mapping/camera←note');
    expect(servingModules(bridging, ['gauge'])).toContain('encoder/note');
  });
});
