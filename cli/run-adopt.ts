import { adoptionRunbook, runbookText, type Adoption } from '../rollout/adopt/runbook';
import { survey } from '../rollout/adopt/survey';
import { rootName } from '../rollout/cluster/site';
import { bootstrapCommands } from '../rollout/preflight/argocd';
import { rightCluster } from '../rollout/preflight/right-cluster';
import { CannotRollOut } from '../rollout/problem';
import { EXIT } from './exit-code';
import { TerminalProgress } from './progress';
import { orExplain } from './rollout-failure';
import { chosenCluster, chosenPhase, connect, openSession, situationOf } from './rollout-session';

interface Options {
  readonly cluster?: string;
  readonly context?: string;
  readonly to?: string;
  readonly commands?: 'before' | 'after';
}

/** Prints the runbook of an adoption, or the commands of one of its parts; returns the exit code. */
export function runAdopt(options: Options): Promise<number> {
  return orExplain('adopt', async () => {
    const progress = new TerminalProgress();
    const session = await openSession(progress);
    const site = chosenCluster(session, options.cluster);
    const phase = chosenPhase(session, site, options.to);
    const live = connect(options.context, progress, 'ask');
    const situation = situationOf(session, site, live, phase);
    const [wrong] = await rightCluster.look(situation);
    if (wrong?.final === true) throw new CannotRollOut(wrong.what, wrong.remedy.join('; '));
    const { argocdNamespace } = site.platform.settings;
    const root = await live.find('argoproj.io/v1alpha1', 'Application', rootName(site), argocdNamespace);
    const adoption: Adoption = {
      site,
      context: live.context,
      found: await survey(live, site, situation.desired),
      labelled: wrong === undefined,
      bootstrap: root === undefined ? bootstrapCommands(situation) : [],
    };
    if (options.commands !== undefined) {
      const sections = adoptionRunbook(adoption)[options.commands];
      for (const { title, commands } of sections) console.log([`# ${title}`, ...commands].join('\n'));
      return EXIT.clean;
    }
    const fix = phase === 'phase-1' ? '--quick-fix' : `--to ${phase}`;
    console.log(
      runbookText(adoption, `npm run aia -- rollout ${fix} --cluster ${site.cluster.name} --context ${live.context}`),
    );
    return EXIT.clean;
  });
}
