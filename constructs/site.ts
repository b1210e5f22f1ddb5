import { type ApiObjectMetadata } from 'cdk8s';
import type { Cluster } from '../model/platform/cluster';
import type { MutualTls } from '../model/platform/mesh';
import type { PhaseId } from '../model/platform/phase';
import type { Platform } from '../model/platform/platform';
import type { Workload } from '../model/platform/workload';

/** Where something is rendered for: one platform, in one phase, on one cluster. */
export interface Site {
  readonly platform: Platform;
  readonly cluster: Cluster;
  readonly phase: PhaseId;
  /** Mutual TLS of the mesh; undefined where the mesh is not there. */
  readonly mutualTls: MutualTls | undefined;
  /** Whether the cloud's own Ingress leads to the platform. */
  readonly cloudIngress: boolean;
}

/** A label or annotation of the platform's own domain: `label(site, 'pool')` is `aia.io/pool` for AIA. */
export function ownKey(site: Site, name: string): string {
  return `${site.platform.settings.labelDomain}/${name}`;
}

/**
 * The labels that select a workload's pods. They are all that may ever stand in a selector: a Deployment's selector
 * can't be changed, and cdk8s's own label is a hash of the construct's path, which a refactoring changes.
 */
export function selectorLabels(workload: Pick<Workload, 'name'>): Record<string, string> {
  return { 'app.kubernetes.io/name': workload.name };
}

/** Labels of every object of a workload, its pods included. None may differ between phases: that restarts pods. */
export function workloadLabels(site: Site, workload: Workload): Record<string, string> {
  return {
    ...selectorLabels(workload),
    'app.kubernetes.io/component': workload.component,
    ...partOf(site),
    [ownKey(site, 'data-class')]: workload.dataClass,
  };
}

/** What the record of processing says of a workload and its claims. The templates of claims can't change: nor may this. */
export function processingAnnotations(site: Site, workload: Workload): Record<string, string> {
  return {
    [ownKey(site, 'purpose')]: workload.processing.purpose,
    [ownKey(site, 'legal-basis')]: workload.processing.legalBasis,
    [ownKey(site, 'retention-days')]: String(workload.processing.retentionDays),
  };
}

/** Metadata of an object that is named for its workload. */
export function workloadMetadata(
  site: Site,
  workload: Workload,
  extra: { name?: string; annotations?: Record<string, string> } = {},
): ApiObjectMetadata {
  return {
    name: extra.name ?? workload.name,
    namespace: site.platform.settings.namespace,
    labels: workloadLabels(site, workload),
    ...(extra.annotations === undefined ? {} : { annotations: extra.annotations }),
  };
}

/** Label of what belongs to the platform as a whole. */
export function partOf({ platform: { settings } }: Site): Record<string, string> {
  return { 'app.kubernetes.io/part-of': settings.name };
}

/** Selects a namespace by the label that the API server itself puts on every one. */
export function namespaceNamed(name: string): { readonly matchLabels: Record<string, string> } {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

/** Metadata of an object that belongs to the platform as a whole, in its namespace. */
export function sharedMetadata(site: Site, name: string): SharedMetadata {
  return { name, namespace: site.platform.settings.namespace, labels: partOf(site) };
}

interface SharedMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** Metadata of what owns a workload's pods: for people what it is, for the record of processing what it does. */
export function ownerMetadata(site: Site, workload: Workload): ApiObjectMetadata {
  return workloadMetadata(site, workload, {
    annotations: {
      'kubernetes.io/description': workload.description,
      ...processingAnnotations(site, workload),
      ...(workload.processing.assessment === undefined
        ? {}
        : { [ownKey(site, 'impact-assessment')]: workload.processing.assessment }),
    },
  });
}

/**
 * For objects that must outlive their place in Git: Argo CD neither deletes them when they leave it nor calls the
 * application OutOfSync for that (both were tried: one annotation alone is not enough).
 */
export const KEEP_WHEN_DROPPED: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
};
