import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Api, type CallInput, type CallName, calls } from '../../../main/api/contract.ts';
import type { Shows } from '../../../main/api/permission.ts';
import type { ModelCardView } from '../../../main/api/views/models.ts';
import type { PilotShown } from '../../../main/api/views/pilot.ts';
import { checkLogFile } from '../../../main/log/log-file.ts';
import { makeReport } from '../../../main/pilot/report.ts';
import { settingNames } from '../../../main/services/context.ts';
import { dispatch } from '../../../main/services/dispatch.ts';
import { guarded, permittedOnly, refusalsHere } from '../../../main/services/permission/guard.ts';
import { permissionRefusal } from '../../../main/services/permission/table.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { planHash } from '../../../protocol/plan.ts';
import { type Policy, policy, policyOf, type Role, roles } from '../../../protocol/policy.ts';
import { goodCamera, holdout, pilotMeasured } from '../pilot/pilot-measured.ts';
import { decideOn } from '../support/deciding.ts';
import { temporaryFolder } from '../support/folders.ts';
import { planWith, reviewedFolder } from '../support/reviewed.ts';
import { openWorkstation } from '../support/workstation.ts';

const names = Object.keys(calls) as CallName[];
const [part, modality, folder, version] = [1, 'camera', '/nowhere', 1];
const of = { part, modality };

/** An input that the contract takes, of every call. */
const inputs: { readonly [Name in CallName]: CallInput<Name> } = {
  'workstation.state': {},
  'settings.change': {},
  'diagnosis.check': { check: 'disk' },
  'diagnosis.stop': {},
  'diagnosis.save': { folder },
  'settings.place': {},
  'settings.proxy': { proxy: null },
  'people.enter': { person: null },
  'people.pins': {},
  'people.setPin': { pin: null },
  'enrolment.preview': { invitation: '' },
  'enrolment.join': { invitation: '', planHash: '', has: ['gauge'] },
  'data.preview': { folder },
  'data.import': { folder, manifest: 'parts.csv', columns: {} },
  'data.effect': { folder, manifest: 'parts.csv', columns: {} },
  'data.openPictures': { folder, manifest: 'parts.csv', columns: {} },
  'data.problems': {},
  'data.saveProblems': { folder, language: 'en' },
  'data.imports': {},
  'data.watch': { watch: null },
  'data.undoing': { import: 1 },
  'data.undo': { import: 1 },
  'data.coverage': {},
  'data.parts': {},
  'data.part': { part },
  'data.delete': { parts: [part] },
  'data.findings': {},
  'data.watched': {},
  'data.pauseWatch': { pause: true },
  'data.takeUnfinished': { file: 'parts.csv' },
  'data.check': { run: false },
  'pilot.look': { folder },
  'pilot.start': { folder, minutes: 1, lines: [10] },
  'pilot.state': {},
  'pilot.save': { language: 'en', folder },
  'round.join': {},
  'job.stop': {},
  'devices.probe': {},
  'devices.choose': { engine: null, device: null },
  'review.refresh': {},
  'review.queue': {},
  'review.bulkEffect': { modality, decision: 'flag' },
  'review.decideTogether': { modality, decision: 'flag', count: 1, revision: '' },
  'review.undoTogether': { bulk: { id: '', first: 1, last: 1, modality } },
  'review.thumbnails': { modality, parts: [1] },
  'review.progress': {},
  'review.views': {},
  'review.keepView': { name: 'mine', view: null },
  'review.find': { modality, text: 'A' },
  'review.part': of,
  'review.explain': of,
  'review.whatIf': { ...of, changes: [] },
  'review.former': of,
  'review.decide': { ...of, reconstruction: '', decision: 'accept' },
  'review.export': { modality, folder },
  'log.list': {},
  'log.verify': {},
  'log.export': { folder },
  'models.list': {},
  'models.card': { version },
  'models.evaluate': { version },
  'models.decide': { version, action: 'use' },
  'trust.risk': { modality },
  'trust.rules': { modality, use: 0.9, check: 0.5, familiarity: 0.01, tolerance: null },
  'ledger.list': {},
};

/** Stands in every answer where a reconstruction would. */
const secret = 'rebuilt-by-a-model';
const shownText = (text: string) => ({ kind: 'text', text }) as const;

