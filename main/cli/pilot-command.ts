import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { answerRefusal, type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { FedReconError, type Language } from '../../protocol/errors.ts';
import { readPlan } from '../../protocol/plan-file.ts';
import { forkTrainingHost } from '../jobs/fork-host.ts';
import { probeDevices } from '../jobs/probe-devices.ts';
import { JobStopped } from '../jobs/stopped.ts';
import { createSupervisor } from '../jobs/supervisor.ts';
import { systemLanguage } from '../launch/language.ts';
import { pdfReport } from '../pilot/pdf/document.ts';
import { pdfName } from '../pilot/pdf/name.ts';
import { checkPilot, type PilotRequest, usualLines, usualMinutes } from '../pilot/pilot-check.ts';
import { terminalText } from '../pilot/terminal-report.ts';
import { assertPermitted } from '../services/permission/guard.ts';
import { openStore } from '../store/store.ts';
import { defaultDataFolder } from '../window/data-folder.ts';
import { answerTexts } from './answer-words.ts';
import { holdsWorkstation, makeOutFolder } from './command-folders.ts';
import { languageOf } from './command-language.ts';
import { progressLine } from './progress-line.ts';
import { tableSettings } from './table-settings.ts';

const languages: readonly Language[] = ['ja', 'en'];

const options = {
  manifest: { type: 'string' },
  set: { type: 'string', multiple: true },
  plan: { type: 'string' },
  data: { type: 'string' },
  minutes: { type: 'string', default: String(usualMinutes) },
  line: { type: 'string', default: usualLines.join(',') },
  language: { type: 'string' },
  out: { type: 'string', default: '.' },
  json: { type: 'boolean', default: false },
} as const;

/** Judges from a plant's own folder whether FedRecon helps it, and writes the report for a manager. */
export const pilotCommand: Command = {
  usage:
    'pilot FOLDER [--manifest FILE] [--set key=value]… [--plan FILE] [--minutes 3] [--line 10,100] [--language ja|en] [--out DIR] [--data DIR] [--json]',
  summary:
    'Checks a folder (a table as inspect reads it, or folders of pictures) before anything is joined: data, sensors, speed, line, quality, work, risks; writes a PDF of one page in both languages. --json: the report on standard output.',
  answersJson: true,
  example: '/parts --out report',
  exits: { 130: 'stopped' },
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, ['the folder']);
    const wanted =
      values.language === undefined ? languages : languages.filter((one) => one === values.language);
    if (wanted.length === 0) throw usageError(`--language takes ja or en, not "${values.language}".`);
    const request = await requestFrom(resolve(positionals[0]!), values);
    const out = makeOutFolder(values.out);
    const scratch = await mkdtemp(join(tmpdir(), 'fedrecon-pilot-'));
    let stopped = false;
    try {
      const { report, pictures } = await checkHere(request, scratch);
      // With --json, standard output is for the answer alone.
      const say = values.json ? console.error : console.log;
      if (!values.json) say(terminalText(report, wanted.length === 1 ? wanted[0]! : systemLanguage()));
      for (const language of wanted) {
        const file = join(out, pdfName(report, language));
        await writeFile(file, await pdfReport({ report, pictures }, language));
        say(`\nPDF (${language}): ${file}`);
      }
      if (values.json) console.log(JSON.stringify(report, null, 2));
    } catch (thrown) {
      if (!(thrown instanceof JobStopped)) throw thrown;
      stopped = true;
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    if (!stopped) return;
    console.error(answerTexts[languageOf(values.language)].stoppedBefore);
    if (values.json) answerRefusal(new FedReconError('command-stopped'), languageOf(values.language));
    process.exit(130);
  },
};

type Values = ReturnType<typeof parseWords<typeof options>>['values'];

async function requestFrom(folder: string, values: Values): Promise<PilotRequest> {
  const minutes = positive('minutes', values.minutes, 240);
  const lines = values.line.split(',').map((text) => positive('line', text, 100_000));
  const { reading, pictures, ...said } = tableSettings(values.set ?? []);
  const common = { folder, manifest: values.manifest, reading, said, pictures, minutes, lines };
  if (values.plan !== undefined)
    return { ...common, plan: { plan: await readPlan(values.plan), origin: 'file' }, published: null };
  return { ...common, ...(await joined(values.data)) };
}

/** The plan of the federation that this workstation has joined, and the version and round of its model. */
async function joined(data: string | undefined): Promise<Pick<PilotRequest, 'plan' | 'published'>> {
  const folder = data ?? defaultDataFolder();
  const nothing = { plan: undefined, published: null };
  if (!holdsWorkstation(folder)) {
    if (data !== undefined) throw new FedReconError('no-workstation', { folder: data });
    return nothing;
  }
  try {
    const store = await openStore(folder);
    try {
      const enrolment = store.enrolment.get();
      const model = store.models.newest();
      if (!enrolment) return nothing;
      assertPermitted(store, 'pilot.save');
      return {
        plan: { plan: enrolment.plan, origin: 'federation' },
        published: model ? { version: model.manifest.version, round: model.manifest.round } : null,
      };
    } finally {
      store.close();
    }
  } catch (thrown) {
    if (data !== undefined || !(thrown instanceof FedReconError) || thrown.code !== 'data-folder-in-use')
      throw thrown;
    console.error(
      `The app is open on ${basename(folder)}: its federation is left out. Use its page "Pilot check" instead.`,
    );
    return nothing;
  }
}

/** Runs the check in a training process of its own, with its progress on standard error, until Ctrl-C. */
async function checkHere(request: PilotRequest, scratch: string) {
  const host = forkTrainingHost();
  const supervisor = createSupervisor(host);
  const stop = new AbortController();
  const abort = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, abort);
  const show = progressLine();
  try {
    return await checkPilot(request, {
      ...{ supervisor, scratch, abort: stop.signal },
      progress: ({ phase, ...progress }) => show(phase, progress),
      devices: () => probeDevices(host, { abort: stop.signal, progress: () => {} }),
    });
  } finally {
    show.end();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, abort);
    await supervisor.close();
  }
}

function positive(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!(value > 0 && value <= most))
    throw usageError(`--${name} takes numbers above 0 and up to ${most}, not "${text}".`);
  return value;
}
