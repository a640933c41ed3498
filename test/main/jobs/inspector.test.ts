import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { forkTrainingHost } from '../../../main/jobs/fork-host.ts';
import { createInspector } from '../../../main/jobs/inspector.ts';
import type { TrainingConnection, TrainingHost } from '../../../main/jobs/training-connection.ts';
import { modulesOf } from '../../../protocol/modules.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import { initialModule } from '../../../training/model/initialise.ts';
import type { ExplainJob, WhatIfJob } from '../../../training/process/messages.ts';
import { datasetFile } from '../../training/model/parts.ts';
import { tinyPlan } from '../../training/model/plans.ts';
import { temporaryFolder } from '../support/folders.ts';

const plan = tinyPlan({ mapping: { hidden: [8], residual: 0 }, research: { mappingInput: 'measurement' } });

/** Questions about the third of some parts that lack the camera, and a model of its starting weights. */
function questions(): { explain: ExplainJob; whatIf: WhatIfJob } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'modules'));
  const modules = modulesOf(plan).map((name, index) => {
    const file = join(folder, 'modules', `${index}.safetensors`);
    writeFileSync(file, encodeTensors(initialModule(plan, name)));
    return [name, file] as const;
  });
  const dataset = join(folder, 'dataset.safetensors');
  writeFileSync(
    dataset,
    datasetFile(plan, 8, (modality) => modality === 'camera' || modality === 'color'),
  );
  const common = {
    id: 'question',
    plan,
    engine: { engine: 'onnx', device: 'cpu', threads: 1 },
    datasets: [dataset],
    modules: Object.fromEntries(modules),
    bridges: {},
    through: {},
    modality: 'camera',
    part: 2,
  } as const;
  return {
    explain: { ...common, datasets: [...common.datasets], kind: 'explain', texts: {}, neighbours: 2 },
    whatIf: { ...common, datasets: [...common.datasets], kind: 'what-if', changes: [] },
  };
}

/** The real process, counted, with a hold on the last one. */
function counted(): TrainingHost & { starts: number; last?: TrainingConnection; ended: Promise<string> } {
  const host = forkTrainingHost();
  const exit = Promise.withResolvers<string>();
  const counting: ReturnType<typeof counted> = {
    starts: 0,
    ended: exit.promise,
    start() {
      counting.starts++;
      counting.last = host.start();
      counting.last.onExit(exit.resolve);
      return counting.last;
    },
  };
  return counting;
}

it('answers from one process, and its death costs a restart and nothing else', async () => {
  const host = counted();
  const inspector = createInspector(host);
  onTestFinished(() => inspector.close());
  const { explain, whatIf } = questions();

  const first = await inspector.ask(explain);
  expect(first.sources.map(({ modality }) => modality)).toEqual(['gauge', 'note']);
  expect(first.neighbours).toHaveLength(2);
  expect(await inspector.ask(whatIf)).toMatchObject({ kind: 'what-if', beyond: [] });
  expect(host.starts).toBe(1);

  host.last!.kill();
  await host.ended;
  expect(await inspector.ask(explain)).toEqual(first);
  expect(host.starts).toBe(2);

  const during = inspector.ask(explain);
  host.last!.kill();
  expect(await during).toEqual(first);
  expect(host.starts).toBe(3);
});

it('says what is wrong with a question and answers the next', async () => {
  const inspector = createInspector(forkTrainingHost());
  onTestFinished(() => inspector.close());
  const { explain, whatIf } = questions();
  const refused = [
    inspector.ask({ ...explain, part: 8 }),
    inspector.ask({ ...explain, region: { left: 7, top: 0, width: 2, height: 1 } }),
    inspector.ask({ ...whatIf, changes: [{ modality: 'gauge', first: 3, last: 2, by: 0.1 }] }),
  ];
  const codes = await Promise.all(refused.map((answer) => answer.catch(({ code }) => code)));
  expect(codes).toEqual(['part-unknown', 'request-invalid', 'request-invalid']);
  expect(await inspector.ask(whatIf)).toMatchObject({ kind: 'what-if' });
});

it('ends its process when nobody asks, and takes another for another model', async () => {
  const host = counted();
  const inspector = createInspector(host, () => {}, { idleMilliseconds: 1 });
  onTestFinished(() => inspector.close());
  const { whatIf } = questions();
  await inspector.ask(whatIf);
  await host.ended;
  await inspector.ask({ ...whatIf, bridges: { 'mapping/camera←gauge': 'note' } });
  expect(host.starts).toBe(2);
});
