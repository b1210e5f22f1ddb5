import type { KubeObject } from '../model/kube-object';
import type { Keys } from '../model/manifest/access';
import type { Severity } from './finding';

/** What a rule may change about one of its reports. */
export interface ReportOptions {
  readonly fix?: string;
  readonly severity?: Severity;
}

/** Says that the field at `keys` is wrong; the message goes on where "object, field" ends. */
export type Report = (keys: Keys, message: string, options?: ReportOptions) => void;

/** What all rules have, also those that the engine applies to files and sets instead of objects. */
export interface RuleInfo {
  /** Kebab-case; what waivers and `aia explain` name. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What happens to the person or the cluster where it is ignored. */
  readonly why: string;
  readonly fix: string;
  /** Pages that say so. */
  readonly sources: readonly string[];
  /** A rule about AIA's own conventions is only information in a tree that has no platform data. */
  readonly audience?: 'aia';
  /** Manifests: one without a finding of this rule, one that must have it. */
  readonly samples: { readonly pass: string; readonly fail: string };
}

/** A rule that looks at one object. */
export interface Rule extends RuleInfo {
  /** Kinds that it looks at; all where it is left out. */
  readonly kinds?: readonly string[];
  readonly check: (object: KubeObject, report: Report) => void;
}
