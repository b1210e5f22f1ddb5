import { textAt } from '../../model/manifest/access';
import { parseImage } from '../images';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** An image whose content changes under the same name. */
export const imageTag: Rule = {
  id: 'image-tag',
  title: 'images have a tag other than latest',
  severity: 'warning',
  why: 'Pods that start at different times run different programs, and a rollback to the same name is none.',
  fix: 'write the version that was tested',
  sources: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      const image = textAt(container, 'image');
      const parsed = image === undefined ? undefined : parseImage(image);
      if (!parsed || parsed.digest !== undefined || (parsed.tag !== undefined && parsed.tag !== 'latest')) continue;
      report([...keys, 'image'], parsed.tag === undefined ? `is ${image ?? ''}, without a tag` : `is ${image ?? ''}`);
    }
  },
  samples: { pass: samplePod(''), fail: samplePod('').replace('web:1.4.2', 'web:latest') },
};