/** A pilot check that hid two notes and pictures, of which came back what stands in their place. */
const examples = goodCamera.examples.map(({ id, truth, reconstructed }, row) =>
  row < 2
    ? { id, truth: shownText('as written'), reconstructed: shownText(secret) }
    : { id, truth, reconstructed },
);
const pilot = makeReport(
  pilotMeasured({}, { holdout: { ...holdout, qualities: [{ ...goodCamera, examples }] } }),
);
const { report } = pilot;

function card(): ModelCardView {
  const worst = [{ part: 'A', value: 1, reference: null, truth: shownText('as written') }];
  const target = { modality, worst: worst.map((one) => ({ ...one, reconstructed: shownText(secret) })) };
  return { version, targets: [target] } as unknown as ModelCardView;
}

/** Every call answers at once, and says that it was made. */
function answering(made: CallName[]): Api {
  const listed = { action: 'decision.accept', detail: { part: 'A', modality, reason: secret } };
  const partly = {
    ...{ 'pilot.state': () => ({ report }), 'models.card': card },
    'log.list': () => ({ entries: [listed], total: 1 }),
  };
  const all = names.map((name) => {
    const answer = () => {
      if (name in partly) return partly[name as keyof typeof partly]();
      return calls[name].shows === 'reconstructions' ? { text: secret } : { text: 'harmless' };
    };
    const answerCall = async () => {
      made.push(name);
      return answer();
    };
    return [name, answerCall];
  });
  return Object.fromEntries(all) as unknown as Api;
}

const who: readonly (Role | undefined)[] = [...roles, undefined];
const some = fc.subarray([...roles], { minLength: 1 });
const policies = fc
  .record(
    {
      ...{ seenBy: some, exportBy: fc.subarray([...roles]), signOffBy: some },
      adoption: fc.constantFrom('automatic', 'automatic-unjudged', 'signed'),
    },
    { requiredKeys: [] },
  )
  .filter((wanted) => policy.safeParse(wanted).success);

function enrol(store: Store, policy: object): Policy {
  const plan = planWith(policy);
  store.enrolment.set({
    ...{ plant: '花井', plantId: 'p', federation: 'f', aggregator: 'https://127.0.0.1:9', ca: '' },
    ...{ planHash: planHash(plan), plan, has: ['gauge'], enrolledAt: new Date().toISOString() },
  });
  return policyOf(plan);
}

function work(store: Store, role: Role | undefined): void {
  const person = role ? { name: 'Lan', role, since: new Date().toISOString() } : null;
  store.settings.set(settingNames.person, person);
}

