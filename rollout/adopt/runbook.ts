import { describeObject } from '../../model/kube-object';
import type { Site } from '../cluster/site';
import type { Survey } from './survey';

/** A part of the runbook: why, then commands in order. */
export interface Section {
  readonly title: string;
  readonly why: string;
  /** Shell lines; comments begin with `#`. */
  readonly commands: readonly string[];
}

/** What the runbook is written from. */
export interface Adoption {
  readonly site: Site;
  readonly context: string;
  readonly found: Survey;
  /** Whether the namespace has the label that names its cluster. */
  readonly labelled: boolean;
  /** Commands that bring Argo CD's projects and root application; none where they are there. */
  readonly bootstrap: readonly string[];
}

/**
 * How objects that exist already become Git's: everything before the step, the step, everything after it. Each part is
 * there only where the cluster needs it.
 */
export function adoptionRunbook(adoption: Adoption): { readonly before: Section[]; readonly after: Section[] } {
  const { site, context, found, labelled, bootstrap } = adoption;
  const { namespace, labelDomain } = site.platform.settings;
  const kubectl = `kubectl --context ${context}`;
  const problems = found.incompatible.filter(({ level }) => level === 'problem');
  const warnings = found.incompatible.filter(({ level }) => level === 'warning');
  const before: Section[] = [
    {
      title: 'Keep what is there',
      why: 'Git has never held it, so no revert brings it back. These files do, by `kubectl apply -f`.',
      commands: found.known.length + found.unknown.length === 0 ? [] : backup(kubectl, namespace, context),
    },
    {
      title: 'Say which cluster it is',
      why: 'The label keeps a rollout from reaching the wrong cluster by a wrong context.',
      commands: labelled
        ? []
        : [`${kubectl} label namespace ${namespace} ${labelDomain}/cluster=${site.cluster.name} --overwrite`],
    },
    {
      title: 'Take the hands off',
      why: 'Patches made by hand stay owners of what they wrote. Afterwards nobody is, until Argo CD is: nothing on the cluster changes.',
      commands: warnings.flatMap(({ commands }) => commands),
    },
    {
      title: 'Make room for what can not be changed',
      why: 'Pods go on running without their old owner; Argo CD makes the new one within minutes, which adopts them and replaces them one after another. Go on to the next parts at once: until then nobody replaces a pod that ends.',
      commands: unique(
        problems.flatMap(({ object, what, commands }) => [`# ${describeObject(object)}: ${what}`, ...commands]),
      ),
    },
    {
      title: 'Tell Argo CD of this cluster',
      why: 'From the top of the repository. docs/argocd.md says what each of them is.',
      commands: bootstrap,
    },
  ];
  const after: Section[] = [
    {
      title: 'Remove what patches have left in the pods',
      why: 'Git does not name these fields, so Argo CD leaves them for good. Each command restarts the pods of its workload, within its budget.',
      commands: found.stray.flatMap(({ object, fields, command }) => [
        `# ${describeObject(object)}: ${fields.join(', ')}`,
        command,
      ]),
    },
    {
      title: 'What Git does not know',
      why: 'It goes on running. Remove it once nobody uses it.',
      commands: found.unknown.map(
        ({ object, like }) =>
          `# ${kubectl} -n ${namespace} delete ${object.kind.toLowerCase()} ${object.metadata.name}${like === undefined ? '' : `   # is it ${like}?`}`,
      ),
    },
  ];
  const needed = (sections: Section[]): Section[] => sections.filter(({ commands }) => commands.length > 0);
  return { before: needed(before), after: needed(after) };
}

function backup(kubectl: string, namespace: string, context: string): string[] {
  const kinds =
    'deployments,statefulsets,cronjobs,services,configmaps,serviceaccounts,poddisruptionbudgets,horizontalpodautoscalers,ingresses';
  const file = `~/before-aia-${context.replace(/[^\w.-]+/g, '-')}.yaml`;
  return [`${kubectl} -n ${namespace} get ${kinds} -o yaml > ${file}   # no Secrets in it`];
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}

/** The runbook as Markdown. */
export function runbookText(adoption: Adoption, step: string): string {
  const { before, after } = adoptionRunbook(adoption);
  const name = adoption.site.cluster.name;
  if (before.length + after.length === 0) return `Nothing to adopt on ${name}: what is there is as Git holds it.`;
  const parts = [
    ...before.map(sectionText),
    sectionText({ title: 'The step', why: 'It waits, watches, and says what it sees.', commands: [step] }),
    ...after.map(sectionText),
  ];
  return [`# Adopting ${name}`, '', ...parts.map((part, index) => `## ${index + 1}. ${part}`)].join('\n');
}

function sectionText({ title, why, commands }: Section): string {
  return `${title}\n\n${why}\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`;
}
