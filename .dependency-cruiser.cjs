/**
 * The layers: which folder may import what. Each rule lists what IS allowed; anything else, packages and Node included, is refused.
 * Type-only imports count as well, since knowing a type is knowing the layer. Reasons: docs/architecture.md.
 */

/** A rule: files at `from` may import `allowed` and nothing else. `said` is the list in words. */
const only = (name, from, allowed, said, fromNot) => ({
  name,
  severity: 'error',
  comment: `${said}.`,
  from: { path: from, ...(fromNot === undefined ? {} : { pathNot: fromNot }) },
  to: { pathNot: allowed },
});

/** A rule: files at `from` may import `to` for its types only. */
const typesOnly = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to, dependencyTypesNot: ['type-only'] },
});

const OURS = '^(src|local|test|bench|scripts|dist)/';
/** Packages and Node's own modules: everything that is not one of our folders. */
const PACKAGES = '^(?!(src|local|test|bench|scripts|dist)/)';

module.exports = {
  forbidden: [
    only('api-imports', '^src/api/', ['^src/api/'], 'src/api may import src/api only'),
    only(
      'sync-imports',
      '^src/sync/',
      [
        '^src/sync/',
        '^src/api/(client|table|ports|(activity-|service-)?records|enums|errors|paging|limits|codec|estimate)[.]ts$',
      ],
      'src/sync may import src/sync and, of src/api: the records, enums, errors, paging, limits, codec, estimate, and the types of client, table and ports',
    ),
    typesOnly(
      'sync-takes-client-as-type',
      '^src/sync/',
      '^src/api/(client|table|ports)[.]ts$',
      'src/sync may import the types of src/api/client, table and ports with `import type`: it is given a client and never makes one.',
    ),
    only(
      'google-imports',
      '^src/google/',
      ['^src/google/', '^src/api/ports[.]ts$', '^src/sync/(ports|once|row-id|cells/cell)[.]ts$'],
      'src/google may import src/google, the ports of src/api and src/sync, src/sync/once, row-id and cells/cell',
    ),
    only(
      'menu-imports',
      '^src/menu/',
      ['^src/menu/', '^src/sync/(ports[.]ts$|runs/|state/)'],
      'src/menu may import src/menu, src/sync/ports, src/sync/runs, and the types of src/sync/state',
    ),
    typesOnly(
      'menu-takes-state-as-type',
      '^src/menu/',
      '^src/sync/(ports[.]ts$|state/)',
      'src/menu may import the types of src/sync/state and src/sync/ports with `import type`; what happens is decided in src/sync/runs.',
    ),
    only(
      'sidebar-server-imports',
      '^src/sidebar/',
      [
        '^src/sidebar/(activity|arguments|server|rpc|views)[.]ts$',
        '^src/sync/(ports[.]ts$|runs/|state/)',
        '^src/api/codec[.]ts$',
      ],
      'src/sidebar/server.ts, activity.ts and views.ts may import each other, arguments.ts and rpc.ts, src/sync/ports, src/sync/runs, src/sync/state, and the codecs that check its arguments; rpc.ts imports nothing',
      '^src/sidebar/client/',
    ),
    only(
      'sidebar-client-imports',
      '^src/sidebar/client/',
      ['^src/sidebar/client/', '^src/sidebar/rpc[.]ts$', '(^|/)node_modules/preact/'],
      'src/sidebar/client may import src/sidebar/client, preact, and the types of src/sidebar/rpc.ts',
    ),
    typesOnly(
      'sidebar-client-takes-rpc-as-type',
      '^src/sidebar/client/',
      '^src/sidebar/rpc[.]ts$',
      'src/sidebar/client may import src/sidebar/rpc.ts with `import type`: the contract holds types only.',
    ),
    only(
      'main-imports',
      '^src/(main|compose)[.]ts$',
      ['^src/'],
      'src/main.ts and src/compose.ts may import src only, and no package',
    ),
    {
      name: 'main-is-the-top',
      severity: 'error',
      comment: 'src/compose.ts may be imported by src/main.ts only, and src/main.ts by nobody: they wire the rest.',
      from: { path: '^(src|local)/', pathNot: '^src/main[.]ts$' },
      to: { path: '^src/(main|compose)[.]ts$' },
    },
    only(
      'emulator-imports',
      '^local/affinity/',
      ['^local/affinity/', '^src/api/', PACKAGES],
      'local/affinity may import local/affinity, src/api, packages and Node',
    ),
    only(
      'platform-imports',
      '^local/google/',
      ['^local/google/', PACKAGES],
      'local/google may import local/google, packages and Node: it knows nothing of this add-on',
    ),
    only(
      'local-imports',
      '^local/',
      ['^local/', PACKAGES],
      'files of local outside affinity and google may import local, packages and Node; of src they see the built bundle only',
      '^local/(affinity|google)/',
    ),
    only(
      'bench-imports',
      '^bench/',
      ['^(bench|src|local)/', PACKAGES],
      'bench may import bench, src, local, packages and Node; what it measures is built and proved without it',
    ),
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Imports in src may form no circle, not even of types.',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-cycle-of-values',
      severity: 'error',
      comment:
        'Imports may form no circle; in local, where a range knows its sheet and the other way round, `import type` may.',
      from: { path: '^(local|test|bench)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'Every file imports or is imported; an entry point is named here and in knip.json.',
      from: {
        orphan: true,
        path: '^(src|local)/',
        pathNot: ['[.]d[.]ts$', '^local/google/http-worker[.]mjs$', '^local/workbench/page/frame/google-script[.]ts$'],
      },
      to: {},
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'Every import leads to a file or an installed package.',
      from: { path: OURS },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(dist|build|[.]types)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
