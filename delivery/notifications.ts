import { Yaml } from 'cdk8s';

/** One trigger of Argo CD's notifications controller. */
interface Trigger {
  readonly description: string;
  readonly when: string;
  readonly oncePer: string;
  readonly title: string;
  readonly body: string;
}

/**
 * What is worth a message. Argo CD gives up a sync after its retries, so a failed sync is one that needs a person.
 * Names begin with `aia-`: the catalogue that others install has an `on-sync-failed` of its own.
 *
 * @see https://argo-cd.readthedocs.io/en/release-3.2/operator-manual/notifications/triggers/
 */
const TRIGGERS: Readonly<Record<string, Trigger>> = {
  'aia-sync-failed': {
    description: 'A sync has failed and will not be tried again',
    when: "app.status.operationState != nil and app.status.operationState.phase in ['Error', 'Failed']",
    oncePer: 'app.status.operationState.startedAt',
    title: 'Sync of {{.app.metadata.name}} has failed',
    body: '{{.app.status.operationState.message}}',
  },
  'aia-health-degraded': {
    description: 'An application is degraded',
    when: "app.status.health.status == 'Degraded'",
    oncePer: 'app.status.sync.revision',
    title: '{{.app.metadata.name}} is degraded',
    body: 'Revision {{.app.status.sync.revision}}, path {{.app.spec.source.path}}',
  },
};

/**
 * Triggers and templates for `argocd-notifications-cm`. Which service sends them to whom is not ours to say:
 * docs/argocd.md has an example.
 */
export const NOTIFICATIONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TRIGGERS).flatMap(([name, { description, when, oncePer, title, body }]) => [
    [`trigger.${name}`, Yaml.stringify([{ description, when, oncePer, send: [name] }])],
    [`template.${name}`, Yaml.stringify({ message: `${title}: ${body}`, email: { subject: title } })],
  ]),
);
