import { describeObject } from '../../model/kube-object';
import { survey } from '../adopt/survey';
import { kubectl, problem, warning, type Check, type Finding } from './check';

/** What somebody has made by hand must fit, or the sync fails half way. `aia adopt` writes all of it as a runbook. */
export const liveObjects: Check = {
  id: 'objects',
  title: 'what runs already can become what Git holds',
  look: async (situation) => {
    const { live, site, desired } = situation;
    const { incompatible, unknown, stray } = await survey(live, site, desired);
    const { namespace } = site.platform.settings;
    return [
      ...incompatible.map(({ object, level, what, commands }): Finding => ({
        level,
        what: `${describeObject(object)}: ${what}`,
        remedy: commands,
      })),
      ...stray.map(({ object, fields, command }) =>
        warning(
          `${describeObject(object)}: Git does not name ${fields.join(', ')}, so it stays for good`,
          `${command}   # after the step; restarts its pods`,
        ),
      ),
      ...unknown.map(({ object, like }) => {
        const what = `${describeObject(object)} is not in Git and goes on running`;
        const remove = `${kubectl(situation, namespace)} delete ${object.kind.toLowerCase()} ${object.metadata.name}   # once nobody uses it`;
        return like === undefined
          ? warning(what, remove)
          : problem(
              `${what}; it looks like ${like} under another name: both would run, and request, at the same time`,
              `rename ${like} in platform/workloads/, or ${remove}`,
            );
      }),
    ];
  },
};
