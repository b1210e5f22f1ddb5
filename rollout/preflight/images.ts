import { field, listField, textField } from '../cluster/field';
import { podStates } from '../cluster/pods';
import { containerCause } from '../diagnosis/diagnose';
import { runbookFile } from '../diagnosis/runbooks';
import { kubectl, warning, type Check } from './check';

/**
 * Whether images can be pulled, nobody but the nodes can say: this is what they say of the pods that run now, and what
 * can be seen from the names.
 */
export const images: Check = {
  id: 'images',
  title: 'no image is known that can not be pulled',
  look: async (situation) => {
    const { live, site, desired } = situation;
    const { namespace, registry } = site.platform.settings;
    const pods = podStates(await live.list('v1', 'Pod', namespace));
    const failing = new Map(
      pods
        .flatMap(({ trouble }) => trouble)
        .map((trouble) => ({ image: trouble.image, ...containerCause(trouble) }))
        .filter(({ runbook }) => runbook === 'image-pull')
        .map(({ image, reason }) => [image, reason]),
    );
    const wanted = new Set(desired.flatMap(imagesOf));
    const findings = [...failing].map(([image, reason]) =>
      warning(
        `${reason}${wanted.has(image) ? '; the phase uses the same image' : '; the phase uses another image'}`,
        `${kubectl(situation, namespace)} get events --field-selector reason=Failed`,
        `${runbookFile('image-pull')} has the causes`,
      ),
    );
    if (!/(^|\.)example\.(com|org|net)(\/|$)/.test(registry)) return findings;
    const told = `the registry is ${registry}, which nobody has set yet: nothing can be pulled from it`;
    return [...findings, warning(told, 'write yours in platform/settings.ts, push your images there, npm start')];
  },
};

function imagesOf(object: unknown): string[] {
  const template =
    field(object, 'spec', 'template', 'spec') ?? field(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
  return listField(template, 'containers').flatMap((container) => textField(container, 'image') ?? []);
}
