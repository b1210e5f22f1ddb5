import { review, type ReviewOptions } from '../review/review';
import type { Review } from '../review/review-model';
import type { Tree } from '../review/source/tree';

/** Files by name; the text of one file alone stands for `app/all.yaml`. */
export type Files = string | Readonly<Record<string, string>>;

export function treeOf(label: string, files: Files): Tree {
  const entries = Object.entries(typeof files === 'string' ? { 'app/all.yaml': files } : files);
  return { label, files: new Map(entries.map(([name, text]) => [name, { name, text }])) };
}

/** The review of two sets of files, as the command makes it. */
export function reviewed(base: Files, head: Files, options: Partial<ReviewOptions> = {}): Review {
  return review(treeOf('BASE', base), treeOf('HEAD', head), { today: '2026-01-01', digestKey: 'test', ...options })
    .review;
}

/** Changes in short: `risk kind Kind/name`, and below each `path: before → after [effect]`. */
export function inShort({ changes }: Review): readonly string[] {
  return changes.flatMap(({ risk, kind, object, fields, places }) => [
    `${risk} ${kind} ${object.kind}/${object.name}${places.length > 1 ? ` in ${places.length}` : ''}`,
    ...fields.map(
      ({ path, before, after, effect }) =>
        `  ${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)} [${effect}]`,
    ),
  ]);
}

/** A Deployment of one container `web`; both texts are YAML in flow style. */
export function deployment(container: string, spec = 'replicas: 3', name = 'web'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec:
  ${spec}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - { name: web, image: registry.example.org/web:1.0.0, ${container} }
`;
}

export function object(apiVersion: string, kind: string, rest: string, name = 'thing'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\n${rest}\n`;
}
