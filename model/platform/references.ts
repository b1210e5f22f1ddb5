import { parseQuantity } from '../quantity';
import { chartProblems } from './chart-problems';
import type { Cluster } from './cluster';
import { named } from './named';
import { PHASE_IDS, atPhase, isSince, type PhaseId } from './phase';
import { DEVICES, GATEWAY, type Platform } from './platform';
import { runsOn } from './presence';
import { formatValue, type Problem } from './problems';
import { SOURCES, workloadFile } from './sources';
import { claimsOf, type Container, type Workload } from './workload';

/**
 * Problems between pieces of data whose shape is right: names that nothing has, names that two things have, limits
 * below requests.
 */
export function referenceProblems(platform: Platform, phases: readonly PhaseId[]): Problem[] {
  return [
    ...named(platform.workloads).flatMap((workload) => [
      ...workloadProblems(workload, platform),
      ...placeProblems(workload, platform, phases),
    ]),
    ...named(platform.clusters).flatMap((cluster) => machineProblems(cluster, platform)),
    ...chartProblems(platform),
  ];
}

const FULL = { role: 'full' } as const;

function workloadProblems(workload: Workload, platform: Platform): Problem[] {
  const file = workloadFile(workload.name);
  const problem = (key: string, value: unknown, message: string, fix: string): Problem => {
    const text = formatValue(value);
    return { file, key, ...(text === undefined ? {} : { value: text }), message, fix };
  };
  const problems: Problem[] = [];

  const names = Object.keys(platform.workloads);
  for (const caller of Object.keys(workload.callers)) {
    const key = `callers.${caller}`;
    if (caller !== GATEWAY && caller !== DEVICES && !names.includes(caller)) {
      problems.push(problem(key, caller, 'is no workload', `write ${listed([GATEWAY, DEVICES, ...names])}`));
    } else if (workload.containers.every(({ ports }) => ports.length === 0)) {
      const fix = 'declare a port, or remove the caller';
      problems.push(problem(key, caller, 'has nothing to call: no container has a port', fix));
    }
  }

  problems.push(...passwordProblems(workload, platform));

  const labels = named(platform.clusters)
    // A standby's pools count as those of the full region that it may become, and that a lost one was.
    .filter((cluster) => runsOn(workload, cluster) || (cluster.role === 'standby' && runsOn(workload, FULL)))
    .flatMap(({ pools }) => Object.values(pools).flatMap((entry) => entry.map(({ label }) => label)));
  for (const [phase, pools] of Object.entries(workload.pools)) {
    pools.forEach((pool, index) => {
      // Where no cluster runs it there is nothing to be wrong about.
      if (labels.length > 0 && !labels.includes(pool)) {
        problems.push(
          problem(`pools.${phase}[${index}]`, pool, 'is no pool of a cluster that runs it', `write ${listed(labels)}`),
        );
      }
    });
  }

  if (!Object.hasOwn(platform.priorities, workload.priorityClass)) {
    const fix = `write ${listed(Object.keys(platform.priorities))}`;
    problems.push(problem('priorityClass', workload.priorityClass, 'is no priority class', fix));
  }

  problems.push(...portProblems(workload.containers, problem));
  workload.containers.forEach((container, index) => {
    const at = `containers[${index}]`;
    if (!Object.hasOwn(platform.images, container.image)) {
      const fix = `write ${listed(Object.keys(platform.images))}, or add it to ${SOURCES.images}`;
      problems.push(problem(`${at}.image`, container.image, 'is no image', fix));
    }
    problems.push(...resourceProblems(container, at, workload.since, problem));
    for (const [kind, probe] of Object.entries(container.probes ?? {})) {
      if (!container.ports.some(({ name }) => name === probe.port)) {
        const fix =
          container.ports.length > 0 ? `write ${listed(container.ports.map(({ name }) => name))}` : 'declare the port';
        problems.push(problem(`${at}.probes.${kind}.port`, probe.port, 'is no port of this container', fix));
      }
    }
  });

  const claims = workload.kind === 'CronJob' ? 'scratchClaims' : 'claims';
  claimsOf(workload).forEach((claim, index) => {
    if (!workload.containers.some(({ name }) => name === claim.container)) {
      const fix = `write ${listed(workload.containers.map(({ name }) => name))}`;
      problems.push(problem(`${claims}[${index}].container`, claim.container, 'is no container of this workload', fix));
    }
  });
  if (workload.kind === 'Deployment' && workload.route !== undefined && workload.callers[GATEWAY] === undefined) {
    const fix = `add "${GATEWAY}" to callers, or remove the route`;
    problems.push(
      problem('route.path', workload.route.path, 'is reached through the front door, which is not a caller', fix),
    );
  }
  return problems;
}

