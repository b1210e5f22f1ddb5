import { Checkout } from '../testing/checkout';

/** Each row is a mistake somebody makes: where, what instead of what, and what must be said about it. */
const MISTAKES: readonly (readonly [
  name: string,
  file: string,
  before: string,
  after: string,
  says: readonly RegExp[],
])[] = [
  [
    'a workload without resources',
    'platform/workloads/api.ts',
    "resources: {\n        'phase-1': { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },\n        'phase-2': { requests: { cpu: '500m', memory: '768Mi' }, limits: { cpu: '1', memory: '1536Mi' } },\n      },",
    '',
    [
      /platform\/workloads\/api\.ts: containers\[0\]\.resources is missing/,
      /Fix: give every container requests and limits/,
    ],
  ],
  [
    'a limit below its request',
    'platform/workloads/api.ts',
    "limits: { cpu: '2', memory: '2Gi' }",
    "limits: { cpu: '500m', memory: '2Gi' }",
    [
      /api\.ts: containers\[0\]\.resources\.phase-1\.limits\.cpu: "500m" is below the request of "1"/,
      /Fix: raise the limit/,
    ],
  ],
  [
    'CPU in mebibytes',
    'platform/workloads/api.ts',
    "requests: { cpu: '1'",
    "requests: { cpu: '500Mi'",
    [
      /api\.ts: containers\[0\]\.resources\.phase-1\.requests\.cpu: "500Mi" is no amount of CPU/,
      /Fix: write millicores, such as "500m"/,
    ],
  ],
  [
    'memory in thousandths of a byte',
    'platform/workloads/api.ts',
    "memory: '1Gi' }, limits",
    "memory: '100m' }, limits",
    [
      /api\.ts: containers\[0\]\.resources\.phase-1\.requests\.memory: "100m" is no amount of memory/,
      /Fix: write mebibytes, such as "100Mi"/,
    ],
  ],
  [
    'a port that two containers share',
    'platform/workloads/ml-batch.ts',
    "      scratch: [{ path: '/tmp', sizeLimit: '4Gi' }],\n    },",
    `      scratch: [],
    },
    ...['one', 'two'].map((name) => ({
      name,
      image: 'ml-batch',
      ports: [{ name: \`http-\${name}\`, port: 8080, appProtocol: 'http' as const }],
      resources: { 'phase-1': { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } } },
      scratch: [],
    })),`,
    [
      /ml-batch\.ts: containers\[2\]\.ports\[0\]\.port: 8080 is already a port of container one/,
      /Fix: give two another port/,
    ],
  ],
  [
    'a caller of the store without a password for it',
    'platform/workloads/ml-batch.ts',
    "  secrets: { 'neural-store-password': 'ml-batch-neural-store-password' },\n",
    '',
    [
      /ml-batch\.ts: secrets has no neural-store-password, and neural-store, which it calls, asks for one/,
      /Fix: add secrets: \{ 'neural-store-password': 'ml-batch-neural-store-password' \}/,
    ],
  ],
  [
    'an unknown pool',
    'platform/workloads/api.ts',
    "'phase-1': ['core']",
    "'phase-1': ['gold']",
    [/api\.ts: pools\.phase-1\[0\]: "gold" is no pool of a cluster that runs it/, /Fix: write one of core, cognitive/],
  ],
  [
    'an unknown phase',
    'platform/workloads/api.ts',
    "since: 'phase-1'",
    "since: 'phase-9'",
    [/api\.ts: since: "phase-9" is none of the values/, /Fix: write one of phase-1, phase-2, phase-3/],
  ],
  [
    'an unknown caller',
    'platform/workloads/api.ts',
    "'neuro-interface': { timeoutMs",
    "'neural-interface': { timeoutMs",
    [
      /api\.ts: callers\.neural-interface: "neural-interface" is no workload/,
      /Fix: write one of gateway, devices, api, /,
    ],
  ],
  [
    'two objects of one identity',
    'platform/workloads/index.ts',
    '  api,\n',
    "  api,\n  'neural-store-read': { ...neuroInterface, route: undefined },\n",
    [
      /workloads: Service aia\/neural-store-read is rendered twice for europe-west4 in phase-1/,
      /Fix: rename the workload/,
    ],
  ],
  [
    'a name that is not a DNS label',
    'platform/workloads/index.ts',
    '  api,\n',
    '  Api_Server: api,\n',
    [/platform\/workloads\/index\.ts: Api_Server: "Api_Server" is not a DNS label/, /Fix: write "api-server"/],
  ],
  [
    'a pin on a phase that the cluster does not take part in',
    'platform/clusters.yaml',
    'europe-west1:\n    phase: none',
    'europe-west1:\n    phase: phase-1',
    [/platform\/clusters\.yaml:\d+:12: clusters\.europe-west1\.phase: "phase-1" is before phase-3/, /Fix: write none/],
  ],
  [
    'a YAML syntax error',
    'platform/clusters.yaml',
    'phase: phase-1',
    'phase: [phase-1',
    [/platform\/clusters\.yaml:\d+:\d+: /, /Fix: /],
  ],
  [
    'a duplicate key',
    'platform/clusters.yaml',
    '  local:',
    '  europe-west4:',
    [/platform\/clusters\.yaml:\d+:3: .*twice/, /Fix: remove one/],
  ],
  [
    'a tab',
    'platform/clusters.yaml',
    '  local:',
    '\tlocal:',
    [/platform\/clusters\.yaml:\d+:1: .*tab/, /Fix: indent with spaces/],
  ],
  [
    'a misspelt field',
    'platform/workloads/api.ts',
    'budget: {',
    'budgets: {',
    [/api\.ts: budgets is not a field of this object/, /api\.ts: budget is missing/],
  ],
  [
    'a probe on a port that is not there',
    'platform/workloads/api.ts',
    "readiness: { port: 'http'",
    "readiness: { port: 'grpc'",
    [/api\.ts: containers\[0\]\.probes\.readiness\.port: "grpc" is no port of this container/, /Fix: write "http"/],
  ],
  [
    'an image that is not there',
    'platform/workloads/api.ts',
    "image: 'api'",
    "image: 'app'",
    [
      /api\.ts: containers\[0\]\.image: "app" is no image/,
      /Fix: write one of api, .*or add it to platform\/images\.ts/,
    ],
  ],
];

