import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { modalityOf } from '../../../protocol/plan.ts';
import { decodeTensors } from '../../../protocol/safetensors.ts';
import { valueSize } from '../../../protocol/shapes.ts';
import { evaluation } from '../../../training/evaluation/model-card.ts';
import type { EvaluateResult, TrainResult } from '../../../training/process/messages.ts';
import { tinyPlan } from '../model/plans.ts';
import { progressOf, runToEnd, startChild, trainJob } from './child.ts';

const modalities = tinyPlan().modalities.filter(({ name }) => name !== 'color');
const plan = tinyPlan({ modalities, evaluation: { holdOut: 0.3 } });

it('the training process judges a model on the held-out parts, beside the version in use', async () => {
  const child = startChild();
  onTestFinished(() => {
    child.process.kill('SIGKILL');
  });
  const lacksCamera = (name: string, part: number) => name === 'camera' && part % 3 === 0;
  const job = await trainJob(plan, 150, {}, lacksCamera);
  const modules: Record<string, string> = {};
  const poor: Record<string, string> = {};
  for (const [index, [stage, epochs]] of (
    [
      ['generators', 1],
      ['mappings', 1],
      ['generators', 12],
      ['mappings', 12],
    ] as const
  ).entries()) {
    const longer = { ...plan, training: { ...plan.training, localEpochs: epochs } };
    const id = `${stage} ${epochs}`;
    const result = (await runToEnd(child, {
      ...job,
      ...{ id, plan: longer, stage, round: 1, modules: index === 2 ? {} : modules },
      output: `${job.output}-${index}`,
    })) as TrainResult;
    for (const { name, path } of result.modules) modules[name] = path;
    if (index < 2) Object.assign(poor, modules);
  }
  const { engine, datasets, output } = job;
  const judge = async (id: string, model: typeof modules, reference?: typeof modules) => {
    const version = (files: typeof modules) => ({ modules: files, bridges: {} });
    const result = (await runToEnd(child, {
      ...{ id, kind: 'evaluate', plan, engine, datasets, output: `${output}-${id}`, model: version(model) },
      ...(reference && { reference: version(reference) }),
    })) as EvaluateResult;
    const report = evaluation.parse(JSON.parse(await readFile(result.report, 'utf8')));
    return { report, pictures: decodeTensors(await readFile(result.pictures)).tensors };
  };

  const { report, pictures } = await judge('candidate', modules, poor);
  expect(report.comparison).toBe('better');
  expect(report.parts.heldOut).toBeGreaterThan(30);
  expect(report.unevaluated).toEqual([]);
  expect(report.targets.map(({ modality, wanted }) => [modality, wanted])).toEqual([
    ['camera', true],
    ['gauge', false],
    ['note', false],
  ]);
  const camera = report.targets[0]!;
  expect(camera.sets.map(({ sources }) => sources)).toEqual([['gauge', 'note'], ['gauge'], ['note']]);
  const size = valueSize(modalityOf(plan, 'camera'));
  expect(camera.worst.map(({ value }) => value)).toEqual(
    camera.worst.map(({ value }) => value).toSorted((a, b) => a - b),
  );
  for (const name of ['true', 'reconstructed', 'sigma'])
    expect(pictures[`worst/camera/${name}`]!.shape).toEqual([camera.worst.length, size]);
  expect(camera.byGroup.reduce((sum, { parts }) => sum + parts, 0)).toBe(camera.sets[0]!.parts);
  expect(pictures.examples!.shape).toEqual([report.groups!.examples.length, size]);
  const phases = progressOf(child, 'candidate').map(({ phase }) => phase);
  expect(phases).toContain('evaluating');

  // The other way round it is worse, and the first of all versions is compared with nothing.
  expect((await judge('reverse', poor, modules)).report.comparison).toBe('worse');
  const first = (await judge('first', modules)).report;
  expect(first.comparison).toBe('cannot-tell');
  expect(first.targets[0]!.sets[0]!.scores[0]).toMatchObject({ reference: null, gain: null });

  // Modules that nobody trained are not judged.
  const { 'decoder/camera': _, ...without } = modules;
  const partial = (await judge('partial', without)).report;
  expect(partial.targets.map(({ modality }) => modality)).not.toContain('camera');
});
