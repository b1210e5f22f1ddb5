import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import type { Cluster } from '../model/platform/cluster';
import type { Platform } from '../model/platform/platform';
import { field, findObject, objectsOf } from '../testing/rendered';
import { tinyPlatform } from '../testing/tiny-platform';
import { k8s } from './k8s';
import { patchRendered } from './patch-rendered';

/** The tiny platform with another version on its cluster. */
function onMinor(k8sMinor?: number): Platform {
  const den = tinyPlatform.clusters.den as Omit<Cluster, 'name'>;
  return { ...tinyPlatform, clusters: { den: k8sMinor === undefined ? den : { ...den, k8sMinor } } };
}

/** The tiny platform with another configuration of its one workload. */
function withConfig(config: Record<string, string>): Platform {
  const basket = tinyPlatform.workloads.basket;
  if (basket === undefined) throw new Error('no basket');
  return { ...tinyPlatform, workloads: { basket: { ...basket, config } } };
}

function template(platform: Platform): unknown {
  return field(findObject(objectsOf(platform, 'phase-1', 'den'), 'Deployment', 'basket'), 'spec', 'template');
}

describe('a sleep before the stop', () => {
  test('is rendered for Kubernetes 1.30 and newer, where the kubelet knows it', () => {
    expect(field(template(onMinor(30)), 'spec', 'containers', 0, 'lifecycle')).toEqual({
      preStop: { sleep: { seconds: 5 } },
    });
  });

  test('is not rendered for 1.29, nor where the output must suit every version', () => {
    expect(field(template(onMinor(29)), 'spec', 'containers', 0, 'lifecycle')).toBeUndefined();
    expect(field(template(onMinor()), 'spec', 'containers', 0, 'lifecycle')).toBeUndefined();
  });
});

describe('configuration', () => {
  test('becomes the environment of the pods, and a change of a value restarts them', () => {
    const [before, after] = ['1', '2'].map((value) => template(withConfig({ LEVEL: value })));
    expect(field(before, 'spec', 'containers', 0, 'envFrom')).toEqual([{ configMapRef: { name: 'basket' } }]);
    const digest = (of: unknown): unknown => field(of, 'metadata', 'annotations', 'shop.test/config-digest');
    expect(digest(before)).toMatch(/^[0-9a-f]{16}$/);
    expect(digest(after)).not.toBe(digest(before));
  });

  test('in another order changes nothing', () => {
    expect(template(withConfig({ A: '1', B: '2' }))).toEqual(template(withConfig({ B: '2', A: '1' })));
  });
});

describe('patchRendered', () => {
  const chart = (): Chart => new Chart(new App(), 'chart', { disableResourceNameHashes: true });

  test('keeps a field that the Kubernetes 1.28 types do not know', () => {
    const pod = new k8s.KubePod(chart(), 'pod', { metadata: { name: 'a' }, spec: { containers: [{ name: 'a' }] } });
    patchRendered(pod, JsonPatch.add('/spec/resources', { requests: { cpu: '1' } }));
    expect(field(pod.toJson(), 'spec', 'resources')).toEqual({ requests: { cpu: '1' } });
  });

  test("does what cdk8s's own patch does not: that one drops the field without a word", () => {
    const pod = new k8s.KubePod(chart(), 'pod', { metadata: { name: 'a' }, spec: { containers: [{ name: 'a' }] } });
    ApiObject.of(pod).addJsonPatch(JsonPatch.add('/spec/resources', { requests: { cpu: '1' } }));
    expect(field(pod.toJson(), 'spec', 'resources')).toBeUndefined();
  });
});
