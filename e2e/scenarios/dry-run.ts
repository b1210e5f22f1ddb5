import { Broken } from '../problem';
import { detail } from '../report';
import type { Scenario } from '../stage';

const OPTIONS = ['--dry-run=server', '--validate=strict'];

/**
 * Every object that is rendered, whatever its phase and cluster, goes through the API server's own defaulting,
 * validation and admission. They are created, not applied: clusters share names, and some of what differs between them
 * can't be changed.
 */
export const dryRun: Scenario = {
  name: 'the API server accepts every rendered object, with strict field validation',
  play: async ({ kubectl, fork, namespace, own }) => {
    await kubectl.run('create', 'namespace', namespace);
    try {
      const files = [...(await fork.files('dist')), ...(await fork.files('argocd'))];
      const refused: string[] = [];
      for (const folder of ['dist', 'argocd']) {
        const refusal = await kubectl.refusal('create', '-R', '-f', `${fork.clone}/${folder}`, ...OPTIONS);
        // What is there already went through the same when it was made.
        const lines = (refusal ?? '')
          .split('\n')
          .filter((line) => /error/i.test(line) && !line.includes('already exists'));
        refused.push(...lines);
      }
      const unknown = refused.filter((line) => line.includes('resource mapping not found'));
      if (own && unknown.length > 0) {
        detail(`${unknown.length} objects are of kinds that this cluster does not serve: not checked`);
        refused.splice(0, refused.length, ...refused.filter((line) => !unknown.includes(line)));
      }
      if (refused.length > 0) throw new Broken(`refused:\n${refused.slice(0, 20).join('\n')}`);
      detail(`${files.length - (own ? unknown.length : 0)} objects accepted`);

      const file = files.find((name) => name.includes('/AppProject.'));
      const wrong = fork.read(file ?? '').replace('sourceRepos:', 'sourceRepositories:');
      const accepted = await kubectl.apply(wrong, ...OPTIONS).then(
        () => true,
        () => false,
      );
      if (accepted) throw new Broken('a manifest with an unknown field was accepted too, so this proves nothing');
    } finally {
      await kubectl.run('delete', 'namespace', namespace, '--wait=true', '--timeout=60s');
    }
  },
};
