import { asRecord, at, textAt } from '../../model/manifest/access';
import { parseImage } from '../images';
import { podOf, type Pod } from '../pods';
import { sampleDeployment } from '../samples';
import type { StepRule } from '../set-rule';
import { samplePhases } from './samples';

const before = sampleDeployment('');

/** Pods that a step replaces. */
export const restart: StepRule = {
  id: 'restart',
  title: 'the pods of this workload are replaced by the step',
  severity: 'info',
  why: 'Every change of the pod template replaces all pods, one after another. It should be a decision, and be known before the step.',
  fix: 'nothing where that is meant; else leave the template as it was',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment'],
  checkStep({ name, before, after }, report) {
    for (const [identity, member] of after) {
      const old = before.get(identity);
      if (!old || !['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'].includes(member.object.kind)) continue;
      const [was, is] = [podOf(old.object), podOf(member.object)];
      if (!was || !is) continue;
      const fields = differences(was, is);
      if (fields.length > 0) report(member, is.keys, `restarts the pods on the step ${name}: ${fields.join(', ')}`);
    }
  },
  samples: {
    pass: samplePhases(before, before),
    fail: samplePhases(before, sampleDeployment('', 'terminationGracePeriodSeconds: 60')),
  },
};

/** Fields of the template that differ, two levels deep; containers by name. */
function differences(was: Pod, is: Pod): readonly string[] {
  const found: string[] = [];
  const compare = (a: unknown, b: unknown, name: string): void => {
    if (JSON.stringify(a) !== JSON.stringify(b)) found.push(name);
  };
  for (const field of ['labels', 'annotations']) {
    const [a, b] = [at(was.template, 'metadata', field), at(is.template, 'metadata', field)].map(
      (one) => asRecord(one) ?? {},
    );
    for (const key of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) compare(a?.[key], b?.[key], key);
  }
  for (const key of new Set([...Object.keys(was.spec), ...Object.keys(is.spec)])) {
    if (key !== 'containers' && key !== 'initContainers') compare(was.spec[key], is.spec[key], key);
  }
  const old = new Map(was.containers.map((one) => [one.name, one.container]));
  for (const { name, container } of is.containers) {
    const other = old.get(name);
    if (!other) found.push(`container ${name}`);
    else
      for (const key of new Set([...Object.keys(other), ...Object.keys(container)]))
        compare(other[key], container[key], `${name}.${key}`);
    old.delete(name);
  }
  return [...found, ...[...old.keys()].map((name) => `container ${name} gone`)];
}

/** Another image in the next phase. */
export const imageAcrossPhases: StepRule = {
  id: 'image-across-phases',
  title: 'a container runs the same image in every phase',
  severity: 'warning',
  why: 'A promotion that brings a new image too changes two things at once: when it fails nobody knows which of them it was, and the way back is another image.',
  fix: 'write the same tag and digest in both phases, and roll the image out by itself',
  sources: ['https://sre.google/sre-book/release-engineering/'],
  checkStep({ from, before, after }, report) {
    for (const [identity, member] of after) {
      const old = before.get(identity);
      const [was, is] = [old && podOf(old.object), podOf(member.object)];
      if (!was || !is) continue;
      const images = new Map(was.containers.map(({ name, container }) => [name, textAt(container, 'image')]));
      for (const { name, keys, container } of is.containers) {
        const image = textAt(container, 'image') ?? '';
        const earlier = images.get(name);
        if (earlier === undefined || earlier === image || !isOtherBuild(earlier, image)) continue;
        report(member, [...keys, 'image'], `is ${image}, and was ${earlier} in ${from}`);
      }
    }
  },
  samples: { pass: samplePhases(before, before), fail: samplePhases(before, before.replace('1.4.2', '1.5.0')) },
};

/** True where tag or digest say so; the same image may come from another registry. */
function isOtherBuild(a: string, b: string): boolean {
  const [was, is] = [parseImage(a), parseImage(b)];
  if (!was || !is) return true;
  if (was.digest !== undefined && is.digest !== undefined) return was.digest !== is.digest;
  return was.tag !== is.tag || was.digest !== is.digest;
}
