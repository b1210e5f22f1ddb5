import type { Gate } from '../model/platform/gate';
import type { Platform } from '../model/platform/platform';

const GATE: Gate = {
  health: 0.5,
  workloadHealth: 0,
  dwellSeconds: 1,
  deadlineMinutes: 1,
  maxRestarts: 9,
  maxPendingPods: 9,
  applicationsHealthy: false,
};

/** A platform that shares nothing with AIA: other names, ports, pools and labels. */
export const tinyPlatform: Platform = {
  settings: {
    name: 'shop',
    namespace: 'storefront',
    labelDomain: 'shop.test',
    domain: 'shop.example.com',
    gatewayAddress: 'shop-edge',
    registry: 'images.example.com',
    prometheusUrl: 'http://prometheus.test:9090',
    repositoryUrl: 'https://git.example.com/shop.git',
    branch: 'trunk',
    argocdNamespace: 'gitops',
  },
  schedule: { timeZone: 'Etc/UTC', peak: { weekdays: '0', startHour: 1, endHour: 2 }, promotion: 'always' },
  mesh: {
    revision: 'tested',
    controlPlaneNamespace: 'mesh-control',
    gateway: { namespace: 'mesh-edge', selector: { edge: 'yes' }, credentialName: 'shop-tls' },
    tracing: { provider: 'traces', namespace: 'mesh-traces', samplingPercent: 5 },
    histogramBucketsMs: [10, 100],
    responseTimeObjectiveMs: 100,
    latencyBudgetMs: 1,
  },
  workloads: {
    basket: {
      kind: 'Deployment',
      description: 'Keeps what a customer wants to buy',
      since: 'phase-1',
      component: 'web',
      dataClass: 'personal',
      processing: { purpose: 'Sell things to customers', legalBasis: 'contract', retentionDays: 0 },
      priorityClass: 'high',
      replicas: { 'phase-1': 4 },
      rollout: { maxSurge: 2, maxUnavailable: 0 },
      budget: { maxUnavailable: 1 },
      pools: { 'phase-1': ['green', 'blue'] },
      spread: [{ topologyKey: 'kubernetes.io/hostname', strictness: 'preferred' }],
      containers: [
        {
          name: 'web',
          image: 'basket',
          ports: [{ name: 'http', port: 1234, appProtocol: 'http' }],
          resources: {
            'phase-1': { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '20m', memory: '32Mi' } },
          },
          probes: {
            startup: { port: 'http', path: '/up', periodSeconds: 1, failureThreshold: 9 },
            readiness: { port: 'http', path: '/up', periodSeconds: 1, failureThreshold: 9 },
            liveness: { port: 'http', path: '/alive', periodSeconds: 1, failureThreshold: 9 },
          },
          scratch: [],
        },
        {
          name: 'helper',
          image: 'helper',
          ports: [{ name: 'tcp-side', port: 4321, appProtocol: 'tcp' }],
          resources: { 'phase-1': { requests: { cpu: '5m', memory: '8Mi' }, limits: { cpu: '5m', memory: '8Mi' } } },
          scratch: [],
        },
      ],
      config: {},
      callers: { gateway: { timeoutMs: 100 } },
      mesh: {
        proxy: { requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: '2m', memory: '2Mi' } },
        destination: {
          connectionPool: { maxConnections: 3, connectTimeoutMs: 1000 },
          outlierDetection: { consecutive5xxErrors: 2, intervalMs: 1000, baseEjectionMs: 1000, maxEjectionPercent: 25 },
        },
        metrics: { port: 99, path: '/numbers' },
      },
      route: { path: '/basket', timeoutSeconds: 7, healthPath: '/up' },
      terminationGracePeriodSeconds: 3,
      runAsUser: 1000,
    },
  },
  clusters: {
    den: {
      description: 'The only cluster of the shop',
      since: 'phase-1',
      region: 'den',
      mesh: true,
      pools: {
        'phase-1': (['green', 'blue'] as const).map((label) => ({
          name: label,
          label,
          machine: 'box',
          zones: ['den'],
          nodesPerZone: 2,
          capacity: 'on-demand',
          capacitySpread: '1',
          taints: label === 'blue' ? [{ key: 'shop.test/blue', value: 'yes', effect: 'NoSchedule' }] : [],
        })),
      },
      storage: { className: 'plain', provisioner: 'disk.test', parameters: {}, allowVolumeExpansion: false },
      quota: { requestsCpu: '2', requestsMemory: '2Gi', pods: 20, claims: 0 },
      frontDoor: 'none',
      addons: 'external',
    },
  },
  machines: {
    box: {
      capacity: { cpu: '1', memory: '1Gi', ephemeralStorage: '10Gi' },
      allocatable: { cpu: '900m', memory: '900Mi', ephemeralStorage: '9Gi' },
      pods: 10,
    },
  },
  images: {
    basket: { repository: 'basket', tag: '7', stack: 'node-service', sizeBudget: '10Mi' },
    helper: {
      registry: 'other.example.com',
      repository: 'helper',
      tag: '1.2',
      stack: 'python-service',
      sizeBudget: '10Mi',
    },
  },
  priorities: { high: { value: 10, description: 'Customers are waiting', preemptionPolicy: 'PreemptLowerPriority' } },
  addons: {},
  promises: [],
  charts: {},
  gates: { phases: { 'phase-1': GATE, 'phase-2': GATE, 'phase-3': GATE }, backOutMinutes: 1 },
};
