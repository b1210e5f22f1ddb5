// Times aia check against kubeconform on the same manifests and schemas, in one run and in turns:
//   node bench/check.mjs [objects]
// kubeconform is built from its Go module into a temporary folder. Every run is a new process: cold.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../scripts/bundle.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OBJECTS = Number(process.argv[2] ?? 10_000);
const PER_FILE = 5;
const ROUNDS = 5;
const MODULE = 'github.com/yannh/kubeconform/cmd/kubeconform@latest';

if (spawnSync('go', ['version']).status !== 0) {
  console.error(`Go is missing: install it, then \`go install ${MODULE}\` must work. See https://go.dev/doc/install`);
  process.exit(2);
}

await bundle();
const temp = await mkdtemp(path.join(os.tmpdir(), 'bench-check-'));
try {
  console.log(`building ${MODULE}`);
  execFileSync('go', ['install', MODULE], {
    env: { ...process.env, GOBIN: temp },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await writeManifests(path.join(temp, 'manifests'));
  await writeSchemas(path.join(temp, 'schemas'));
  const aia = (...options) => ['node', path.join(root, 'build', 'aia.mjs'), 'check', 'manifests', ...options];
  const rivals = {
    'aia check --schema-only': aia('--schema-only', '--kubernetes', 'current'),
    'aia check --schema-only, two versions': aia('--schema-only'),
    'kubeconform -strict': [
      path.join(temp, 'kubeconform'),
      '-strict',
      '-summary',
      '-n',
      String(os.availableParallelism()),
      '-schema-location',
      'schemas/{{ .ResourceKind }}{{ .KindSuffix }}.json',
      'manifests',
    ],
    'aia check, all rules': aia('--format', 'json'),
  };
  const times = Object.fromEntries(Object.keys(rivals).map((name) => [name, []]));
  let memory = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, command] of Object.entries(rivals)) {
      const started = performance.now();
      const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
        cwd: temp,
        encoding: 'utf8',
        maxBuffer: 2 ** 30,
      });
      times[name].push(performance.now() - started);
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${(stderr || stdout).slice(0, 500)}`);
    }
    memory = Math.max(memory, peakMemory(aia('--format', 'json')));
  }
  console.log(
    `${OBJECTS} objects in ${OBJECTS / PER_FILE} files, ${os.availableParallelism()} cores, median of ${ROUNDS} (least, most):`,
  );
  for (const [name, list] of Object.entries(times)) {
    const sorted = list.sort((a, b) => a - b).map((ms) => (ms / 1000).toFixed(2));
    console.log(`  ${name.padEnd(40)} ${sorted[Math.floor(ROUNDS / 2)]} s (${sorted[0]}, ${sorted.at(-1)})`);
  }
  console.log(`  ${'memory of aia check, all rules'.padEnd(40)} ${Math.round(memory / 1024)} MiB`);
} finally {
  await rm(temp, { recursive: true, force: true });
}

/** Peak resident memory in KiB, as the process itself reports it. */
function peakMemory([, script, ...args]) {
  const hook = "process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)))";
  const { stderr } = spawnSync('node', [`--import=data:text/javascript,${encodeURIComponent(hook)}`, script, ...args], {
    cwd: temp,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return Number(/\d+$/.exec(stderr)?.[0] ?? 0);
}

async function writeManifests(folder) {
  await mkdir(folder);
  for (let file = 0; file < OBJECTS / PER_FILE; file += 1) {
    const app = `app-${file}`;
    await writeFile(
      path.join(folder, `${app}.yaml`),
      [deployment(app), service(app), configMap(app), autoscaler(app), budget(app)].join('---\n'),
    );
  }
}

function deployment(name) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: bench
  labels:
    app.kubernetes.io/name: ${name}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  strategy:
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
      annotations:
        prometheus.io/scrape: "true"
    spec:
      serviceAccountName: ${name}
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: ${name}
          image: registry.example.org/bench/${name}:1.4.2
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
          resources:
            requests:
              cpu: 250m
              memory: 256Mi
            limits:
              memory: 256Mi
          readinessProbe:
            httpGet:
              path: /readyz
              port: http
          livenessProbe:
            httpGet:
              path: /livez
              port: http
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
`;
}

function service(name) {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: bench
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function configMap(name) {
  const lines = Array.from({ length: 20 }, (_, line) => `    setting.${line} = some value of ${name}`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: bench
data:
  app.properties: |
${lines.join('\n')}
`;
}

function autoscaler(name) {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
  namespace: bench
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 60
`;
}

function budget(name) {
  return `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
  namespace: bench
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
`;
}

/** The same schemas as files of JSON schema, closed so that -strict can do its work. */
async function writeSchemas(folder) {
  await mkdir(folder);
  const { kinds, nodes } = JSON.parse(await readFile(path.join(root, 'schemas', 'kubernetes.json'), 'utf8'));
  for (const key of [
    'apps/v1/Deployment',
    '/v1/Service',
    '/v1/ConfigMap',
    'autoscaling/v2/HorizontalPodAutoscaler',
    'policy/v1/PodDisruptionBudget',
  ]) {
    const [group, version, kind] = key.split('/');
    const definitions = {};
    const collect = (index) => {
      const name = `n${index}`;
      if (!definitions[name]) {
        definitions[name] = {};
        definitions[name] = jsonSchema(nodes[index], collect);
      }
      return { $ref: `#/definitions/${name}` };
    };
    const schema = { ...collect(kinds[key].current), definitions };
    // kubeconform names its files by kind, first part of the group and version.
    const suffix = group === '' ? version : `${group.split('.')[0]}-${version}`;
    await writeFile(
      path.join(folder, `${kind.toLowerCase()}-${suffix}.json`),
      JSON.stringify({ allOf: [{ $ref: schema.$ref }], definitions }),
    );
  }
}

function jsonSchema(node, reference) {
  const types = { intOrString: ['integer', 'string'], quantity: ['number', 'string'], any: undefined };
  const type = node.type in types ? types[node.type] : node.type;
  return {
    ...(type && { type: [type, 'null'].flat() }),
    ...(node.props && {
      properties: Object.fromEntries(Object.entries(node.props).map(([name, index]) => [name, reference(index)])),
    }),
    ...(node.type === 'object' && {
      additionalProperties: node.values === undefined ? node.open === true : reference(node.values),
    }),
    ...(node.items !== undefined && { items: reference(node.items) }),
    ...(node.req && { required: node.req }),
    ...(node.enum && { enum: [...node.enum, null] }),
  };
}
