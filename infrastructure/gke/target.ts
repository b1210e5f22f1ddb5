import type { GkeCluster } from '../../model/platform/infrastructure-problems';
import type { Platform } from '../../model/platform/platform';
import { quoted, type RawWord } from '../shell';

/** The cluster that a script is for. */
export interface Target {
  readonly platform: Platform;
  readonly cluster: GkeCluster;
}

export const PROJECT: RawWord = { raw: '--project="$PROJECT"' };
export const REGION: RawWord = { raw: '--region="$REGION"' };
/** Of commands that list the regions asked for. */
export const REGIONS: RawWord = { raw: '--regions="$REGION"' };
export const LOCATION: RawWord = { raw: '--location="$REGION"' };
export const CLUSTER: RawWord = { raw: '--cluster="$CLUSTER"' };
export const CLUSTER_NAME: RawWord = { raw: '"$CLUSTER"' };

/** Prints one name a line. */
export const NAMES = '--format=value(name)';
/** The same where the name is a whole path. */
export const BASE_NAMES = '--format=value(name.basename())';

/** Name of the cluster in Google Cloud, and of what belongs to it alone: `aia-europe-west4`. */
export function cloudName({ platform, cluster }: Target): string {
  return `${platform.settings.name}-${cluster.name}`;
}

/** The account that nodes run as. */
export function nodeAccount({ infrastructure: { project, nodes } }: Platform): string {
  return `${nodes.serviceAccount}@${project}.iam.gserviceaccount.com`;
}

/** First lines of a script about one cluster: the variables, what is shared, the right project. */
export function preamble(target: Target, variables: Readonly<Record<string, string>> = {}): string[] {
  const all = {
    PROJECT: target.platform.infrastructure.project,
    REGION: target.cluster.region,
    CLUSTER: cloudName(target),
    ...variables,
  };
  return [
    ...Object.entries(all).map(([name, value]) => `${name}=${quoted(value)}`),
    '# shellcheck source-path=SCRIPTDIR source=../common.sh',
    'source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"',
    'require_project',
    '',
  ];
}
