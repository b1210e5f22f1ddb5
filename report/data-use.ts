import type { KubeObject } from '../model/kube-object';
import { asList, asRecord, asString, at, textAt } from '../model/manifest/access';
import type { DataUse } from './report-model';

/**
 * What the labels, annotations and volumes of an object say of the data that it handles; undefined where they say
 * nothing. The words before the `/` are the platform's own domain, so only those behind it count.
 */
export function dataUseOf(object: KubeObject): DataUse | undefined {
  const said = new Map(
    [object.metadata.labels, object.metadata.annotations].flatMap((texts) =>
      Object.entries(asRecord(texts) ?? {}).map(([key, value]) => [key.replace(/^.*\//, ''), asString(value) ?? '']),
    ) as [string, string][],
  );
  const storage = asList(at(object, 'spec', 'volumeClaimTemplates')).map((claim) =>
    [textAt(claim, 'spec', 'resources', 'requests', 'storage'), textAt(claim, 'spec', 'storageClassName')]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  const dataClass = said.get('data-class') ?? '';
  if (dataClass === '' && storage.length === 0) return undefined;
  return {
    dataClass,
    purpose: said.get('purpose') ?? '',
    legalBasis: said.get('legal-basis') ?? '',
    retentionDays: said.get('retention-days') ?? '',
    assessment: said.get('impact-assessment') ?? '',
    storage,
  };
}
