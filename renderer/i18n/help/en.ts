/** Strings of help, tour and "about" in English; `ja.ts` must hold the same keys. */
export const helpTexts = {
  help: {
    title: 'Help',
    words: 'Words',
    wordsHow: 'What the window calls things. The manual has all of them.',
    terms: [
      ['Part', 'One piece that was made and measured: one row of the table.'],
      [
        'Measurement',
        'What one instrument or person records of a part: an image, a signal, a text or a category.',
      ],
      [
        'Reconstruction',
        'A measurement that was not taken, computed from those that were. It is hatched and violet everywhere, and never a measurement.',
      ],
      [
        'Real measurement',
        'A measurement of a part that was reconstructed before: the truth to compare with.',
      ],
      ['Confidence', 'How often reconstructions of parts like this one were right.'],
      ['Plant', 'A site that measures parts and takes part with one workstation.'],
      [
        'Headquarters',
        'Whoever runs the federation: writes the plan, invites plants, starts the aggregator.',
      ],
      ['Federation', 'Plants that learn together by one plan, without showing each other their data.'],
      ['Plan', 'What plants agree to: measurements, use of reconstructions, rounds, model.'],
      ['Invitation', 'A text from headquarters with which one workstation joins once.'],
      ['Aggregator', 'The program at headquarters that joins what plants have trained.'],
      ['Round', 'One turn: plants train, send what they trained, and get the joined model.'],
      ['Model version', 'The model after one round, by number.'],
      [
        'Calibration',
        'Finding out at plants that have the real measurement how far reconstructions are off.',
      ],
      [
        'Log',
        'What was done here, by whom and when; each entry rests on the one before, so that a change shows.',
      ],
    ],
    tour: {
      title: 'Four steps through FedRecon',
      again: 'Show the tour again',
      againHow: 'It stands above the first page.',
      at: (step: number, of: number) => `Step ${step} of ${of}`,
      back: 'Step back',
      on: 'Step on',
      end: 'End the tour',
      steps: [
        [
          'Join',
          'Headquarters sends an invitation: one line. Paste it under Connect, read the plan, and agree. Whether it is worth it, the pilot check says before, with your own data.',
        ],
        [
          'Bring data',
          'Point at the folder with the table and the images. The window shows what it understood, and what it cannot use and why, before anything is written. The data stay on this workstation.',
        ],
        [
          'Take part in rounds',
          'On the Overview, one button joins the rounds. Only what was trained leaves, never parts. Stop stops at once, and nothing that was finished is lost.',
        ],
        [
          'Review',
          'Reconstructions wait under Review, the least trusted first. Enter accepts, F flags, R rejects, U takes back; the question mark lists all keys.',
        ],
      ],
    },
  },
  about: {
    title: 'About',
    version: (version: string) => `Version ${version}`,
    what: 'Federated reconstruction of measurements that a plant does not have, with a confidence that can be checked.',
    own: 'This program is under the MIT licence.',
    use: 'What happens to data',
    leaves: [
      'Parts, images, notes and names stay in the data folder of this workstation. No call leaves for anybody but the aggregator of the joined federation.',
      'What leaves in a round is what was trained: parameters of the modules that this plant has data for, and the number of parts. Calibration sends sums over many parts. Each transfer stands on the Overview with its bytes.',
      'There is no telemetry, no account, and no search for updates.',
      'A file for support is made by hand only, without keys, names, notes, values and images.',
    ],
    plan: 'What the plan allows',
    noPlan: 'The joined federation’s terms will stand here.',
    licences: 'Licences of what it is made of',
    licencesHow: (count: number) => `${count} packages, as they were when this was built.`,
    licence: 'Licence',
    package: 'Package',
    noText: 'The package brings no text of its licence, or is for another system.',
  },
};