describe('wrong data is refused before anything is written', () => {
  const checkout = new Checkout();
  const before = checkout.tree('dist');
  afterAll(() => {
    checkout.remove();
  });

  test.each(MISTAKES)('%s', (_, file, right, wrong, says) => {
    const original = checkout.read(file);
    try {
      checkout.edit(file, right, wrong);
      const { code, stderr } = checkout.aia(['synth']);
      for (const expected of says) expect(stderr).toMatch(expected);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(code).toBe(2);
      expect(checkout.tree('dist')).toEqual(before);
    } finally {
      checkout.write(file, original);
    }
  });

  test('data that is no TypeScript is refused with file, line and column', () => {
    const original = checkout.read('platform/images.ts');
    checkout.write('platform/images.ts', `${original}\nexport const broken = {;\n`);
    const { code, stderr } = checkout.aia(['synth']);
    checkout.write('platform/images.ts', original);
    expect(stderr).toMatch(/platform\/images\.ts:\d+:\d+/);
    expect(code).toBe(2);
    expect(checkout.tree('dist')).toEqual(before);
  });

  test('a key that stands twice in the data is refused: the first would silently be lost', () => {
    const original = checkout.read('platform/images.ts');
    checkout.edit('platform/images.ts', '  api:', "  api: { repository: 'aia/old' },\n  api:");
    const { code, stderr } = checkout.aia(['synth']);
    checkout.write('platform/images.ts', original);
    expect(stderr).toMatch(/Duplicate key "api"[\s\S]*platform\/images\.ts:\d+:\d+/);
    expect(code).toBe(2);
  });

  test('an unknown command or option is refused with the help', () => {
    expect(checkout.aia(['synthesise']).code).toBe(2);
    expect(checkout.aia(['synth', '--chekc'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--check') as string,
    });
  });
});
