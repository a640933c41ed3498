import { join as joinPath } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { modelBytes } from '../../../main/services/plan-view.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { runCommand } from '../../aggregator/support/process.ts';
import { decideOn } from '../support/deciding.ts';
import { temporaryFolder } from '../support/folders.ts';
import { forkHeadquarters } from '../support/headquarters-process.ts';
import { tinyPlan, writePlant } from '../support/plants.ts';
import { importFolder, join, openWorkstation, stateWhere } from '../support/workstation.ts';

const holdings = { Osaka: ['camera', 'gauge', 'note'], Hanoi: ['gauge', 'note'] } as const;

describe('two plants and a real aggregator', () => {
  it('go from an invitation to the image that one of them never took', async () => {
    const root = temporaryFolder();
    const headquarters = await forkHeadquarters(joinPath(root, 'hq'), tinyPlan);

    const plants = [];
    for (const [name, has] of Object.entries(holdings)) {
      const workstation = await openWorkstation(joinPath(root, name));
      const invitation = await headquarters.invite(name);
      const offer = await workstation.api['enrolment.preview']({ invitation });
      expect(offer).toMatchObject({ plant: name, plan: { name: 'Tiny', scheduledRounds: 2 } });
      const folder = await writePlant(joinPath(root, `data-${name}`), has, 40, name);
      const imported = await importFolder(workstation, folder);
      expect(imported.data).toMatchObject({ parts: 40, problems: 0 });
      const joined = await join(workstation, invitation, has);
      expect(joined.federation).toMatchObject({ plant: name, has, contributedRounds: 0 });
      expect(joined.data.parts).toBe(40);
      plants.push(workstation);
    }
    const [osaka, hanoi] = plants as [(typeof plants)[0], (typeof plants)[0]];
    for (const plant of plants) expect((await plant.api['round.join']({})).participating).toBe(true);
    const [, state] = await Promise.all(plants.map((plant) => stateWhere(plant, (s) => !s.participating)));

    // What is shown of the rounds, and what they cost.
    const plan = parsePlan(tinyPlan);
    expect(state).toMatchObject({
      federation: { round: 2, roundState: 'finished', contributedRounds: 2, lacks: ['camera'] },
      model: { version: 2, round: 2 },
      reconstructed: { modelVersion: 2, parts: 40 },
      job: { state: 'done' },
    });
    expect(state!.losses.map(({ round }) => round)).toContain(2);
    const ledger = await hanoi.api['ledger.list']({});
    const moved = (direction: string, what?: string) =>
      ledger.filter((entry) => entry.direction === direction && (what ?? entry.what) === entry.what);
    const bytes = (entries: typeof ledger) => entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const sums = ledger.filter(({ what }) => what === 'calibration');
    expect(state!.traffic.bytesFullModel).toBe(modelBytes(plan) * 4 + bytes(sums));
    expect(state!.traffic.bytesDown).toBe(bytes(moved('down')));
    expect(state!.traffic.bytesUp).toBe(bytes(moved('up')));
    expect(state!.traffic.bytesDown + state!.traffic.bytesUp).toBeLessThan(state!.traffic.bytesFullModel);
    // Only what this plant can use came, only what it trained went, and nothing twice.
    const names = (direction: string) => moved(direction, 'module').map(({ name }) => name);
    expect(names('up').sort()).toEqual([
      'decoder/gauge',
      'decoder/note',
      'encoder/gauge',
      'encoder/note',
      'mapping/gauge←note',
      'mapping/note←gauge',
    ]);
    expect(names('down')).toContain('mapping/camera←gauge');
    expect(names('down')).not.toContain('encoder/camera');
    expect(new Set(names('down')).size).toBe(names('down').length);

    // The queue and a part of it.
    const queue = await hanoi.api['review.queue']({ undecidedOnly: false });
    expect(queue).toMatchObject({ modality: 'camera', modalities: ['camera'], total: 40, decided: 0 });
    const confidences = queue.items.map(({ confidence }) => confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(confidences.every((confidence) => confidence >= 0 && confidence <= 1)).toBe(true);
    const { part } = queue.items[0]!;
    const shown = await hanoi.api['review.part']({ part, modality: 'camera' });
    expect(shown.measured.map(({ modality, value }) => [modality, value.kind])).toEqual([
      ['gauge', 'signal'],
      ['note', 'text'],
    ]);
    expect(shown.sources.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 3);

    // Images are PNG of the plan's size, and say inside what they are.
    if (shown.reconstructed.kind !== 'image') throw new Error('a camera is an image');
    const image = await hanoi.image(shown.reconstructed.src);
    expect(image!.type).toBe('image/png');
    const png = decode(image!.bytes);
    expect([png.width, png.height]).toEqual([8, 8]);
    expect(png.text.Title).toContain('not a measurement');
    const map = decode((await hanoi.image(shown.uncertainty!.src))!.bytes);
    expect([map.width, map.channels]).toEqual([8, 3]);
    const osakaState = await osaka.api['workstation.state']({});
    expect(osakaState.reconstructed).toBeNull();

    // A decision, taken back, and kept over a restart.
    const decided = await decideOn(hanoi.api, {
      part,
      modality: 'camera',
      decision: 'reject',
      reason: 'blurred',
    });
    expect(decided.decision).toMatchObject({ decision: 'reject', reason: 'blurred' });
    const undone = await decideOn(hanoi.api, { part, modality: 'camera', decision: null });
    expect(undone.decision).toBeNull();
    await decideOn(hanoi.api, { part, modality: 'camera', decision: 'accept' });
    await hanoi.close();
    const reopened = await openWorkstation(joinPath(root, 'Hanoi'));
    const after = await reopened.api['review.queue']({ undecidedOnly: true });
    expect(after).toMatchObject({ total: 40, decided: 1 });
    expect(after.items).toHaveLength(39);

    // Everything that must be accounted for is in the log, in one unbroken chain.
    const { entries } = await reopened.api['log.list']({ limit: 100, text: '', actions: [] });
    const log = entries.toReversed();
    const actions = log.map(({ action }) => action).filter((action) => action !== 'calibration.sent');
    // Reconstructions are made as soon as they can be, and again once the model is calibrated.
    expect(
      actions.filter((action, place) => action !== actions[place - 1] || action === 'model.received'),
    ).toEqual([
      'data.imported',
      'federation.joined',
      ...Array.from({ length: 3 }, () => 'model.received'),
      'model.evaluated',
      'model.signed',
      'reconstruction.made',
      'decision.reject',
      'decision.undo',
      'decision.accept',
    ]);
    expect(log[0]).toMatchObject({ detail: { partsNew: 40, partsKnown: 0 } });
    expect(log[1]).toMatchObject({
      object: state!.federation!.plan.hash,
      detail: { plant: 'Hanoi', has: holdings.Hanoi, policy: { decisions: ['triage'] } },
    });
    expect(log.map(({ action }) => action)).toContain('calibration.sent');
    const made = log.findLast(({ action }) => action === 'reconstruction.made')!;
    expect(made).toMatchObject({
      actor: { role: 'workstation' },
      detail: {
        modality: 'camera',
        modelVersion: 2,
        calibration: 1,
        planHash: state!.federation!.plan.hash,
        parts: 40,
        device: 'cpu',
      },
    });
    expect(log.at(-1)).toMatchObject({ object: made.object, detail: { confidence: shown.confidence } });
    expect((await reopened.api['log.verify']({})).brokenAt).toBeNull();

    // Parts that come later are reconstructed with the model that is here.
    const more = await writePlant(joinPath(root, 'more'), holdings.Hanoi, 8, 'later');
    await importFolder(reopened, more);
    const grown = await stateWhere(reopened, ({ reconstructed }) => reconstructed?.parts === 48);
    expect(grown.data.parts).toBe(48);

    // An extra round that headquarters opens after the schedule can be joined, and brings a newer model.
    const opened = await runCommand(['round', '--data', joinPath(root, 'hq')]);
    expect(opened.code).toBe(0);
    const both = [osaka, reopened];
    for (const plant of both) await plant.api['round.join']({});
    await Promise.all(both.map((plant) => stateWhere(plant, (s) => !s.participating)));
    const extra = await reopened.api['workstation.state']({});
    expect(extra).toMatchObject({
      federation: { round: 3, roundState: 'finished', contributedRounds: 3 },
      model: { version: 3, round: 3 },
    });
  });
});
