import { withValueAt, type Chart, type Values } from '../model/platform/chart';
import { named, type Named } from '../model/platform/named';
import { matches, spanSeconds, type Match, type Receiver, type Routing } from '../model/platform/routing';
import type { Target } from './names';

/** Secret with a file for each receiver, and everything that is made to fill it. */
const SECRET = 'alert-receivers';
/** Where the Prometheus operator mounts what `alertmanagerSpec.secrets` names. */
const FOLDER = `/etc/alertmanager/secrets/${SECRET}`;
/** What every alert goes to where nobody can be told: the name is what a reader of the configuration sees. */
const NO_SECRET_STORE = 'nobody-since-there-is-no-secret-store';

/**
 * The values with the platform's routing in them, where a chart has an Alertmanager.
 *
 * It goes into the chart's own configuration and not into an AlertmanagerConfig: the operator binds the routes of such
 * an object to alerts of its namespace, and these are about nodes, Argo CD and other namespaces too; the route of the
 * dead man's switch must not depend on one more object and its controller; and `amtool` reads what is rendered here as it is.
 */
export function withAlerting(values: Values, target: Target, chart: Chart): Values {
  if (chart.alerting === undefined) return values;
  const { alertmanagerAt, manifestsAt } = chart.alerting;
  const { routing } = target.platform;
  const store = target.cluster.secretStore;
  const configured = withValueAt(values, `${alertmanagerAt}.config`, alertmanagerConfig(routing, store !== undefined));
  if (store === undefined) return configured;
  return withValueAt(
    withValueAt(configured, `${alertmanagerAt}.alertmanagerSpec.secrets`, [SECRET]),
    manifestsAt,
    secretManifests(target, store.project, chart.namespace),
  );
}

/**
 * The configuration of Alertmanager.
 *
 * @param canTell whether the cluster has the secrets of the receivers; where it has not, one receiver takes all and says so.
 * @see https://prometheus.io/docs/alerting/latest/configuration/ (release 0.28)
 */
export function alertmanagerConfig(routing: Routing, canTell: boolean): Values {
  const nobody: Named<Receiver> = { name: NO_SECRET_STORE, kind: 'nobody', description: 'there is no secret store' };
  const receivers = canTell ? named(routing.receivers) : [nobody];
  const name = (receiver: string): string => (canTell ? receiver : NO_SECRET_STORE);
  const last = routing.routes.at(-1);
  const { alert, receiver, every } = routing.deadMansSwitch;
  return {
    route: {
      ...(last === undefined ? {} : timing(last)),
      receiver: name(last?.receiver ?? receiver),
      routes: [
        {
          matchers: matchers({ alertname: alert }),
          receiver: name(receiver),
          group_by: ['alertname'],
          group_wait: '0s',
          group_interval: every,
          // Told again at each interval. As long as it, every second one would be left out: the time of the last
          // notification is that of its answer, a moment after the interval began.
          repeat_interval: `${Math.max(1, Math.floor(spanSeconds(every) / 2))}s`,
        },
        ...routing.routes.slice(0, -1).map((route) => ({
          matchers: matchers(route.match),
          receiver: name(route.receiver),
          ...timing(route),
        })),
      ],
    },
    inhibit_rules: routing.inhibitions.map(({ source, target, equal }) => ({
      source_matchers: matchers(source),
      target_matchers: matchers(target),
      equal,
    })),
    receivers: receivers.map(receiverConfig),
  };
}

/** Name of the receiver that gets an alert with these labels; undefined for none. */
export function receiverOf(routing: Routing, labels: Readonly<Record<string, string>>): string | undefined {
  if (labels.alertname === routing.deadMansSwitch.alert) return routing.deadMansSwitch.receiver;
  return routing.routes.find(({ match }) => matches(match, labels))?.receiver;
}

function timing({ groupBy, wait, interval, repeat }: Routing['routes'][number]): Values {
  return { group_by: groupBy, group_wait: wait, group_interval: interval, repeat_interval: repeat };
}

/** Matchers as Alertmanager reads them, one for each label. */
function matchers(match: Match): string[] {
  return Object.entries(match).map(([label, wanted]) =>
    typeof wanted === 'string' ? `${label}="${wanted}"` : `${label}=~"${wanted.join('|')}"`,
  );
}

function receiverConfig({ name, ...receiver }: Named<Receiver>): Values {
  switch (receiver.kind) {
    case 'pagerduty':
      return {
        name,
        pagerduty_configs: [
          {
            routing_key_file: `${FOLDER}/${receiver.key}`,
            description: TITLE,
            severity: 'critical',
            client: 'Alertmanager',
            details: { runbook: first('Annotations.runbook_url'), summary: first('Annotations.summary') },
            links: [{ href: first('Annotations.runbook_url'), text: 'Runbook' }],
          },
        ],
      };
    case 'slack':
      return {
        name,
        slack_configs: [
          {
            api_url_file: `${FOLDER}/${receiver.key}`,
            channel: receiver.channel,
            send_resolved: true,
            title: TITLE,
            title_link: first('Annotations.runbook_url'),
            text: '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ end }}',
          },
        ],
      };
    case 'webhook':
      return { name, webhook_configs: [{ url_file: `${FOLDER}/${receiver.key}`, send_resolved: receiver.resolved }] };
    case 'nobody':
      return { name };
  }
}

/** Region first: two clusters may tell of the same thing. */
const TITLE =
  '[{{ .CommonLabels.region }}] {{ .CommonLabels.alertname }}{{ with .CommonLabels.service }} of {{ . }}{{ end }}: {{ len .Alerts.Firing }} firing';

/** A template for a field of the first alert of a notification: those that are grouped share their runbook. */
function first(field: string): string {
  return `{{ with index .Alerts 0 }}{{ .${field} }}{{ end }}`;
}

/**
 * What fills the Secret of the receivers. It has an account of its own, which may read these keys and no password of a
 * workload, and comes with the chart, since the layers' project ends at the platform's namespace.
 */
function secretManifests({ platform, cluster }: Target, project: string, namespace: string): Values[] {
  const { name } = platform.settings;
  const labels = { 'app.kubernetes.io/part-of': name };
  const metadata = { name: SECRET, namespace, labels };
  const data = named(platform.routing.receivers).flatMap((receiver) => {
    if (!('key' in receiver)) return [];
    const suffix = receiver.kind === 'webhook' && receiver.perRegion ? `-${cluster.region}` : '';
    return [{ secretKey: receiver.key, remoteRef: { key: `${name}-${receiver.key}${suffix}` } }];
  });
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        ...metadata,
        annotations: { 'iam.gke.io/gcp-service-account': `${name}-${SECRET}@${project}.iam.gserviceaccount.com` },
      },
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'SecretStore',
      metadata,
      spec: {
        provider: {
          gcpsm: { projectID: project, auth: { workloadIdentity: { serviceAccountRef: { name: SECRET } } } },
        },
      },
    },
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata,
      spec: {
        secretStoreRef: { kind: 'SecretStore', name: SECRET },
        refreshInterval: '1h0m0s',
        // A store that lost a key must not make Alertmanager mute at its next restart.
        target: { name: SECRET, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
        data,
      },
    },
  ];
}
