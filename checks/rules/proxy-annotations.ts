import { asRecord, at } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Rule } from '../rule';
import { samplePod } from '../samples';

const ALL = ['proxyCPU', 'proxyCPULimit', 'proxyMemory', 'proxyMemoryLimit'].map((name) => `sidecar.istio.io/${name}`);

const pod = (annotations: readonly string[]): string =>
  samplePod('').replace(
    'name: web\nspec',
    `name: web\n  annotations:\n${annotations.map((key) => `    ${key}: "1"\n`).join('')}spec`,
  );

/** A proxy of which only a part of the sizes is set. */
export const proxyAnnotations: Rule = {
  id: 'proxy-annotations',
  title: 'the sizes of an injected proxy are set all four or not at all',
  severity: 'warning',
  why: 'With one of the annotations the defaults of the mesh for the other sizes are gone: a proxy without a request for cpu makes the autoscaler blind, one without a memory limit can fill the node.',
  fix: `write all of ${ALL.join(', ')}`,
  sources: [
    'https://istio.io/latest/docs/reference/config/annotations/#SidecarProxyCPU',
    'https://github.com/istio/istio/issues/13977',
  ],
  kinds: POD_KINDS,
  check(object, report) {
    const found = podOf(object);
    const annotations = asRecord(at(found?.template, 'metadata', 'annotations')) ?? {};
    const lacking = ALL.filter((key) => annotations[key] === undefined);
    if (!found || lacking.length === 0 || lacking.length === ALL.length) return;
    report([...found.keys, 'metadata', 'annotations'], `sets some sizes of the proxy and lacks ${lacking.join(', ')}`);
  },
  samples: { pass: pod(ALL), fail: pod(ALL.slice(2, 3)) },
};