describe('every call, whoever makes it under whatever policy,', () => {
  it('is refused exactly when the table says so, and hands out no reconstruction to whoever may not see them', async () => {
    const store = await openStore(temporaryFolder());
    const property = async (wanted: object) => {
      const agreed = enrol(store, wanted);
      for (const role of who) {
        work(store, role);
        const isAmong = (allowed: readonly Role[]) => role !== undefined && allowed.includes(role);
        const sees = isAmong(agreed.seenBy) || agreed.seenBy.length === roles.length;
        const signs = isAmong(agreed.signOffBy);
        const shownRefusals = refusalsHere(store);
        // A plan leaves nothing that the window offers to nobody, but the files that it may forbid.
        const closedToAll = names.filter((name) => shownRefusals[name]?.allowed.length === 0);
        for (const name of closedToAll) expect(calls[name]).toMatchObject({ into: 'files' });
        for (const name of names) {
          const made: CallName[] = [];
          const answer = await dispatch(guarded(store, answering(made)), name, inputs[name]);
          const { shows, changes, ...rest } = calls[name];
          const refusal = permissionRefusal(calls[name], agreed, role);
          // What the window is told is what happens.
          expect(shownRefusals[name]?.code).toBe(refusal?.code);
          const allowed = roles.filter((one) => !permissionRefusal(calls[name], agreed, one));
          if (refusal) expect(shownRefusals[name]?.allowed).toEqual(allowed);
          const isRefused = refusal !== undefined && !('without' in rest);
          expect(answer).toMatchObject(
            isRefused ? { ok: false, error: { code: refusal.code } } : { ok: true },
          );
          expect(made).toEqual(isRefused ? [] : [name]);
          // In words of the policy, beside the table.
          const handsOut = JSON.stringify(answer).includes(secret);
          if (!sees) expect(handsOut).toBe(false);
          if (shows === 'reconstructions' && 'into' in rest && rest.into === 'files')
            expect(answer.ok).toBe(sees && isAmong(agreed.exportBy));
          else if (changes === 'limits')
            expect(answer.ok).toBe(sees && (signs || agreed.signOffBy.length === roles.length));
          else if (changes === 'models') expect(answer.ok).toBe(signs);
          else if (shows === 'reconstructions') expect(handsOut).toBe(sees);
          else expect(answer.ok).toBe(true);
        }
        for (const shows of ['nothing', 'measurements', 'reconstructions'] satisfies Shows[])
          expect(permittedOnly(store, { shows }) !== undefined).toBe(shows !== 'reconstructions' || sees);
      }
    };
    await fc.assert(fc.asyncProperty(policies, property), { numRuns: 40 });
    store.close();
  });

  it('is open to everybody before a plan was agreed to', async () => {
    const empty = await openStore(temporaryFolder());
    expect(refusalsHere(empty)).toEqual({});
    const made: CallName[] = [];
    for (const name of names)
      expect(await dispatch(guarded(empty, answering(made)), name, inputs[name])).toMatchObject({ ok: true });
    expect(made).toEqual(names);
    expect(permittedOnly(empty, { shows: 'reconstructions' })).toBeDefined();
    empty.close();
  });

  it('is asked about in the window where it can be refused', () => {
    const everyRole = planWith({ seenBy: ['engineer'], signOffBy: ['engineer'], exportBy: [] });
    const refusable = names.filter((name) => permissionRefusal(calls[name], policyOf(everyRole), undefined));
    const window = readdirSync('renderer', { recursive: true })
      .map((file) => join('renderer', String(file)))
      .filter((file) => file.endsWith('.svelte'))
      .map((file) => readFileSync(file, 'utf8'));
    // The page of the review asks once for all that it does.
    const asked = refusable.filter((name) => !name.startsWith('review.') || name === 'review.export');
    for (const name of [...asked, 'review.queue'].filter((name) => name !== 'trust.risk'))
      expect(
        window.some((text) => text.includes(`call="${name}"`)),
        name,
      ).toBe(true);
  });
});

