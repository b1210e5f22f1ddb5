import { named } from './named';
import type { Platform } from './platform';
import { formatValue, type Problem } from './problems';
import { workloadFile } from './sources';

/**
 * Addresses of workloads written by hand into another one's settings. Calls are declared with the callee, and their
 * addresses, routes and permissions derive from there; an address in `config` would be a call without all of that.
 */
export function undeclaredCalls(platform: Platform): Problem[] {
  const workloads = named(platform.workloads);
  return workloads.flatMap((workload) =>
    Object.entries(workload.config).flatMap(([variable, value]) => {
      const callee = workloads.find(({ name }) => name !== workload.name && isAddressOf(value, name));
      if (callee === undefined) return [];
      const isDeclared = callee.callers[workload.name] !== undefined;
      const address = `${callee.name.toUpperCase().replaceAll('-', '_')}_ADDRESS`;
      return {
        file: workloadFile(workload.name),
        key: `config.${variable}`,
        value: formatValue(value) ?? '',
        message: `is an address of ${callee.name}, and addresses come from declared calls only`,
        fix: isDeclared
          ? `remove it and read ${address}, which is there already`
          : `remove it, add ${workload.name} to the callers in ${workloadFile(callee.name)}, and read ${address}`,
      };
    }),
  );
}

/** `api:8080`, `http://api/…`, `api.aia.svc…`, also by one of the further Services of a StatefulSet. */
function isAddressOf(value: string, name: string): boolean {
  const host = `${name}(-headless|-read)?`;
  return new RegExp(`(^|://|@|,)([a-z0-9-]+\\.)?${host}(:\\d|\\.[a-z0-9-]+(\\.svc|:\\d)|\\.svc)|://${host}(/|$)`).test(
    value,
  );
}
