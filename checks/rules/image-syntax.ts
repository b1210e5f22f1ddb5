import { textAt } from '../../model/manifest/access';
import { parseImage } from '../images';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** An image name that no runtime can pull. */
export const imageSyntax: Rule = {
  id: 'image-syntax',
  title: 'image names can be read',
  severity: 'error',
  why: 'The kubelet answers InvalidImageName and the container never starts.',
  fix: 'write registry/repository:tag in lower case, without spaces',
  sources: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      const image = textAt(container, 'image');
      if (image === undefined || image === '') {
        // Only the owner of a pod may leave it to somebody else, and nobody does.
        report([...keys, 'image'], 'is missing', { fix: 'add the image' });
      } else if (!parseImage(image)) {
        const isTemplate = /\$\{|\{\{|\$\(/.test(image);
        report(
          [...keys, 'image'],
          `is ${JSON.stringify(image)}, not the name of an image`,
          isTemplate ? { severity: 'warning', fix: 'fill the placeholder in before applying it' } : {},
        );
      }
    }
  },
  samples: { pass: samplePod(''), fail: samplePod('').replace('web:1.4.2', 'Web:1.4.2') },
};
