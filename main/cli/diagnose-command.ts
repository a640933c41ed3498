import { resolve } from 'node:path';
import { type Command, parseWords } from '../../protocol/command-line.ts';
import { diagnosisChecks } from '../api/diagnosis-checks.ts';
import type { CheckView } from '../api/views/diagnosis.ts';
import { atPlant, plantExits, plantOptions, printAnswer } from './at-plant.ts';

const signs: Readonly<Record<CheckView['state'], string>> = {
  good: '✔',
  look: '▲',
  bad: '✘',
  'left-out': '–',
};

/** Makes the checks of the window's page of diagnosis, and the file for support. */
export const diagnoseCommand: Command = {
  usage: 'diagnose [--save DIR] [--data DIR] [--language ja|en] [--json]',
  summary:
    'Checks address, certificate, clock, version, disk, engine, data folder and log, each with its cure; --save writes a file for support.',
  answersJson: true,
  example: '--data /data --save /tmp',
  exits: { ...plantExits, 3: 'something stands still' },
  run: async (words) => {
    const { data, json, language } = plantOptions;
    const { values } = parseWords(words, { data, json, language, save: { type: 'string' } });
    const outcomes: CheckView[] = [];
    const code = await atPlant(values, { command: 'diagnose' }, async ({ call, stopped, language }) => {
      for (const check of diagnosisChecks) {
        if (stopped.aborted) return;
        outcomes.push(await call('diagnosis.check', { check }));
      }
      const save = values.save === undefined ? undefined : resolve(values.save);
      const file = save === undefined ? null : (await call('diagnosis.save', { folder: save })).file;
      printAnswer(values.json, { checks: outcomes, file }, [
        ...outcomes.flatMap(({ check, state, found, cure }, index) => [
          `${index + 1}. ${signs[state]} ${check}: ${found[language]}`,
          ...(cure ? [`   ${cure[language]}`] : []),
        ]),
        ...(file === null ? [] : [file]),
      ]);
    });
    return code || (outcomes.some(({ state }) => state === 'bad') ? 3 : 0);
  },
};