/** What asks for a password is called with one: a caller without it would be refused at its first call. */
function passwordProblems(callee: Workload, platform: Platform): Problem[] {
  if (callee.secrets?.password === undefined) return [];
  const file = `${callee.name}-password`;
  return Object.keys(callee.callers)
    .filter((caller) => caller !== callee.name && platform.workloads[caller] !== undefined)
    .filter((caller) => platform.workloads[caller]?.secrets?.[file] === undefined)
    .map((caller) => ({
      file: workloadFile(caller),
      key: 'secrets',
      message: `has no ${file}, and ${callee.name}, which it calls, asks for one`,
      fix: `add secrets: { '${file}': '${caller}-${file}' }, and make that secret as docs/secrets.md says`,
    }));
}

/** A workload must have a pool on every cluster that runs it: its pods would stay Pending. */
function placeProblems(workload: Workload, platform: Platform, phases: readonly PhaseId[]): Problem[] {
  return named(platform.clusters).flatMap((cluster) =>
    phases
      .filter((phase) => isSince(workload.since, phase) && isSince(cluster.since, phase) && runsOn(workload, cluster))
      .flatMap((phase) => {
        const there = (atPhase(cluster.pools, phase) ?? []).map(({ label }) => label);
        const wanted = atPhase(workload.pools, phase);
        if (wanted?.some((pool) => there.includes(pool))) return [];
        const value = formatValue(wanted);
        return {
          file: workloadFile(workload.name),
          key: `pools.${phase}`,
          ...(value === undefined ? {} : { value }),
          message: `names no pool that ${cluster.name} has in ${phase}: the pods would stay Pending there`,
          fix: `add ${listed(there)}`,
        };
      }),
  );
}

type Report = (key: string, value: unknown, message: string, fix: string) => Problem;

/** Containers of a pod share one network namespace, so a port number belongs to one of them; names likewise. */
function portProblems(containers: readonly Container[], problem: Report): Problem[] {
  const problems: Problem[] = [];
  const numbers = new Map<number, string>();
  const names = new Map<string, string>();
  containers.forEach((container, index) => {
    container.ports.forEach((entry, position) => {
      const at = `containers[${index}].ports[${position}]`;
      const owner = numbers.get(entry.port);
      if (owner !== undefined) {
        const fix = `give ${container.name} another port: all containers of a pod listen on one address`;
        problems.push(problem(`${at}.port`, entry.port, `is already a port of container ${owner}`, fix));
      }
      const namesake = names.get(entry.name);
      if (namesake !== undefined) {
        problems.push(
          problem(`${at}.name`, entry.name, `is already a port name of container ${namesake}`, 'rename it'),
        );
      }
      numbers.set(entry.port, container.name);
      names.set(entry.name, container.name);
    });
    if (containers.findIndex(({ name }) => name === container.name) < index) {
      problems.push(
        problem(`containers[${index}].name`, container.name, 'is the name of two containers', 'rename one of them'),
      );
    }
  });
  return problems;
}

function resourceProblems(container: Container, at: string, since: PhaseId, problem: Report): Problem[] {
  const problems: Problem[] = [];
  const first = PHASE_IDS.find((phase) => container.resources[phase] !== undefined);
  if (first !== undefined && !isSince(first, since)) {
    const fix = `write resources for ${since}`;
    problems.push(problem(`${at}.resources`, undefined, `has nothing for ${since}, where the workload begins`, fix));
  }
  for (const [phase, amounts] of Object.entries(container.resources)) {
    for (const resource of ['cpu', 'memory'] as const) {
      const request = amounts.requests[resource];
      const limit = amounts.limits[resource];
      if (parseQuantity(limit).nanos < parseQuantity(request).nanos) {
        const key = `${at}.resources.${phase}.limits.${resource}`;
        const message = `is below the request of "${request}": Kubernetes refuses such a pod`;
        problems.push(problem(key, limit, message, 'raise the limit or lower the request'));
      }
    }
  }
  return problems;
}

function machineProblems(cluster: Cluster, platform: Platform): Problem[] {
  return Object.entries(cluster.pools).flatMap(([phase, pools]) =>
    pools.flatMap((pool, index) =>
      Object.hasOwn(platform.machines, pool.machine)
        ? []
        : {
            file: SOURCES.clusters,
            key: `${cluster.name}.pools.${phase}[${index}].machine`,
            value: formatValue(pool.machine) ?? '',
            message: 'is no machine type',
            fix: `write ${listed(Object.keys(platform.machines))}, or add it to ${SOURCES.machines}`,
          },
    ),
  );
}

function listed(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length === 1 ? `"${unique[0] ?? ''}"` : `one of ${unique.join(', ')}`;
}
