import { deployment, inShort, object, reviewed } from '../../testing/reviewed';

/** Risk, reasons, and the effects of the fields, of the only change between two texts. */
function only(base: string, head: string): { risk: string; reasons: string; effects: string } {
  const { changes } = reviewed(base, head);
  const [change] = changes;
  if (!change || changes.length > 1)
    throw new Error(
      `one change expected: ${JSON.stringify(changes.map(({ object: { kind, name } }) => `${kind} ${name}`))}`,
    );
  return {
    risk: change.risk,
    reasons: change.reasons.join('; '),
    effects: change.fields.map(({ effect }) => effect).join(' '),
  };
}

const context = (text: string): string => deployment(`securityContext: { ${text} }`);
const pod = (line: string): string => deployment('').replace('      containers:', `      ${line}\n      containers:`);

describe('pods that restart', () => {
  test('another image restarts them, and how many is said', () => {
    const result = only(deployment(''), deployment('').replace(':1.0.0', ':1.0.1'));
    expect(result).toEqual({ risk: 'medium', effects: 'restart', reasons: 'restarts its 3 pods' });
  });

  test('the order of variables alone restarts them; a default that is written out does not', () => {
    const env = (...names: string[]): string =>
      deployment(`env: [${names.map((name) => `{ name: ${name}, value: x }`).join(', ')}]`);
    const result = only(env('A', 'B'), env('B', 'A'));
    expect(result).toEqual({
      risk: 'medium',
      effects: 'restart',
      reasons: 'restarts its 3 pods although only the order of env differs',
    });
    expect(only(deployment(''), deployment('imagePullPolicy: IfNotPresent'))).toMatchObject({
      risk: 'none',
      effects: 'none',
    });
  });

  test('the only pod leaves a gap unless a new one comes first', () => {
    const single = (tag: string, strategy: string): string =>
      deployment('', `replicas: 1\n  ${strategy}`).replace(':1.0.0', tag);
    const [recreate, rolling] = ['strategy: { type: Recreate }', 'strategy: { type: RollingUpdate }'];
    expect(only(single(':1', recreate), single(':2', recreate)).reasons).toBe(
      'restarts its only pod; nothing serves until the new one is ready',
    );
    expect(only(single(':1', rolling), single(':2', rolling)).reasons).toBe('restarts its only pod');
  });

  test('a ConfigMap that pods read when they start reaches none of them', () => {
    const config = (value: string): string => object('v1', 'ConfigMap', `data: { LEVEL: ${value} }`, 'conf');
    const reader = deployment('envFrom: [{ configMapRef: { name: conf } }]');
    const result = only(`${config('info')}---\n${reader}`, `${config('debug')}---\n${reader}`);
    expect(result.risk).toBe('medium');
    expect(result.reasons).toContain('web reads it at the start and is not restarted by this change');
  });
});

