// Which room may import from which: docs/architecture.md draws it, ESLint enforces it.
const mayImport = {
  model: [],
  platform: ['model'],
  constructs: ['model', 'imports'],
  dashboards: ['model'],
  phases: ['model', 'constructs', 'dashboards'],
  delivery: ['model', 'constructs', 'imports', 'phases'],
  documents: ['model', 'phases'],
  infrastructure: ['model', 'delivery'],
  synth: ['model', 'phases'],
  rollout: ['model'],
  html: [],
  checks: ['model'],
  capacity: ['model'],
  cost: ['model'],
  review: ['model', 'checks', 'capacity', 'cost', 'html'],
  report: ['model', 'checks', 'capacity', 'cost', 'review', 'html'],
  'pull-request': [],
};

/** Zones of import-x/no-restricted-paths: a room imports from itself, from the rooms named for it, and from packages. */
export const rooms = Object.entries(mayImport).map(([room, others]) => ({
  target: `./${room}/**/!(*.test).{ts,tsx}`,
  from: './',
  except: [room, ...others].map((name) => `./${name}`).concat('./node_modules'),
  message: `${room}/ may import from ${['itself', ...others].join(', ')} only (docs/architecture.md).`,
}));
