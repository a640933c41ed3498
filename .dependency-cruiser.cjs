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
 * Floors of a room, from the ground up: a file may import from its own folder and from floors below it, so what is
 * written reads in one direction, and folders of one floor do not know each other. Every folder of the room is named.
 */
const floors = {
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
};

const floorRules = Object.entries(floors).flatMap(([room, levels]) => [
  ...levels.flatMap((level, height) =>
    level.flatMap((folder) => {
      const others = levels
        .slice(height)
        .flat()
        .filter((other) => other !== folder);
      return others.length === 0
        ? []
        : {
            name: `${room}-floor-${folder}`,
            comment: `${room}/${folder} may not import from ${others.join(', ')}`,
            severity: 'error',
            from: { path: `^${room}/${folder}/` },
            to: { path: `^${room}/(${others.join('|')})/` },
          };
    }),
  ),
  {
    name: `${room}-floors-complete`,
    comment: `Every folder of ${room}/ stands on a floor`,
    severity: 'error',
    from: { path: `^${room}/`, pathNot: `^${room}/(${levels.flat().join('|')})/` },
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
      comment: 'The contract reaches the window as types: no workstation code is bundled into it',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^main/api/', dependencyTypesNot: ['type-only'] },
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
      name: 'hosts-apart',
      comment: 'The two hosts share the contract, not each other',
      severity: 'error',
      from: { path: '^main/(browser|electron)/' },
      to: { path: '^main/(browser|electron)/', pathNot: '^main/$1/' },
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
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'default', 'types', 'svelte'],
    },
  },
};
