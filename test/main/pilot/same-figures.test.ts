import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatsOf } from '../../../main/api/format.ts';
import type { PilotReport } from '../../../main/api/views/pilot.ts';
import { makeReport } from '../../../main/pilot/report.ts';
import { terminalText } from '../../../main/pilot/terminal-report.ts';
import { measuredTargetView } from '../../../main/services/models/model-views.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { servingModules } from '../../../protocol/serving.ts';
import { evaluate } from '../../../training/evaluation/evaluate.ts';
import type { Evaluation } from '../../../training/evaluation/model-card.ts';
import { type ModelVersion, scoreTogether } from '../../../training/evaluation/score.ts';
import { selectParts } from '../../../training/learning/datasets.ts';
import { givenOrInitial } from '../../../training/model/initialise.ts';
import { qualityFacts } from '../../../training/pilot/holdout-quality.ts';
import { onnxPrograms } from '../../training/model/engines.ts';
import { plan as common, plantWith } from '../../training/pilot/given.ts';
import { holdout, pilotMeasured } from './pilot-measured.ts';

const names12 = Array.from({ length: 12 }, (_, place) => `channel ${place + 1}`);
/** The plan of these tests, whose gauge has channels in place of one range. */
const plan = parsePlan({
  ...common,
  modalities: common.modalities.map((modality) => {
    if (modality.kind !== 'signal') return modality;
    const { unit = '', range, ...gauge } = modality;
    return { ...gauge, channels: names12.map((name) => ({ name, unit, range })) };
  }),
});
const names = plan.modalities.map(({ name }) => name);
const programs = await onnxPrograms();
afterAll(() => programs.dispose());
let report: PilotReport;
let card: Omit<Evaluation, 'parts'>;

beforeAll(async () => {
  const made = plantWith(60, (part, index) =>
    index % 5 === 0 ? { gauge: part.gauge, note: part.note } : part,
  );
  const given = { ...made, plan };
  const rows = Uint32Array.from({ length: 30 }, (_, row) => 30 + row);
  const [training, test] = [
    selectParts(
      given.dataset,
      rows.map((row) => row - 30),
    ),
    selectParts(given.dataset, rows),
  ];
  const modules = givenOrInitial(plan, servingModules(plan, names), {});
  const version: ModelVersion = {
    frozen: { plan, programs, modules, abort: new AbortController().signal },
    fetched: new Set(Object.keys(modules)),
    learned: {},
  };
  card = (await evaluate(version, undefined, { held: test, learned: training }, names, () => {})).evaluation;
  const parts = { given, training, test, rowOf: (part: number) => rows[part]! };
  const qualities = (await scoreTogether(version, test)).map((set) => qualityFacts(parts, set));
  report = makeReport(pilotMeasured({ plan }, { holdout: { ...holdout, qualities } })).report;
});

describe('a pilot report and a model card of the same parts', () => {
  it('name the same measures and have the same values', () => {
    expect(report.quality.modalities.map(({ label }) => label.en)).toEqual(['Camera', 'Gauge', 'Note']);
    expect(card.targets.map(({ modality }) => modality)).toEqual(names);
    for (const [place, { figures }] of report.quality.modalities.entries()) {
      const { leading, sets } = measuredTargetView(plan, card.targets[place]!);
      expect(figures.length).toBeGreaterThan(0);
      expect(figures.map(({ measure, reconstructed }) => [measure, reconstructed])).toEqual(
        sets[0]!.scores.map(({ measure, value }) => [measure, value.mean]),
      );
      expect(figures[0]!.measure).toEqual(leading);
    }
  });

  it('judge unlike channels alike, one by one', () => {
    const gauge = report.quality.modalities[1]!;
    const { channels } = measuredTargetView(plan, card.targets[1]!);
    expect(channels).toHaveLength(12);
    expect(gauge.channels).toEqual(channels);
    expect(channels.map(({ name }) => name).toSorted()).toEqual(names12.toSorted());
    expect(channels.filter(({ better }) => !better).length).toBeGreaterThan(0);
  });

  it.each(['en', 'ja'] as const)('write them in the same words and digits (%s)', (language) => {
    const { measured, title } = formatsOf(language);
    const text = terminalText(report, language);
    for (const target of card.targets)
      for (const { measure, value } of measuredTargetView(plan, target).sets[0]!.scores)
        expect(text).toContain(`${title(measure)}: ${measured(measure, value.mean)} (`);
    for (const { name, r2 } of measuredTargetView(plan, card.targets[1]!).channels)
      expect(text).toContain(`${name}: ${formatsOf(language).r2(r2)}`);
  });
});
