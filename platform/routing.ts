import type { Routing } from '../model/platform/routing';

/** Alerts that come fast, as a page, and slow, as a ticket. */
const BURNS = ['AvailabilityBudgetBurn', 'LatencyBudgetBurn', 'BiometricBudgetBurn', 'CognitiveBudgetBurn'];

/**
 * Who hears of an alert. Two ways out and no third: a page wakes somebody, now; a ticket is read in working hours. There
 * are no hours in which tickets are held back: their channel wakes nobody, and what came and went at night is a finding.
 *
 * What these refer to is set up as docs/on-call.md says.
 */
export const routing = {
  receivers: {
    pager: {
      kind: 'pagerduty',
      description: 'Wakes the platform engineer on call, and the second one after ten minutes without an answer',
      key: 'alerts-pager-key',
    },
    tickets: {
      kind: 'slack',
      description: 'The channel that the team reads in working hours; each message becomes a ticket or is closed',
      channel: '#aia-alerts',
      key: 'alerts-tickets-address',
    },
    heartbeat: {
      kind: 'webhook',
      description: 'A service outside of all clusters that wakes somebody when the heartbeat stops',
      key: 'alerts-heartbeat-address',
      perRegion: true,
      resolved: false,
    },
    nobody: { kind: 'nobody', description: 'Seen in Alertmanager and Grafana, sent to nobody' },
  },
  routes: [
    {
      why: 'users notice, or will before the morning',
      match: { severity: 'page' },
      receiver: 'pager',
      // By service: two services that fail are two stories, one that fails in three ways is one.
      groupBy: ['alertname', 'service'],
      wait: '30s',
      interval: '5m',
      // Whoever has taken the page is not called again for it, until the work of a shift has not ended it.
      repeat: '4h',
    },
    {
      why: 'somebody must act, and tomorrow is soon enough',
      match: { severity: 'ticket' },
      receiver: 'tickets',
      groupBy: ['alertname', 'service'],
      wait: '2m',
      interval: '15m',
      repeat: '1d',
    },
    {
      why: "the monitoring chart's own worst: causes without a runbook of ours, so never a page",
      match: { severity: 'critical' },
      receiver: 'tickets',
      groupBy: ['alertname', 'namespace'],
      wait: '5m',
      interval: '30m',
      repeat: '1d',
    },
    {
      why: "the chart's warnings and hints explain other alerts; alone they are noise",
      match: {},
      receiver: 'nobody',
      groupBy: ['alertname'],
      wait: '5m',
      interval: '1h',
      repeat: '5d',
    },
  ],
  inhibitions: [
    {
      why: 'a slow burn of what burns fast already',
      source: { alertname: BURNS, severity: 'page' },
      target: { alertname: BURNS, severity: 'ticket' },
      equal: ['alertname', 'service'],
    },
    {
      why: 'the nodes and pods of a zone that is lost',
      source: { alertname: 'ZoneLost' },
      target: { alertname: ['NodeLost', 'PodsWithoutNode', 'SpotCapacityLost', 'DeploymentHealthLow'] },
      equal: [],
    },
    {
      why: 'pods that wait for the node that is lost',
      source: { alertname: 'NodeLost' },
      target: { alertname: 'PodsWithoutNode' },
      equal: [],
    },
    {
      why: 'an application that is not in sync since its sync fails',
      source: { alertname: 'ApplicationSyncFailing' },
      target: { alertname: 'ApplicationOutOfSync' },
      equal: ['name'],
    },
    {
      why: 'an autoscaler that is blind since nobody exposes what it asks for',
      source: { alertname: 'MetricsMissing', source: 'ml-inference-service' },
      target: { alertname: 'AutoscalerBlind', service: 'ml-inference-service' },
      equal: [],
    },
    {
      why: 'a rollout that stands still since its pods crash',
      source: { alertname: 'CrashLooping' },
      target: { alertname: 'RolloutStuck' },
      equal: ['service'],
    },
  ],
  deadMansSwitch: {
    // The monitoring chart has a rule of this name that is always true; nobody reads its notification.
    alert: 'Watchdog',
    receiver: 'heartbeat',
    runbook: 'dead-mans-switch',
    every: '1m',
    // Prometheus and Alertmanager may move to another node, which takes them two or three minutes with their disks.
    missedAfterMinutes: 5,
  },
  roles: {
    platform: {
      title: 'The platform engineer on call',
      wakeFor: 'Reviews and merges at night; knows the clusters, Argo CD and the mesh',
    },
    lead: {
      title: 'The incident lead',
      wakeFor: 'More than one service fails, or a decision costs data, money or a promise',
    },
    users: {
      title: 'Who speaks to users',
      wakeFor: 'Users have noticed for longer than ten minutes, or will lose something',
    },
    models: {
      title: 'The ML engineer on call',
      wakeFor: 'Models, their memory, their answers; whether batch results may be late',
    },
    services: {
      title: 'The engineer of the service',
      wakeFor: 'Its own log or code says why, and the last version does not help',
    },
    store: {
      title: 'The database engineer on call',
      wakeFor: 'Anything that could lose or change what the neural store holds',
    },
    security: {
      title: 'The security engineer on call',
      wakeFor: 'Traffic, identities or secrets are not what they should be',
    },
    privacy: {
      title: 'The data protection officer',
      wakeFor: 'Data of people is lost, out of reach, kept too long or seen by others (Article 33: 72 hours)',
    },
    provider: {
      title: "The provider's support",
      wakeFor: 'Nodes, zones, disks or addresses fail, and nothing here has changed',
    },
  },
} satisfies Routing;
