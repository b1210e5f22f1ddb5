import { textAt } from '../../model/manifest/access';
import { parseImage } from '../images';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

/** An image that is not pinned to its content. */
export const imageDigest: Rule = {
  id: 'image-digest',
  title: 'images are pinned by digest',
  severity: 'info',
  why: 'A tag can be moved to another image; only a digest says which bytes were tested.',
  fix: 'add @sha256:… after the tag, as the build printed it',
  sources: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  kinds: POD_KINDS,
  check(object, report) {
    for (const { container, keys } of podOf(object)?.containers ?? []) {
      const image = textAt(container, 'image');
      const parsed = image === undefined ? undefined : parseImage(image);
      if (parsed && parsed.digest === undefined) report([...keys, 'image'], `is ${image ?? ''}, without a digest`);
    }
  },
  samples: {
    pass: samplePod('').replace('1.4.2', `1.4.2@sha256:${'0123456789abcdef'.repeat(4)}`),
    fail: samplePod(''),
  },
};
