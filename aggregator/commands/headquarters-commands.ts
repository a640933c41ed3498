import type { Command } from '../../protocol/command-line.ts';
import { usageError, wholeNumber } from '../../protocol/command-line.ts';
import type { Status } from '../headquarters/admin-commands.ts';
import { command } from '../server/admin-channel.ts';
import { parseAggregatorWords } from './parse-words.ts';

/** Command `invite`: prints an invitation for a plant. It alone goes to standard output, so that it can be piped on. */
export const invite: Command = {
  usage: 'invite PLANT [--days N]',
  summary: 'Prints an invitation for a plant, valid once and for 14 days unless said otherwise.',
  run: async (words) => {
    const { values, positionals, folder } = parseAggregatorWords(
      words,
      { days: { type: 'string', default: '14' } },
      ['The name of the plant'],
    );
    const days = wholeNumber('days', values.days, 1, 365);
    const plant = positionals[0]!.trim();
    if (plant.length === 0 || plant.length > 80)
      throw usageError('The name of the plant takes 1 to 80 characters.');
    const { invitation, expires } = await command(folder, 'invite', { plant, days });
    console.log(invitation);
    console.error(`For ${plant}, valid once until ${expires}. Send it over a channel you trust.`);
  },
};

/** Command `round`: opens the next round; the running server then runs it. */
export const round: Command = {
  usage: 'round',
  summary: 'Opens the next round.',
  run: async (words) => {
    const { folder } = parseAggregatorWords(words, {});
    const opened = await command(folder, 'round', {});
    console.log(`Round ${opened.round} is open.`);
  },
};

/** Command `calibrate`: opens a calibration; plants that take part answer by themselves. */
export const calibrateCommand: Command = {
  usage: 'calibrate [VERSION]',
  summary: 'Calibrates what a model says of itself, by default the one in force, on parts with the truth.',
  run: async (words) => {
    const { positionals, folder } = parseAggregatorWords(words, {}, [], 1);
    const [version] = positionals;
    if (version !== undefined && !/^\d{1,9}$/.test(version))
      throw usageError(`VERSION is a whole number, not "${version}".`);
    const opened = await command(
      folder,
      'calibrate',
      version === undefined ? {} : { version: Number(version) },
    );
    console.log(`Calibration ${opened.calibration} is open.`);
  },
};

/** Command `status`: the federation's status in words, or as JSON for programs. */
export const status: Command = {
  usage: 'status [--json]',
  summary: 'Shows the federation, its plants, the round and the model.',
  run: async (words) => {
    const { values, folder } = parseAggregatorWords(words, { json: { type: 'boolean', default: false } });
    const now = await command(folder, 'status', {});
    console.log(values.json ? JSON.stringify(now, null, 2) : inWords(now));
  },
};

function inWords({
  plan,
  url,
  round,
  modelVersion,
  bridges,
  calibration,
  plants,
  openInvitations,
  auditAlteredAt,
}: Status): string {
  const until = round.deadline ? `, until ${round.deadline}` : '';
  return [
    `${plan} at ${url}`,
    `Round ${round.number} of ${round.scheduled} (${round.stage}): ${round.state}${until}. Model ${modelVersion}.`,
    ...Object.entries(bridges).map(
      ([mapping, through]) => `  ${mapping}: a bridge through ${through}, no plant measured the pair`,
    ),
    ...(calibration ? calibrationInWords(calibration) : []),
    ...plants.map(
      ({ name, has, contributed }) => `  ${name}: ${has.join(', ')}${contributed ? '  (contributed)' : ''}`,
    ),
    ...openInvitations.map(({ plant, expires }) => `  ${plant}: invited, until ${expires}`),
    auditAlteredAt === null
      ? 'The audit log is whole.'
      : `The audit log was altered at entry ${auditAlteredAt}.`,
  ].join('\n');
}

function calibrationInWords({
  number,
  modelVersion,
  pass,
  contributed,
  expected,
  routes,
}: NonNullable<Status['calibration']>): string[] {
  const where = pass ? `${pass}, ${contributed} of ${expected} plants` : 'finished';
  return [
    `Calibration ${number} of model ${modelVersion}: ${where}.`,
    ...Object.entries(routes).map(
      ([route, { plants, parts }]) =>
        `  ${route}: ${parts} ${parts === 1 ? 'part' : 'parts'} of ${plants} ${plants === 1 ? 'plant' : 'plants'}`,
    ),
  ];
}
