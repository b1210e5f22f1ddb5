/** Indents every line but empty ones. */
function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** A Pod for the samples of rules on containers: the lines given come below the container and below the spec. */
export function samplePod(container: string, spec = ''): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
${spec === '' ? '' : `${indent(spec.trim(), 2)}\n`}  containers:
    - name: web
      image: registry.example.org/web:1.4.2
${indent(container.trim(), 6)}
`.replace(/\n +\n/g, '\n');
}

/** A Deployment for the samples of rules on its spec; its selector and labels agree. */
export function sampleDeployment(spec: string, podSpec = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
${spec === '' ? '' : `${indent(spec.trim(), 2)}\n`}  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
${podSpec === '' ? '' : `${indent(podSpec.trim(), 6)}\n`}      containers:
        - name: web
          image: registry.example.org/web:1.4.2
`;
}

/** Any object: head and the lines of its spec. */
export function sampleObject(apiVersion: string, kind: string, spec: string, metadata = ''): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: web
${metadata === '' ? '' : `${indent(metadata.trim(), 2)}\n`}${spec === '' ? '' : `spec:\n${indent(spec.trim(), 2)}\n`}`;
}

/** Several objects in one file. */
export function sampleDocuments(...texts: readonly string[]): string {
  return texts.join('---\n');
}

/** Several files, for rules that look at folders. */
export function sampleFiles(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([name, text]) => `# file: ${name}\n${text}`)
    .join('');
}

/** The Service of {@link sampleDeployment}, with lines added to its spec. */
export function sampleService(lines = ''): string {
  return sampleObject('v1', 'Service', `selector:\n  app: web\nports:\n  - name: http\n    port: 80\n${lines}`);
}

/** A HorizontalPodAutoscaler of {@link sampleDeployment} from 2 to 6 replicas, with lines added to its spec. */
export function sampleAutoscaler(lines = ''): string {
  return sampleObject(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    `scaleTargetRef:\n  apiVersion: apps/v1\n  kind: Deployment\n  name: web\nminReplicas: 2\nmaxReplicas: 6\n${lines}`,
  );
}
