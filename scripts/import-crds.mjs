// Writes imports/: typed classes for the custom resources this repository renders. Their definitions come from the
// shared folder that our tests use too, so this runs where that folder is; what it writes is committed, and nobody
// needs it to render.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const crds = path.resolve(root, process.env.AIA_CRDS ?? '../shared/crds/current');

/**
 * Which kinds of which file are imported, by the file that is written. All kinds of one API group go through one
 * import: two would overwrite each other. Never ApplicationSet: 3 MB of types for a kind that nothing here writes.
 */
const IMPORTS = {
  'argoproj.io': { 'argo-cd.yaml': ['Application', 'AppProject'] },
  'autoscaling.k8s.io': { 'vertical-pod-autoscaler.yaml': ['VerticalPodAutoscaler'] },
  'external-secrets.io': { 'external-secrets.yaml': ['ExternalSecret'] },
  'keda.sh': { 'keda.yaml': ['ScaledObject'] },
  'monitoring.coreos.com': { 'prometheus-operator.yaml': ['PodMonitor', 'PrometheusRule'] },
  'networking.istio.io': { 'istio.yaml': ['DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'VirtualService'] },
  'security.istio.io': { 'istio.yaml': ['AuthorizationPolicy', 'PeerAuthentication'] },
  'telemetry.istio.io': { 'istio.yaml': ['Telemetry'] },
};

/** Types imported as types, which `verbatimModuleSyntax` asks for and the generator doesn't do. */
function erasable(source) {
  return source
    .replace(/[ \t]+$/gm, '')
    .replace(
      /^import \{ ApiObject, ApiObjectMetadata, GroupVersionKind \}/m,
      'import { ApiObject, type ApiObjectMetadata, type GroupVersionKind }',
    )
    .replace(/^import \{ Construct \}/m, 'import type { Construct }');
}

if (!existsSync(crds)) {
  console.error(`No custom resource definitions at ${crds}.`);
  console.error('  Fix: set AIA_CRDS to a folder that has them (argo-cd.yaml holds the CRDs of an Argo CD release).');
  console.error('  You need this only to change imports/; rendering works without it.');
  process.exit(2);
}
const work = mkdtempSync(path.join(os.tmpdir(), 'aia-imports-'));
try {
  for (const [group, files] of Object.entries(IMPORTS)) {
    const chosen = Object.entries(files).flatMap(([file, kinds]) =>
      parseAllDocuments(readFileSync(path.join(crds, file), 'utf8'))
        .filter((document) => kinds.includes(document.getIn(['spec', 'names', 'kind'])))
        .map((document) => document.toString({ directives: false })),
    );
    const source = path.join(work, `${group}.yaml`);
    writeFileSync(source, chosen.join('---\n'));
    // --no-save: saving rewrites cdk8s.yaml and drops its comments.
    const args = ['cdk8s', 'import', '--no-save', '--language', 'typescript', '--output', 'imports', source];
    execFileSync('npx', args, { cwd: root, stdio: 'inherit', env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' } });
    const written = path.join(root, 'imports', `${group}.ts`);
    writeFileSync(written, erasable(readFileSync(written, 'utf8')));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