describe('replicas, limits, autoscalers and budgets', () => {
  test.each([
    ['replicas: 3', 'replicas: 2', 'medium', 'fewer replicas: 3 → 2'],
    ['replicas: 4', 'replicas: 2', 'high', 'fewer replicas: 4 → 2'],
    ['replicas: 3', 'replicas: 0', 'high', 'fewer replicas: 3 → 0, nothing runs'],
    ['replicas: 3', 'replicas: 5', 'low', 'more replicas: 3 → 5'],
  ])('%s to %s', (before, after, risk, reason) => {
    expect(only(deployment('', before), deployment('', after))).toEqual({ risk, effects: 'scale', reasons: reason });
  });

  const hpa = (min: number, max: number): string =>
    object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: ${min}, maxReplicas: ${max} }`,
      'web',
    );
  const budget = object(
    'policy/v1',
    'PodDisruptionBudget',
    'spec: { minAvailable: 2, selector: { matchLabels: { app: web } } }',
    'web',
  );

  test('an autoscaler is looked at with its budget, with the fewest and the most replicas', () => {
    // minAvailable 2 of 2 lets nobody go; of 6, 4.
    const result = only(
      [deployment(''), budget, hpa(4, 8)].join('---\n'),
      [deployment(''), budget, hpa(2, 6)].join('---\n'),
    );
    expect(result.risk).toBe('high');
    expect(result.reasons).toBe(
      'Deployment/web scales between 2 and 6 replicas, before 4 and 8; budget web lets 0 of 2 go, 4 of 6: node drains hang',
    );
  });

  test('replicas that an autoscaler takes over drop to 1 for a moment, unless the Application ignores and respects them', () => {
    const without = deployment('', 'minReadySeconds: 0');
    const files = (text: string, more: Record<string, string> = {}): Record<string, string> => ({
      'app/web.yaml': text,
      'app/hpa.yaml': hpa(2, 4),
      ...more,
    });
    expect(reviewed(files(deployment('')), files(without)).changes[0]).toMatchObject({ risk: 'high' });
    const application = object(
      'argoproj.io/v1alpha1',
      'Application',
      'spec: { source: { path: app }, ignoreDifferences: [{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }], syncPolicy: { syncOptions: [RespectIgnoreDifferences=true] } }',
    );
    const changed = reviewed(
      files(deployment(''), { 'argocd/a.yaml': application }),
      files(deployment('', 'replicas: 2'), { 'argocd/a.yaml': application }),
    ).changes;
    expect(changed[0]).toMatchObject({ risk: 'low' });
  });

  test('a limit that falls restarts the pods, and what it means is said', () => {
    const limit = (memory: string, cpu: string): string =>
      deployment(`resources: { limits: { memory: ${memory}, cpu: ${cpu} } }`);
    // 2Gi of 4Gi is half.
    expect(only(limit('4Gi', '1'), limit('2Gi', '1'))).toEqual({
      risk: 'high',
      effects: 'restart',
      reasons: 'web: memory limit falls 4Gi → 2Gi (−50 %): a pod that uses more is killed; restarts its 3 pods',
    });
    expect(only(limit('4Gi', '1'), limit('4Gi', '800m')).risk).toBe('medium');
  });
});

describe('guards that fall', () => {
  test.each([
    ['runAsNonRoot: true', 'runAsNonRoot: false', 'may run as root'],
    ['runAsNonRoot: true', '', 'may run as root'],
    ['', 'privileged: true', 'runs privileged'],
    ['allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true', 'may gain privileges'],
    ['readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'may write into its image'],
    ['capabilities: { drop: [ALL] }', 'capabilities: {}', 'keeps capabilities that were dropped'],
    [
      'capabilities: { add: [NET_ADMIN] }',
      'capabilities: { add: [NET_ADMIN, SYS_ADMIN] }',
      'gets a capability (SYS_ADMIN)',
    ],
    ['seccompProfile: { type: RuntimeDefault }', 'seccompProfile: { type: Unconfined }', 'may use every system call'],
  ])('securityContext %s to %s', (before, after, reason) => {
    const result = only(context(before), context(after));
    expect([result.risk, result.effects]).toEqual(['high', 'weaker']);
    expect(result.reasons).toContain(reason);
    expect(only(context(after), context(before)).effects).toBe('restart');
  });

  test.each([
    ['hostNetwork: true', 'uses the network of the node'],
    ['hostPID: true', 'sees the processes of the node'],
    ['volumes: [{ name: host, hostPath: { path: /etc } }]', 'mounts a folder of the node (/etc)'],
  ])('pods with %s', (line, reason) => {
    const result = only(pod('nodeName: ""'), pod(`nodeName: ""\n      ${line}`));
    expect(result.reasons).toContain(reason);
    expect(result.risk).toBe('high');
  });

  test.each([
    [
      'security.istio.io/v1',
      'PeerAuthentication',
      'spec: { mtls: { mode: STRICT } }',
      'spec: { mtls: { mode: PERMISSIVE } }',
    ],
    [
      'networking.istio.io/v1',
      'DestinationRule',
      'spec: { host: a, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }',
      'spec: { host: a, trafficPolicy: { tls: { mode: DISABLE } } }',
    ],
    ['networking.k8s.io/v1', 'Ingress', 'spec: { tls: [{ hosts: [a.example.org], secretName: a }] }', 'spec: {}'],
    [
      'rbac.authorization.k8s.io/v1',
      'Role',
      'rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]',
      'rules: [{ apiGroups: [""], resources: [pods], verbs: [get, "*"] }]',
    ],
    [
      'v1',
      'ConfigMap',
      'data: { prometheus.yaml: "retention: 30d\\nother: x\\n" }',
      'data: { prometheus.yaml: "retention: 7d\\nother: x\\n" }',
    ],
  ])('%s %s', (apiVersion, kind, before, after) => {
    const result = only(object(apiVersion, kind, before), object(apiVersion, kind, after));
    expect([result.risk, result.effects]).toEqual(['high', 'weaker']);
    expect(only(object(apiVersion, kind, after), object(apiVersion, kind, before)).effects).not.toContain('weaker');
  });

  test('personal data that is kept longer, classed lower, or may lie elsewhere', () => {
    const kept = (days: number): string =>
      deployment('').replace('namespace: shop,', `namespace: shop, annotations: { aia.io/retention-days: "${days}" },`);
    expect(only(kept(30), kept(90))).toMatchObject({
      risk: 'high',
      effects: 'weaker',
      reasons: 'personal data is kept 90 days, before 30',
    });
    expect(only(kept(90), kept(30)).risk).toBe('low');
    const region = (value: string): string => pod(`nodeSelector: { topology.kubernetes.io/region: ${value} }`);
    expect(only(region('europe-west4'), region('us-east1')).effects).toBe('weaker');
    expect(only(region('europe-west4'), pod('nodeSelector: {}')).risk).toBe('high');
  });
});

describe('objects that go', () => {
  const removed = (gone: string, more = deployment('')): { risk: string; reasons: string } =>
    only(`${more}---\n${gone}`, more);

  test.each([
    ['v1', 'PersistentVolumeClaim', 'high', 'its data goes with it'],
    ['v1', 'Service', 'high', 'gets no answer'],
    ['networking.k8s.io/v1', 'NetworkPolicy', 'high', 'open to everyone'],
    ['policy/v1', 'PodDisruptionBudget', 'medium', 'a node drain may take all pods at once'],
    ['batch/v1', 'CronJob', 'medium', 'it runs no more'],
    ['v1', 'ConfigMap', 'low', 'is deleted where deletions are synced'],
  ])('%s %s', (apiVersion, kind, risk, reason) => {
    const result = removed(object(apiVersion, kind, 'spec: {}'));
    expect(result.risk).toBe(risk);
    expect(result.reasons).toContain(reason);
  });

  test('what pods still need is of high risk, what is protected from pruning stays', () => {
    const account = object('v1', 'ServiceAccount', '', 'robot');
    const result = removed(account, pod('serviceAccountName: robot'));
    expect(result).toMatchObject({
      risk: 'high',
      reasons: 'is deleted where deletions are synced: web still needs it and can not start without it',
    });
    const kept = object('v1', 'PersistentVolumeClaim', 'spec: {}').replace(
      'namespace: shop',
      'namespace: shop, annotations: { argocd.argoproj.io/sync-options: Prune=false }',
    );
    expect(removed(kept)).toMatchObject({
      risk: 'low',
      reasons: 'stays on the cluster (Prune=false) and belongs to nobody',
    });
  });

  test('an object that goes from one Application to another may be pruned by the first', () => {
    const application = (name: string): string =>
      object(
        'argoproj.io/v1alpha1',
        'Application',
        `spec: { source: { path: ${name} }, syncPolicy: { automated: { prune: true } } }`,
        name,
      );
    const files = (folder: string): Record<string, string> => ({
      'argocd/one.yaml': application('one'),
      'argocd/two.yaml': application('two'),
      'one/keep.yaml': object('v1', 'ConfigMap', '', 'keep'),
      [`${folder}/web.yaml`]: deployment(''),
    });
    const [change] = reviewed(files('one'), files('two')).changes;
    expect(change).toMatchObject({ kind: 'moved', risk: 'high', from: { place: 'one' }, places: [{ place: 'two' }] });
    expect(change?.reasons[0]).toBe('goes from one to two: the first may delete it before the other has it');
  });
});

test('fields are shown with their own values, whatever else the change does', () => {
  expect(inShort(reviewed(deployment('', 'replicas: 3'), deployment('tty: true', 'replicas: 4')))).toEqual([
    'medium changed Deployment/web',
    '  spec.replicas: 3 → 4 [scale]',
    '  spec.template.spec.containers[name=web].tty: null → true [restart]',
  ]);
});
