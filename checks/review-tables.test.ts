import { checkText } from './check-text';
import { sampleDeployment, sampleObject, samplePod } from './samples';

/** Findings of one rule, or of all, as `severity path message`. */
function found(text: string, rule?: string): readonly string[] {
  const { findings } = checkText(text);
  return findings
    .filter((one) => rule === undefined || one.rule === rule)
    .map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

const errors = (text: string): readonly string[] => found(text).filter((one) => one.startsWith('error'));

describe('table V: what other tools get wrong on one object', () => {
  const budget = (spec: string): string =>
    sampleObject('policy/v1', 'PodDisruptionBudget', `${spec}\nselector: {matchLabels: {app: web}}`);
  const policy = (spec: string): string => sampleObject('networking.k8s.io/v1', 'NetworkPolicy', spec);

  test('V1: a budget with maxUnavailable 1 is fine', () => {
    expect(found(budget('maxUnavailable: 1'))).toEqual([]);
  });

  test('V5: podSelector {} and namespaceSelector {} select everything and are fine', () => {
    expect(found(policy('podSelector: {}\ningress: [{from: [{namespaceSelector: {}}]}]'))).toEqual([]);
  });

  test('V6: a default deny without rules is fine', () => {
    expect(found(policy('podSelector: {}\npolicyTypes: [Ingress, Egress]'))).toEqual([]);
  });

  test('V7: a Deployment without replicas is fine', () => {
    expect(found(sampleDeployment('')).filter((one) => one.includes('replicas'))).toEqual([]);
  });

  test('V11: a misspelt spec is an error, and so is an unknown field of a custom resource', () => {
    expect(found(sampleDeployment('').replace('\nspec:', '\nspecX:'), 'schema')).toEqual([
      'error spec is missing and required',
      'error specX is not a known field',
    ]);
    const scaler = sampleObject(
      'keda.sh/v1alpha1',
      'ScaledObject',
      'scaleTargetRef: {name: web}\nminReplicaCont: 2\ntriggers: [{type: cpu, metadata: {value: "60"}}]',
    );
    expect(found(scaler, 'schema')).toEqual(['error spec.minReplicaCont is not a known field']);
  });

  test('V12: cpu 500Mi is an error', () => {
    expect(found(samplePod('resources: {requests: {cpu: 500Mi}}'), 'cpu-unit')).toEqual([
      'error spec.containers[name=web].resources.requests.cpu is 500Mi: that unit is for memory',
    ]);
  });

  test('V14: cpu 3.5 as a number is fine in a Deployment, 0.2 in int-or-string of a custom resource is not', () => {
    expect(errors(samplePod('resources: {requests: {cpu: 3.5}}'))).toEqual([]);
    const vpa = sampleObject(
      'autoscaling.k8s.io/v1',
      'VerticalPodAutoscaler',
      'targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\nresourcePolicy: {containerPolicies: [{containerName: web, minAllowed: {cpu: 0.2}}]}',
    );
    expect(errors(vpa)).toEqual([
      'error spec.resourcePolicy.containerPolicies[0].minAllowed.cpu is 0.2, must be a whole number or text',
    ]);
  });

  test('V15: a variable that is set twice is a warning, the last wins', () => {
    expect(found(samplePod('env: [{name: A, value: "1"}, {name: A, value: "2"}]'), 'duplicate-env')).toEqual([
      'warning spec.containers[name=web].env[1] sets A a second time; this one wins',
    ]);
  });

  test('V26: a budget that allows no eviction is an error that proposes maxUnavailable', () => {
    for (const spec of ['maxUnavailable: 0', 'maxUnavailable: 0%', 'minAvailable: 100%']) {
      expect(checkText(budget(spec)).findings).toMatchObject([
        { severity: 'error', fix: 'write maxUnavailable: 1, which fits every number of replicas' },
      ]);
    }
  });
});

describe('table C: what one object can tell', () => {
  test('C6: an autoscaler on the sum of all containers is pointed out, one on its own container is not', () => {
    const hpa = (metric: string): string =>
      sampleObject(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        `scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\nminReplicas: 2\nmaxReplicas: 6\nmetrics: [${metric}]`,
      );
    const target = 'name: cpu, target: {type: Utilization, averageUtilization: 60}';
    expect(found(hpa(`{type: Resource, resource: {${target}}}`), 'hpa-metric')).toHaveLength(1);
    expect(
      found(hpa(`{type: ContainerResource, containerResource: {container: web, ${target}}}`), 'hpa-metric'),
    ).toEqual([]);
  });
});

describe('what the API server refused on a test cluster', () => {
  test.each([
    ['a probe port in quotes', samplePod('livenessProbe: {httpGet: {port: "8080"}}'), 'probe-port'],
    [
      'a targetPort in quotes',
      sampleObject('v1', 'Service', 'ports: [{port: 80, targetPort: "8080"}]'),
      'service-ports',
    ],
    [
      'a budget in quotes',
      sampleObject('policy/v1', 'PodDisruptionBudget', 'maxUnavailable: "1"\nselector: {}'),
      'pdb-budget',
    ],
    [
      'a timeout of 0s',
      sampleObject(
        'networking.istio.io/v1',
        'VirtualService',
        'hosts: [web]\nhttp: [{timeout: 0s, retries: {attempts: 0}, route: [{destination: {host: web}}]}]',
      ),
      'virtualservice-retries',
    ],
    [
      'D14: defaultMode 555',
      samplePod('', 'volumes: [{name: a, secret: {secretName: a, defaultMode: 555}}]'),
      'file-mode',
    ],
    ['D19: env twice in a container', samplePod('env: []\nenv: []'), 'yaml'],
  ])('%s', (_, text, rule) => {
    expect(found(text, rule)[0]).toMatch(/^error/);
  });

  test.each([
    [
      'attempts 0',
      sampleObject(
        'networking.istio.io/v1',
        'VirtualService',
        'hosts: [web]\nhttp: [{retries: {attempts: 0}, route: [{destination: {host: web}}]}]',
      ),
    ],
    ['D14: defaultMode 0555', samplePod('', 'volumes: [{name: a, secret: {secretName: a, defaultMode: 0555}}]')],
    ['a percentage for maxSurge', sampleDeployment('strategy: {rollingUpdate: {maxSurge: 25%}}')],
    ['null for a map', sampleDeployment('strategy: null')],
  ])('%s is fine', (_, text) => {
    expect(errors(text)).toEqual([]);
  });
});

describe('invariants of one object', () => {
  test.each([
    [
      'I5: minimum above maximum',
      sampleObject(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'scaleTargetRef: {kind: Deployment, name: web}\nminReplicas: 4\nmaxReplicas: 2',
      ),
      'hpa-bounds',
    ],
    [
      'I5: a schedule below the minimum',
      sampleObject(
        'keda.sh/v1alpha1',
        'ScaledObject',
        'scaleTargetRef: {name: web}\nminReplicaCount: 3\ntriggers: [{type: cron, metadata: {timezone: Etc/UTC, start: 0 7 * * *, end: 0 20 * * *, desiredReplicas: "3"}}]',
      ),
      'scaledobject-bounds',
    ],
    [
      'I14: a rule for everybody',
      sampleObject('security.istio.io/v1', 'AuthorizationPolicy', 'rules: [{}]'),
      'authorization-policy',
    ],
    [
      'I15: a port without protocol',
      sampleObject('v1', 'Service', 'ports: [{port: 80, name: web}]'),
      'service-protocol',
    ],
    [
      'I16: a probe on an undeclared port',
      samplePod('ports: [{containerPort: 80}]\nreadinessProbe: {tcpSocket: {port: 81}}'),
      'probe-port',
    ],
    [
      'I17: a request above its limit',
      samplePod('resources: {requests: {memory: 2Gi}, limits: {memory: 1536Mi}}'),
      'request-over-limit',
    ],
    ['I22: latest', samplePod('').replace('1.4.2', 'latest'), 'image-tag'],
    [
      'I26: a timeout shorter than its tries',
      sampleObject(
        'networking.istio.io/v1',
        'VirtualService',
        'hosts: [web]\nhttp: [{timeout: 1s, retries: {attempts: 3, perTryTimeout: 300ms}, route: [{destination: {host: web}}]}]',
      ),
      'virtualservice-retries',
    ],
    [
      'I27: no maxEjectionPercent',
      sampleObject(
        'networking.istio.io/v1',
        'DestinationRule',
        'host: web\ntrafficPolicy: {outlierDetection: {interval: 5s}}',
      ),
      'destinationrule-ejection',
    ],
    ['I30: not restricted', samplePod(''), 'pod-security'],
    [
      'I30: a literal Secret',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: b}\n',
      'secret-in-git',
    ],
  ])('%s', (_, text, rule) => {
    expect(found(text, rule)).not.toEqual([]);
  });
});

test('PruneLast is pointed out on an Application of workloads, not on one of Applications', () => {
  const application = (namespace: string): string =>
    sampleObject(
      'argoproj.io/v1alpha1',
      'Application',
      `project: a\nsource: {repoURL: https://git.example.org/a.git, path: dist}\ndestination: {namespace: ${namespace}}\nsyncPolicy: {syncOptions: [PruneLast=true]}`,
      'namespace: argocd',
    );
  expect(found(application('shop'), 'application-sync')).toHaveLength(1);
  expect(found(application('argocd'), 'application-sync')).toEqual([]);
});
