import type { Platform } from '../model/platform/platform';
import type { Site } from '../rollout/cluster/site';
import { CannotRollOut } from '../rollout/problem';
import { contextsOf } from './contexts';
import type { TerminalProgress } from './progress';
import { connect } from './rollout-session';

/** A cluster of the plan, and the context that leads to it. */
export interface Stop {
  readonly site: Site;
  readonly context: string;
}

/** @throws CannotRollOut with every cluster that has no context, or whose API server does not answer. */
export async function reached(
  platform: Platform,
  sites: readonly Site[],
  given: readonly string[],
  progress: TerminalProgress,
): Promise<Map<string, Stop>> {
  const contexts = await contextsOf(platform, given, progress);
  const stops = new Map<string, Stop>();
  const away: string[] = [];
  for (const site of sites) {
    const { name } = site.cluster;
    const context = contexts.get(name);
    if (context === undefined) {
      away.push(`${name}: no context leads there`);
      continue;
    }
    try {
      await connect(context, progress, 'ask').version();
      stops.set(name, { site, context });
    } catch (error) {
      if (!(error instanceof CannotRollOut)) throw error;
      away.push(`${name}: ${error.message.split('\n')[0] ?? ''}`);
    }
  }
  if (away.length === 0) return stops;
  throw new CannotRollOut(
    `not every cluster can be reached, so nothing was changed:\n${away.map((text) => `  ${text}`).join('\n')}`,
    '--context NAME=CONTEXT for each; --cluster A,B for those that are meant',
  );
}
