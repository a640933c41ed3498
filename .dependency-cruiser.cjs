/**
 * The import rules of the design, checked in `npm run check`: a file says by its folder where it may run.
 * `protocol` knows nobody; `training` and `aggregator` know `protocol`; `main` knows both halves of a
 * workstation; `renderer` knows only the contract's types.
 */
const rooms = ['protocol', 'training', 'main', 'renderer', 'aggregator'];
const mayImport = {
  protocol: [],
  training: ['protocol'],
  main: ['protocol', 'training'],
  renderer: ['main'],
  aggregator: ['protocol'],
};

const roomRules = rooms.map((room) => ({
  name: `${room}-imports`,
  comment: `${room}/ may import ${mayImport[room].join(', ') || 'libraries only'}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: {
    path: `^(${rooms.filter((other) => other !== room && !mayImport[room].includes(other)).join('|')}|test|build)/`,
  },
}));

/**
 * Floors of a room, from the ground up: a file may import from its own unit and from floors below it, so what is written
 * reads in one direction, and the units of one floor do not know each other. A unit is a folder, or a file that stands
 * in the room itself; every one is named.
 */
const floors = {
  protocol: [
    ['errors', 'controls.ts', 'issue-words.ts', 'compiled-code.ts'],
    [
      'errors.ts',
      'canonical-json.ts',
      'convolution.ts',
      'tensors.ts',
      'policy.ts',
      'research.ts',
      'system-words.ts',
      'schedule.ts',
    ],
    ['kinds', 'command-line.ts', 'safetensors.ts', 'signatures.ts'],
    ['presets.ts', 'moved-fields.ts'],
    ['plan.ts'],
    ['modules.ts', 'plan-file.ts'],
    ['backing.ts', 'shapes.ts'],
    ['messages.ts', 'cost.ts', 'serving.ts'],
    ['calibration', 'invitation.ts'],
  ],
  training: [
    ['random', 'measures', 'cells'],
    ['kinds'],
    ['engine', 'data', 'model'],
    ['learning'],
    ['reconstruction'],
    ['confidence', 'explain'],
    ['evaluation'],
    ['pilot'],
    ['process'],
  ],
  main: [
    ['api', 'log', 'pictures', 'jobs'],
    ['store', 'measures'],
    ['kinds', 'sync'],
    ['pilot'],
    ['services'],
    ['window'],
    ['launch'],
    ['browser', 'electron', 'cli', 'demo'],
    ['start.ts'],
  ],
  renderer: [
    ['style', 'i18n'],
    ['bridge'],
    ['state'],
    ['components'],
    ['people', 'kinds'],
    ['pages'],
    ['TopBar.svelte'],
    ['App.svelte'],
    ['main.ts'],
  ],
  aggregator: [
    ['database', 'folder'],
    ['federation'],
    ['collecting'],
    ['calibration'],
    ['rounds'],
    ['headquarters'],
    ['http'],
    ['server'],
    ['commands'],
    ['cli.ts'],
  ],
};

/** A pattern for what lies in any of the units. */
function within(room, units) {
  return `^${room}/(${units.join('|').replaceAll('.', '\\.')})(/|$)`;
}

const floorRules = Object.entries(floors).flatMap(([room, levels]) => [
  ...levels.flatMap((level, height) =>
    level.flatMap((unit) => {
      const others = levels
        .slice(height)
        .flat()
        .filter((other) => other !== unit);
      return others.length === 0
        ? []
        : {
            name: `${room}-floor-${unit}`,
            comment: `${room}/${unit} may not import from ${others.join(', ')}`,
            severity: 'error',
            from: { path: within(room, [unit]) },
            to: { path: within(room, others) },
          };
    }),
  ),
  {
    name: `${room}-floors-complete`,
    comment: `Everything in ${room}/ stands on a floor`,
    severity: 'error',
    from: { path: `^${room}/`, pathNot: within(room, levels.flat()) },
    to: {},
  },
]);

module.exports = {
  forbidden: [
    ...roomRules,
    ...floorRules,
    {
      name: 'renderer-contract-only',
      comment: 'The window sees the contract and nothing else of the workstation',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/', pathNot: '^main/api/' },
    },
    {
      name: 'renderer-types-only',
      comment:
        'The contract reaches the window as types: no workstation code is bundled into it but how numbers are written, which ' +
        'window, terminal and paper must agree on',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/api/', pathNot: '^main/api/format\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'format-stands-alone',
      comment: 'What the window bundles of main/api brings nothing else along',
      severity: 'error',
      from: { path: '^main/api/format\\.ts$' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-no-node',
      comment: 'The window has no Node and no network library',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-no-network',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: 'node_modules/(axios|fastify|electron)/' },
    },
    {
      name: 'electron-only-in-its-host',
      comment: 'Only main/electron imports electron',
      severity: 'error',
      from: { pathNot: '^(main/electron|test)/' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'network-only-in-sync',
      comment: 'All talk with the aggregator goes through main/sync',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/sync/' },
      to: { path: 'node_modules/axios/' },
    },
    {
      name: 'numeric-work-stays-in-training',
      comment: 'The application never runs tensors in its own process',
      severity: 'error',
      from: { path: '^(main|aggregator|protocol|renderer)/' },
      to: { path: 'node_modules/(@tensorflow|onnxruntime-node)/' },
    },
    {
      name: 'numeric-work-never-reached',
      comment: 'Nor through another room: what main imports of training is messages and pure functions',
      severity: 'error',
      from: { path: '^(main|aggregator|protocol)/' },
      to: { path: 'node_modules/(@tensorflow|onnxruntime-node)/', reachable: true },
    },
    {
      name: 'runtime-without-telemetry',
      comment: 'ONNX Runtime is loaded where its telemetry is switched off first, and nowhere else',
      severity: 'error',
      from: { path: '^(training|main|aggregator|protocol)/', pathNot: '^training/engine/onnx/runtime\\.ts$' },
      to: { path: 'node_modules/onnxruntime-node/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pictures-through-one-file',
      comment: 'libvips is loaded where it is bounded first, and nowhere else',
      severity: 'error',
      from: {
        path: '^(training|main|aggregator|protocol|renderer)/',
        pathNot: '^training/cells/images/libvips\\.ts$',
      },
      to: { path: 'node_modules/sharp/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pictures-in-their-own-process',
      comment:
        'What reads hostile files is reached by messages: whatever breaks libvips breaks its own process alone',
      severity: 'error',
      from: { path: '^(main|training/(?!cells/))' },
      to: { path: 'node_modules/sharp/', reachable: true },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { pathNot: '^training/engine/tensorflow' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-test-code-in-product',
      severity: 'error',
      from: { pathNot: '^(test|build)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build/out|dist|demo-output)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'default', 'types', 'svelte'],
    },
  },
};