describe('a plant whose plan lets engineers alone see reconstructions, where nobody said who is working,', () => {
  async function closed(policy: object = { seenBy: ['engineer'] }) {
    const adjust = (store: Store) => store.settings.set(settingNames.pilot, pilot);
    const workstation = await openWorkstation(await reviewedFolder(temporaryFolder(), { policy, adjust }));
    const enter = (role: Role) => workstation.api['people.enter']({ person: { name: 'Lan', role } });
    const ask = <Name extends CallName>(name: Name, input: CallInput<Name> = inputs[name]) =>
      dispatch(workstation.api, name, input);
    return { ...workstation, enter, ask };
  }

  it('is given a pilot report without its reconstructed examples, in pictures or otherwise', async () => {
    const { api, image, enter } = await closed();
    const shown = await api['pilot.state']({});
    const [quality] = report.quality.modalities;
    expect(shown.report?.quality.modalities).toEqual([{ ...quality, examples: [] }]);
    expect(JSON.stringify(shown)).not.toContain(secret);
    const { truth, reconstructed } = quality!.examples[3]!;
    const pictureOf = (shown: PilotShown) =>
      image(`/images/pilot/${report.id}/${shown.kind === 'image' ? shown.picture : 'none'}`);
    expect((await pictureOf(truth))?.shows).toBe('measurements');
    expect(await pictureOf(reconstructed)).toBeUndefined();
    await enter('operator');
    expect(await pictureOf(reconstructed)).toBeUndefined();
    await enter('engineer');
    expect((await api['pilot.state']({})).report).toEqual(report);
    expect((await pictureOf(reconstructed))?.shows).toBe('reconstructions');
  });

  it('writes no pilot report, and the attempt is in the log', async () => {
    const { ask, api, enter } = await closed();
    const into = temporaryFolder();
    const save = () => ask('pilot.save', { language: 'en', folder: into });
    expect(await save()).toMatchObject({ ok: false, error: { code: 'person-unknown' } });
    await enter('administrator');
    expect(await save()).toMatchObject({ ok: false, error: { code: 'policy-view' } });
    expect(readdirSync(into)).toEqual([]);
    const { entries } = await api['log.list']({ limit: 5, text: 'export.refused', actions: [] });
    expect(entries[0]).toMatchObject({ detail: { call: 'pilot.save', reason: 'policy-view' } });
    await enter('engineer');
    expect(await save()).toMatchObject({ ok: true });
    expect(readdirSync(into)).toHaveLength(1);
  });

  it('is told in the log what was decided on what, but nothing that it rests on, be it searched for', async () => {
    const { api, ask, enter } = await closed();
    await enter('engineer');
    await decideOn(api, { ...of, decision: 'flag', reason: 'wrong-shape' });
    const list = (text: string) => api['log.list']({ limit: 5, text, actions: [] });
    const whole = (await list('wrong-shape')).entries[0]!;
    expect(whole.detail).toMatchObject({ confidence: expect.any(Number), sources: expect.any(Array) });
    await enter('operator');
    const { withheld, ...listed } = (await list('decision.')).entries[0]!;
    expect(withheld).toBe(true);
    expect(listed).toEqual({ ...whole, detail: { part: 'A', modality } });
    for (const hidden of ['wrong-shape', String(whole.detail.confidence), '"sources"'])
      expect((await list(hidden)).total).toBe(0);
    const entered = (await list('person.entered')).entries[0]!;
    expect(entered).not.toHaveProperty('withheld');
    const into = temporaryFolder();
    const seal = () => ask('log.export', { folder: into });
    expect(await seal()).toMatchObject({ ok: false, error: { code: 'policy-view' } });
    expect(readdirSync(into)).toEqual([]);
    expect((await list('export.refused')).entries[0]).toMatchObject({ detail: { call: 'log.export' } });
    await enter('engineer');
    expect(await seal()).toMatchObject({ ok: true });
    const [file] = readdirSync(into);
    const written = readFileSync(join(into, file!));
    expect(checkLogFile(written).entries).toBeGreaterThan(0);
    expect(written.toString()).toContain('wrong-shape');
  });

  it('turns no "check" into "use"', async () => {
    const { ask, api, enter } = await closed();
    const lax = { modality, use: 0, check: 0, familiarity: 0, tolerance: 10 };
    expect(await ask('trust.rules', lax)).toMatchObject({ ok: false, error: { code: 'person-unknown' } });
    await enter('operator');
    expect(await ask('trust.rules', lax)).toMatchObject({ ok: false, error: { code: 'policy-view' } });
    const rules = async () => (await api['trust.risk']({ modality })).rules;
    await enter('engineer');
    expect(await rules()).not.toMatchObject({ use: 0 });
    expect(await ask('trust.rules', lax)).toMatchObject({ ok: true });
    expect(await rules()).toMatchObject({ use: 0 });
  });

  it('is shown no reconstruction by what every window is told and may ask, nor by an address', async () => {
    const { api, ask, image, subscribe, enter } = await closed();
    const heard: unknown[] = [];
    subscribe((event) => heard.push(event));
    await enter('engineer');
    await decideOn(api, { ...of, decision: 'flag', reason: 'wrong-shape' });
    await api['people.enter']({ person: null });
    const open = names.filter((name) => !['pilot.start', 'round.join', 'devices.probe'].includes(name));
    for (const name of open) heard.push(await ask(name));
    const said = JSON.stringify(heard);
    for (const trace of [
      secret,
      '/images/reconstruction',
      '/images/uncertainty',
      '/images/made',
      'wrong-shape',
    ])
      expect(said).not.toContain(trace);
    for (const path of ['/images/reconstruction/1/camera?model=3', '/images/uncertainty/1/camera?model=3'])
      expect(await image(path)).toBeUndefined();
  });
});

describe('limits', () => {
  it('are set by those who sign models off, where everybody may see', async () => {
    const workstation = await openWorkstation(await reviewedFolder(temporaryFolder()));
    const set = () => dispatch(workstation.api, 'trust.rules', inputs['trust.rules']);
    expect(await set()).toMatchObject({ ok: false, error: { code: 'person-unknown' } });
    const { refusals } = await workstation.api['workstation.state']({});
    expect(Object.keys(refusals)).toEqual(['pilot.save', 'review.export', 'models.decide', 'trust.rules']);
    await workstation.api['people.enter']({ person: { name: 'Mai', role: 'operator' } });
    expect(await set()).toMatchObject({ ok: false, error: { code: 'policy-limits' } });
    await workstation.api['people.enter']({ person: { name: 'Lan', role: 'engineer' } });
    expect(await set()).toMatchObject({ ok: true });
  });
});
