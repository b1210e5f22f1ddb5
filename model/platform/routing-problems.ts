import { named } from './named';
import type { Platform } from './platform';
import { formatValue, type Problem, type Report } from './problems';
import { matches, spanSeconds, type Inhibition, type Match, type Routing } from './routing';
import { SOURCES } from './sources';

/** Receivers that are not there, alerts that nobody hears of, inhibitions that hide something loud behind something quiet. */
export function routingProblems({ routing }: Platform): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (file, key, value, message, fix) => {
    const text = formatValue(value);
    problems.push({ file, key, ...(text === undefined ? {} : { value: text }), message, fix });
  };
  const { receivers, routes, deadMansSwitch } = routing;
  const names = Object.keys(receivers).join(', ');
  for (const [key, receiver] of [
    ...routes.map((route, index): [string, string] => [`routes[${index}].receiver`, route.receiver]),
    ['deadMansSwitch.receiver', deadMansSwitch.receiver] as const,
  ]) {
    if (!Object.hasOwn(receivers, receiver))
      report(SOURCES.routing, key, receiver, 'is no receiver', `write one of ${names}, or add it to "receivers"`);
  }
  const last = routes.at(-1);
  if (last !== undefined && Object.keys(last.match).length > 0) {
    const message = 'is not empty in the last route: an alert that matches none would go nowhere';
    report(
      SOURCES.routing,
      `routes[${routes.length - 1}].match`,
      last.match,
      message,
      'add a last route with match: {}',
    );
  }
  heartbeatProblems(routing, report);
  routing.inhibitions.forEach((inhibition, index) => {
    inhibitionProblems(inhibition, `inhibitions[${index}]`, routing, report);
  });
  for (const { name, key } of named(receivers).flatMap((entry) => (entry.kind === 'nobody' ? [] : [entry]))) {
    const twin = named(receivers).find((other) => other.name < name && other.kind !== 'nobody' && other.key === key);
    if (twin === undefined) continue;
    const message = `is the key of ${twin.name} too`;
    report(SOURCES.routing, `receivers.${name}.key`, key, message, 'give each receiver a key of its own');
  }
  return problems;
}

function heartbeatProblems({ receivers, routes, deadMansSwitch }: Routing, report: Report): void {
  const { receiver, every, missedAfterMinutes } = deadMansSwitch;
  if (routes.some((route) => route.receiver === receiver)) {
    const message = 'also gets other alerts: they would count as heartbeats';
    report(SOURCES.routing, 'deadMansSwitch.receiver', receiver, message, 'give the heartbeat a receiver of its own');
  }
  const heartbeat = Object.hasOwn(receivers, receiver) ? receivers[receiver] : undefined;
  if (heartbeat !== undefined && !(heartbeat.kind === 'webhook' && heartbeat.perRegion)) {
    const message =
      'is no webhook with an address for each region: the beat of one would hide that another has stopped';
    report(
      SOURCES.routing,
      'deadMansSwitch.receiver',
      receiver,
      message,
      "make it one of kind 'webhook' with perRegion: true",
    );
  }
  // One heartbeat may be lost on its way without anybody being woken.
  if (spanSeconds(every) * 2 > missedAfterMinutes * 60) {
    const message = `leaves less than two heartbeats (${every}) before somebody is woken`;
    report(SOURCES.routing, 'deadMansSwitch.missedAfterMinutes', missedAfterMinutes, message, 'write more minutes');
  }
}

function inhibitionProblems({ source, target }: Inhibition, key: string, routing: Routing, report: Report): void {
  const watchdog = { alertname: routing.deadMansSwitch.alert };
  if (mayMatch(target, watchdog))
    report(
      SOURCES.routing,
      `${key}.target`,
      target,
      "may silence the dead man's switch",
      'name the alerts it is about',
    );
  if (mayMatch(source, watchdog))
    report(
      SOURCES.routing,
      `${key}.source`,
      source,
      'fires always: the target would never be told',
      'name another source',
    );
}

/** Whether there can be an alert with these labels that a match takes. */
function mayMatch(match: Match, labels: Readonly<Record<string, string>>): boolean {
  const known = Object.fromEntries(Object.entries(match).filter(([label]) => Object.hasOwn(labels, label)));
  return matches(known, labels);
}
