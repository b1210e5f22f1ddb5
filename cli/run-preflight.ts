import { blocks, preflight } from '../rollout/preflight/run';
import { preflightText } from '../rollout/preflight/text';
import { EXIT } from './exit-code';
import { TerminalProgress } from './progress';
import { orExplain } from './rollout-failure';
import { chosenCluster, chosenPhase, connect, openSession, situationOf } from './rollout-session';

interface Options {
  readonly cluster?: string;
  readonly context?: string;
  readonly to?: string;
  readonly json: boolean;
}

/** Asks every question of the preflight; returns the exit code. */
export function runPreflight(options: Options): Promise<number> {
  return orExplain('preflight', async () => {
    const progress = new TerminalProgress();
    const session = await openSession(progress);
    const site = chosenCluster(session, options.cluster);
    const phase = chosenPhase(session, site, options.to);
    const live = connect(options.context, progress, 'ask');
    const results = await preflight(situationOf(session, site, live, phase));
    progress.clear();
    const title = `${site.cluster.name} for ${phase}, by context ${live.context}`;
    console.log(
      options.json
        ? JSON.stringify({ cluster: site.cluster.name, phase, context: live.context, checks: results }, undefined, 2)
        : `${title}\n\n${preflightText(results)}`,
    );
    return blocks(results) ? EXIT.findings : EXIT.clean;
  });
}
