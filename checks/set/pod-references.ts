import { asList, asRecord, at, textAt, type Keys } from '../../model/manifest/access';
import type { Pod } from '../pods';

/** A ConfigMap or Secret that a pod names, and a key of it where it names one. */
export interface ConfigReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly keys: Keys;
  readonly items: readonly string[];
  readonly isOptional: boolean;
}

/** All ConfigMaps and Secrets that a pod names: in variables, in volumes, for pulling its images. */
export function configReferences({ spec, specKeys, containers }: Pod): readonly ConfigReference[] {
  const found: ConfigReference[] = [];
  const add = (
    kind: ConfigReference['kind'],
    source: unknown,
    field: string,
    keys: Keys,
    items: readonly string[] = [],
  ): void => {
    const name = textAt(source, field);
    if (name === undefined) return;
    found.push({ kind, name, keys: [...keys, field], items, isOptional: at(source, 'optional') === true });
  };
  for (const { container, keys } of containers) {
    asList(container.envFrom).forEach((source, index) => {
      for (const [kind, field] of [
        ['ConfigMap', 'configMapRef'],
        ['Secret', 'secretRef'],
      ] as const)
        add(kind, at(source, field), 'name', [...keys, 'envFrom', index, field]);
    });
    asList(container.env).forEach((variable, index) => {
      for (const [kind, field] of [
        ['ConfigMap', 'configMapKeyRef'],
        ['Secret', 'secretKeyRef'],
      ] as const) {
        const source = at(variable, 'valueFrom', field);
        const key = textAt(source, 'key');
        add(kind, source, 'name', [...keys, 'env', index, 'valueFrom', field], key === undefined ? [] : [key]);
      }
    });
  }
  asList(spec.volumes).forEach((volume, index) => {
    const place = [...specKeys, 'volumes', index];
    add('ConfigMap', at(volume, 'configMap'), 'name', [...place, 'configMap'], itemKeys(at(volume, 'configMap')));
    add('Secret', at(volume, 'secret'), 'secretName', [...place, 'secret'], itemKeys(at(volume, 'secret')));
    asList(at(volume, 'projected', 'sources')).forEach((source, position) => {
      const inner = [...place, 'projected', 'sources', position];
      add('ConfigMap', at(source, 'configMap'), 'name', [...inner, 'configMap'], itemKeys(at(source, 'configMap')));
      add('Secret', at(source, 'secret'), 'name', [...inner, 'secret'], itemKeys(at(source, 'secret')));
    });
  });
  asList(spec.imagePullSecrets).forEach((source, index) => {
    add('Secret', source, 'name', [...specKeys, 'imagePullSecrets', index]);
  });
  return found;
}

function itemKeys(source: unknown): readonly string[] {
  return asList(asRecord(source)?.items).flatMap((item) => textAt(item, 'key') ?? []);
}
