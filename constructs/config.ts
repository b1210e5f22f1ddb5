import { edgesAt } from '../model/platform/edges';
import { replicasOf } from '../model/platform/replicas';
import type { Workload } from '../model/platform/workload';
import { taskSettings, variablePrefix } from './data-protection-settings';
import { headlessName, hostOf, portOf, readName } from './service';
import type { Site } from './site';

/**
 * A workload's environment: its own settings, the addresses of what it may call, and what data protection asks of it.
 * Addresses come from the declared callers, so a call that nobody declared has no address.
 */
export function configOf(site: Site, workload: Workload): Record<string, string> {
  const callees = edgesAt(site).flatMap(({ from, to }) => (from === workload.name ? [to] : []));
  return Object.assign(
    {},
    ...callees.map((callee) => addressesOf(site, workload, callee)),
    taskSettings(site, workload, callees),
    workload.config,
  ) as Record<string, string>;
}

function addressesOf(site: Site, caller: Workload, callee: Workload): Record<string, string> {
  if (callee.kind === 'CronJob') return {};
  const address = (service: string): string => `${hostOf(site, service)}:${portOf(callee)}`;
  const prefix = variablePrefix(callee);
  if (caller.name === callee.name) {
    const pods = Array.from(
      { length: replicasOf(callee, site.cluster, site.phase) },
      (_, ordinal) => `${callee.name}-${ordinal}`,
    );
    return { [`${prefix}_PEERS`]: pods.map((pod) => address(`${pod}.${headlessName(callee)}`)).join(',') };
  }
  const addresses: Record<string, string> = { [`${prefix}_ADDRESS`]: address(callee.name) };
  if (callee.kind === 'StatefulSet' && callee.topology === 'primary') {
    addresses[`${prefix}_READ_ADDRESS`] = address(readName(callee));
  }
  return addresses;
}
