import { asList, asRecord, type Keys } from '../../model/manifest/access';
import { POD_KINDS, podOf } from '../pods';
import type { Report, Rule } from '../rule';
import { samplePod } from '../samples';

const MOST = 0o777;
/** Decimal numbers that are allowed but mean something odd, while their digits are a common mode. */
const SUSPICIOUS = new Set([400, 440, 444, 500]);
const SOURCES = ['configMap', 'secret', 'projected', 'downwardAPI'];

/** File modes in decimal that were meant in octal. */
export const fileMode: Rule = {
  id: 'file-mode',
  title: 'file modes are octal',
  severity: 'error',
  why: 'defaultMode: 644 is decimal, that is 01204 in octal: the API server refuses it. 444 is accepted and means 0674.',
  fix: 'write it with a leading 0',
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/'],
  kinds: POD_KINDS,
  check(object, report) {
    const pod = podOf(object);
    asList(pod?.spec.volumes).forEach((volume, index) => {
      for (const source of SOURCES) {
        const fields = asRecord(asRecord(volume)?.[source]);
        if (!fields || !pod) continue;
        const place = [...pod.specKeys, 'volumes', index, source];
        look(fields.defaultMode, [...place, 'defaultMode'], report);
        asList(fields.items).forEach((item, position) => {
          look(asRecord(item)?.mode, [...place, 'items', position, 'mode'], report);
        });
        asList(fields.sources).forEach((one, position) => {
          for (const inner of SOURCES) {
            asList(asRecord(asRecord(one)?.[inner])?.items).forEach((item, at) => {
              look(asRecord(item)?.mode, [...place, 'sources', position, inner, 'items', at, 'mode'], report);
            });
          }
        });
      }
    });
  },
  samples: {
    pass: samplePod(
      'volumeMounts:\n  - name: conf\n    mountPath: /conf',
      'volumes:\n  - name: conf\n    configMap:\n      name: conf\n      defaultMode: 0644',
    ),
    fail: samplePod(
      'volumeMounts:\n  - name: conf\n    mountPath: /conf',
      'volumes:\n  - name: conf\n    configMap:\n      name: conf\n      defaultMode: 644',
    ),
  },
};

function look(mode: unknown, keys: Keys, report: Report): void {
  if (typeof mode !== 'number') return;
  const isOctalMeant = /^[0-7]{3}$/.test(String(mode));
  const fix = isOctalMeant
    ? `write 0${mode} (which is ${Number.parseInt(String(mode), 8)})`
    : 'write a mode from 0 to 0777';
  if (mode > MOST || mode < 0) report(keys, `is ${mode}, beyond 0777 (511)`, { fix });
  else if (SUSPICIOUS.has(mode))
    report(keys, `is the decimal ${mode}, that is 0${mode.toString(8)}`, { severity: 'warning', fix });
}
