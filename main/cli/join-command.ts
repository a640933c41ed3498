import { type Command, parseWords, usageError } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { decodeInvitation } from '../../protocol/invitation.ts';
import { answerTexts } from './answer-words.ts';
import { atPlant, type PlantAtWork, plantExits, plantOptions, plantUsage, printAnswer } from './at-plant.ts';
import { invitationText } from './invitation-word.ts';
import { planInWords } from './plan-words.ts';
import { saysYes } from './says-yes.ts';

const question = 'Do you agree to this plan? / この計画書に同意しますか？';

const options = {
  ...plantOptions,
  has: { type: 'string', multiple: true },
  yes: { type: 'boolean', default: false },
} as const;

/** Joins a federation, once whoever types has seen the plan and agreed to it. */
export const joinFederation: Command = {
  usage: `join INVITATION|FILE|- [--has NAME,NAME …] [--yes] ${plantUsage}`,
  summary:
    'Shows the plan behind an invitation in plain words, and joins once it is agreed to: by --yes, or by a typed yes. INVITATION is its text, a file that holds it, or - for standard input: other accounts of this machine can read words that are typed. --has: what this plant measures (default: what is imported).',
  answersJson: true,
  example: 'invitation.txt --has gauge,note --data /data',
  exits: plantExits,
  run: async (words) => {
    const { values, positionals } = parseWords(words, options, ['the invitation']);
    const [word] = positionals as [string];
    if (word === '-' && !values.yes)
      throw usageError('join - reads the invitation where a typed yes would be read: add --yes.');
    const invitation = await invitationText(word);
    // What cannot be one makes no data folder.
    decodeInvitation(invitation);
    return atPlant(values, { command: 'join', isNew: true }, async (plant) => {
      const offer = await plant.call('enrolment.preview', { invitation });
      // With --json, standard output is for the answer alone.
      const say = values.json ? console.error : console.log;
      say(planInWords(offer, plant.language).join('\n'));
      const named = values.has?.flatMap((some) => some.split(',')).map((name) => name.trim());
      const measured = await imported(plant);
      const has = [...new Set(named ?? measured)].filter((name) => name !== '');
      const names = offer.plan.modalities.map(({ name }) => name).join(', ');
      if (has.length === 0) throw usageError(`--has names what this plant measures, of: ${names}.`);
      if (!values.yes && !(await saysYes(question))) throw new FedReconError('plan-not-agreed');
      const planHash = offer.plan.hash;
      const { federation } = await plant.call('enrolment.join', { invitation, planHash, has });
      const { plant: name, aggregator, has: held, lacks } = federation!;
      printAnswer(
        values.json,
        { plant: name, aggregator, plan: offer.plan.name, planHash, has: held, lacks },
        ['', answerTexts[plant.language].joined(name, offer.plan.name, held.join(', '))],
      );
    });
  },
};

/** Modalities that were imported by the plan on show. */
async function imported(plant: PlantAtWork): Promise<string[]> {
  const { data } = await plant.call('workstation.state', {});
  return data.counts.filter(({ present }) => present > 0).map(({ modality }) => modality);
}
