import { counted } from '../../../main/api/format.ts';
import type { Comparison, ModelState } from '../../../main/api/views/models.ts';

/** Texts on model versions, their cards, and sign-off. */
export const modelTexts = {
  models: {
    title: 'Models',
    versions: 'Versions',
    version: (version: number) => `Version ${version}`,
    round: (round: number) => `after round ${round}`,
    none: 'No model has arrived yet: join a round first.',
    states: {
      received: 'Not evaluated',
      evaluated: 'Waits for sign-off',
      'in-use': 'In use',
      held: 'Held back',
      retired: 'Was in use',
    } satisfies Record<ModelState, string>,
    comparisons: {
      better: 'Better than the version in use',
      'as-good': 'As good as the version in use',
      worse: 'Worse than the version in use',
      'cannot-tell': 'These parts cannot tell',
    } satisfies Record<Comparison, string>,
    shortComparisons: {
      better: 'better',
      'as-good': 'as good',
      worse: 'worse',
      'cannot-tell': 'cannot tell',
    } satisfies Record<Comparison, string>,
    first: 'The first version: there is none to compare it with',
    ruleTitle: 'The rule of this comparison',
    rule: 'Better if the whole 95 % interval of the gain lies above zero; as good if it stays above the margin (0.25 dB, 3 % of the error, 0.02 words a word, 2 points of right values); worse if it lies below zero and reaches below the margin; else these parts cannot tell. Fewer than 10 parts never tell. Of several measurements, the one that most parts here lack counts, if it tells; where that one cannot be judged here, none of the others counts.',
    newVersions: 'New model versions',
    policies: {
      automatic:
        'By the plan, a newer version that is not worse is used without a person; where these parts cannot tell because some measurement cannot be judged here, a person signs it off. One that is worse is held back. Going back is for a person.',
      'automatic-unjudged':
        'By the plan, a newer version that is not worse is used without a person, even where it cannot be judged here. One that is worse is held back. Going back is for a person.',
      signed:
        'By the plan, a version is used only when a person has signed it off. One that is worse is held back.',
    },
    may: (roles: string) => `May sign off: ${roles}.`,

    evaluate: 'Evaluate',
    evaluateAgain: 'Evaluate again',
    notEvaluated: 'This version has not been evaluated here',
    notEvaluatedWhy:
      'The evaluation hides each measurement of parts that this plant never trains on, has it reconstructed, and compares. Nothing leaves this machine.',
    evaluatedOn: (parts: string, date: string) =>
      `Evaluated on ${parts} of this plant's own parts that it never trains on · ${date}`,
    against: (version: number) => `compared with version ${version}`,
    nothingHeldOut:
      'No part here has two measurements, so nothing could be evaluated: how good this version is at this plant is not known.',
    unevaluated: (name: string) =>
      `${name}: no part held out here has it. How good its reconstructions are at this plant, this card cannot say.`,

    use: 'Sign off for use',
    hold: 'Hold back',
    rollBack: 'Go back to this version',
    reason: 'Reason',
    reasonNeeded: 'Reason (needed; it goes into the log)',
    reasonOptional: 'Reason (optional; it goes into the log)',
    acknowledge: 'I know that nothing here could judge all that this version reconstructs.',
    signsAs: (name: string, role: string) => `Signed as ${name}, ${role}, with the key of this workstation.`,
    binds:
      'The signature binds this card, the model and the name together. If one of them is changed later, the version is used no more.',
    signedBy: (who: string, date: string) => `Signed by ${who} · ${date}`,
    heldBy: (who: string, date: string) => `Held back by ${who} · ${date}`,
    rolledBackBy: (who: string, date: string) => `Gone back to by ${who} · ${date}`,
    byPolicy: "the plan's policy",
    genuine: 'Signature verified',
    notGenuine:
      'This sign-off does not hold: signature, card or model were changed. The version is not used.',
    acknowledged: 'with its gaps known',

    from: 'Reconstructed from',
    through: (name: string) => `through ${name}`,
    parts: 'Parts',
    gain: (version: number) => `Gain over version ${version}`,
    interval: (low: string, high: string) => `95 %: ${low} to ${high}`,
    notReconstructed: 'never missing at this plant',
    channels: 'Each channel by itself, the worst first',
    r2: 'R²',
    r2Why: '1 is exact, 0 no better than the mean, below 0 worse than it',
    noBetter: 'no better than the mean',
    coverage: 'Ranges',
    covered: (share: string, nominal: string) =>
      `calibrated on one half of these parts, those of the other half hold ${share} of the values; they should hold ${nominal}`,
    confidence: 'Confidence',
    cameTrueShare: (share: string) => `said → came true, that the true value has a share of ${share} or more`,
    cameTrue: (tolerance: string) => `said → came true, that the error is within ${tolerance}`,
    byGroup: 'By group of parts',
    byGroupWhy: (name: string) =>
      `Found by how alike their ${name} looks to the model; nobody labelled them. The words are those that set their notes apart.`,
    groupParts: (parts: string) => counted(parts, 'part'),
    groupOf: (number: number) => `Group ${number}`,
    groupExample: (number: number) => `Example of group ${number}`,
    worst: 'Worst cases',
    examplesDeleted:
      'The examples of this card are gone, because a part among them was deleted. Its figures stay; evaluating the version again shows others.',
    before: (version: number, value: string) => `version ${version}: ${value}`,

    waits: (version: number) => `Model version ${version} waits for sign-off`,
    waitsWhy: 'It was evaluated here and is not used until somebody signs it off.',
    wasHeld: (version: number) => `Model version ${version} was held back`,
    wasHeldWhy: (used: string) => `It is worse on this plant's own parts. ${used}`,
    stays: (version: number) => `Version ${version} stays in use.`,
    noneUsed: 'No version is in use.',
    invalid: 'The sign-off of the model in use does not hold',
    invalidWhy:
      'Signature, card or model were changed. Nothing more is reconstructed until somebody signs one off.',
    look: 'Look at the models',
  },
};
