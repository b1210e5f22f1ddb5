import { named } from '../model/platform/named';
import { replicasOf } from '../model/platform/replicas';
import type { Workload } from '../model/platform/workload';
import { headlessName, readName } from './service';
import type { Site } from './site';

/**
 * A workload's environment: its own settings and the addresses of what it may call. Addresses come from the declared
 * callers, so a call that nobody declared has no address.
 */
export function configOf(site: Site, workload: Workload): Record<string, string> {
  const callees = named(site.platform.workloads).filter(({ callers }) => callers[workload.name] !== undefined);
  return Object.assign({}, ...callees.map((callee) => addressesOf(site, workload, callee)), workload.config) as Record<
    string,
    string
  >;
}

function addressesOf(site: Site, caller: Workload, callee: Workload): Record<string, string> {
  const port = callee.containers[0]?.ports[0]?.port;
  if (port === undefined || callee.kind === 'CronJob') return {};
  const domain = `${site.platform.settings.namespace}.svc.cluster.local`;
  const prefix = callee.name.toUpperCase().replaceAll('-', '_');
  if (caller.name === callee.name) {
    const pods = Array.from(
      { length: replicasOf(callee, site.cluster, site.phase) },
      (_, ordinal) => `${callee.name}-${ordinal}`,
    );
    return { [`${prefix}_PEERS`]: pods.map((pod) => `${pod}.${headlessName(callee)}.${domain}:${port}`).join(',') };
  }
  const addresses: Record<string, string> = { [`${prefix}_ADDRESS`]: `${callee.name}.${domain}:${port}` };
  if (callee.kind === 'StatefulSet' && callee.topology === 'primary') {
    addresses[`${prefix}_READ_ADDRESS`] = `${readName(callee)}.${domain}:${port}`;
  }
  return addresses;
}
