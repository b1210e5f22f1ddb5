import * as z from 'zod';
import { autoscalingSchema, verticalScalingSchema } from './autoscaling';
import { clusterRole } from './cluster';
import { externalSchema } from './external';
import { cpuQuantity, cronSchedule, dnsLabel, memoryQuantity, port, portName } from './fields';
import { callSchema, workloadMeshSchema } from './mesh';
import type { Named } from './named';
import { byPhase, phaseId } from './phase';

/** What a container asks of the scheduler and may use at most; `requests` must not exceed `limits`. */
const resources = z.strictObject({
  requests: z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity }),
  limits: z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity }),
});

const containerPort = z.strictObject({
  /** Begins with the protocol (`http`, `grpc`, `tcp-redis`): the mesh reads it from there. */
  name: portName,
  port,
  /** Service ports equal container ports here, so that a NetworkPolicy and a Service say the same number. */
  appProtocol: z.enum(['http', 'grpc', 'tcp', 'kubernetes.io/ws']),
});

/** How the kubelet asks: an HTTP path, the gRPC health service, or whether the port accepts a connection. */
const probe = z.strictObject({
  /** Names one of the container's ports. */
  port: portName,
  /** HTTP path; left out for gRPC and TCP ports. */
  path: z.string().startsWith('/').optional(),
  periodSeconds: z.int().min(1).max(300),
  failureThreshold: z.int().min(1),
  timeoutSeconds: z.int().min(1).optional(),
});

const container = z.strictObject({
  name: dnsLabel,
  /** Key in `platform/images.ts`. */
  image: z.string(),
  /** @default IfNotPresent */
  imagePullPolicy: z.enum(['Always', 'IfNotPresent']).optional(),
  args: z.array(z.string()).optional(),
  ports: z.array(containerPort),
  resources: byPhase(resources),
  /** Left out for containers that run to completion. */
  probes: z.strictObject({ startup: probe, readiness: probe, liveness: probe }).optional(),
  /** Paths that get an empty volume, since the root file system is read-only; sizes in bytes. */
  scratch: z.array(
    z.strictObject({
      path: z.string().startsWith('/'),
      sizeLimit: memoryQuantity,
      /** In memory, which counts into the container's limit; left out: on the node's disk. */
      medium: z.literal('Memory').optional(),
    }),
  ),
});

const claim = z.strictObject({
  name: dnsLabel,
  /** Claim templates can't be changed: growing one is `docs/storage.md`'s business. */
  size: memoryQuantity,
  /** Container that mounts it, and where. */
  container: dnsLabel,
  mountPath: z.string().startsWith('/'),
});

/** What the data means for the GDPR: `special` is Article 9 (biometric and health data). */
export const dataClass = z.enum(['none', 'pseudonymised', 'personal', 'special']);

/**
 * What the record of processing activities (GDPR Article 30) says of a workload. It stands on claims too, whose
 * templates can't be changed later: that is why it is there from phase 1 on.
 */
export const processingSchema = z.strictObject({
  purpose: z.string().min(10),
  legalBasis: z.string().min(5),
  /** Days until the data is erased; 0: it is not stored. */
  retentionDays: z.int().min(0),
  /** Whose data it is and what it says of them: keys of `subjects` and `categories` in `platform/data-protection.ts`. */
  subjects: z.array(dnsLabel).min(1).optional(),
  categories: z.array(dnsLabel).min(1).optional(),
  /** Data protection impact assessment (GDPR Article 35), a key of `assessments` there; `special` data needs one. */
  assessment: dnsLabel.optional(),
});

const spread = z.strictObject({
  topologyKey: z.string(),
  /** `required` leaves a pod Pending rather than doubling up; `preferred` only scores. */
  strictness: z.enum(['required', 'preferred']),
});

const secretFile = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'is not the name of a file (small letters, digits, "-", ".")');
const secretKey = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/, 'is not the name of a secret (letters, digits, "-", "_")');

const common = {
  /** One sentence for people: what it does. */
  description: z.string().min(10),
  /** First phase that has it. */
  since: phaseId,
  /** Clusters that run it, by their role; left out: all but edge sites. */
  roles: z.array(clusterRole).min(1).optional(),
  /** `app.kubernetes.io/component`. */
  component: dnsLabel,
  dataClass,
  processing: processingSchema,
  /** One of `platform/priorities.ts`. */
  priorityClass: z.string(),
  /** Pools that may run it, the preferred one first. */
  pools: byPhase(z.array(z.string()).min(1)),
  spread: z.array(spread),
  containers: z.array(container).min(1),
  /** Environment from a ConfigMap; a change restarts the pods. */
  config: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not the name of an environment variable'), z.string()),
  /**
   * Files that hold secrets, and the key of each in the cluster's secret store, less the platform's name in front:
   * `{ password: 'neural-store-password' }`. Mounted at `/var/run/secrets/<workload>/`.
   */
  secrets: z.record(secretFile, secretKey).optional(),
  /** What it calls outside the cluster, by a name that says what it is; everything else outside is closed. */
  external: z.record(dnsLabel, externalSchema).optional(),
  /** How long its pods stay on a node that is out of reach, in seconds; left out: Kubernetes' own five minutes. */
  unreachableSeconds: z.int().min(0).optional(),
  /** Workloads that may call this one, and `gateway` for the front door, `devices` at an edge site. The only place where a call is declared. */
  callers: z.record(z.string(), callSchema),
  mesh: workloadMeshSchema,
  /** Time between SIGTERM and SIGKILL; the application drains within it. */
  terminationGracePeriodSeconds: z.int().min(0),
  /** User and group of the processes. Distroless images call 65532 `nonroot`. */
  runAsUser: z.int().min(1),
};

const budget = z
  .strictObject({ maxUnavailable: z.int().min(1).optional(), minAvailable: z.int().min(1).optional() })
  .refine((limits) => (limits.maxUnavailable === undefined) !== (limits.minAvailable === undefined), {
    message: 'needs exactly one of maxUnavailable and minAvailable',
    params: { fix: 'keep one of them' },
  });

const served = {
  /** Autoscaled from the phase it is written for; `replicas` is then the minimum. */
  autoscaling: byPhase(autoscalingSchema).optional(),
  verticalScaling: byPhase(verticalScalingSchema).optional(),
  /** Pods that run; where an autoscaler is in force, the fewest it may go to. */
  replicas: byPhase(z.int().min(1)),
  budget,
  /**
   * Value of the `restarted-for` annotation on the pods. It is a constant: whoever writes a new value restarts them
   * once. The seed's `kubectl rollout restart` in a form that can stand in Git.
   */
  restartedFor: z.string().optional(),
};

const deployment = z.strictObject({
  ...common,
  ...served,
  kind: z.literal('Deployment'),
  /** Pods above and below the replicas while a new version rolls out. */
  rollout: z
    .strictObject({ maxSurge: z.int().min(0), maxUnavailable: z.int().min(0) })
    .refine((limits) => limits.maxSurge + limits.maxUnavailable > 0, {
      message: 'can never replace a pod: both values are 0',
      params: { fix: 'set maxSurge or maxUnavailable to 1' },
    }),
  /** What the front door sends here; needs `gateway` among the callers. */
  route: z
    .strictObject({
      path: z.string().startsWith('/'),
      /** How long the load balancer keeps a connection open; WebSockets need an hour. */
      timeoutSeconds: z.int().min(1),
      /** HTTP path that tells the load balancer that a pod can serve. */
      healthPath: z.string().startsWith('/'),
    })
    .optional(),
});

const statefulSet = z.strictObject({
  ...common,
  ...served,
  kind: z.literal('StatefulSet'),
  claims: z.array(claim).min(1),
  /** `primary`: writes go to pod 0, reads may go to any; `peers`: all pods are alike. */
  topology: z.enum(['primary', 'peers']),
});

const cronJob = z.strictObject({
  ...common,
  kind: z.literal('CronJob'),
  schedule: cronSchedule,
  /** IANA name, such as Europe/Amsterdam. */
  timeZone: z.string(),
  /** Pods of one run; also what the maximum of the request totals counts. */
  parallelism: z.int().min(1),
  /** Never started by the schedule: people start a run with `kubectl create job --from`. */
  suspend: z.boolean().optional(),
  /** A run that could not start this long after its time is left out. */
  startingDeadlineSeconds: z.int().min(10),
  /** A pod that fails this often fails the run. Pods that lost their node don't count. */
  backoffLimit: z.int().min(0),
  /** Exit codes after which another try would end the same way: wrong settings. They fail the run at once. */
  finalExitCodes: z.array(z.int().min(1).max(255)).min(1),
  /** A run is ended after this time. */
  activeDeadlineSeconds: z.int().min(1),
  /** Queue that hands out room on spot nodes, from the phase it is written for; elsewhere runs start at once. */
  queue: byPhase(dnsLabel).optional(),
  /** Disks that come and go with each pod of a run; they are encrypted like the claims of a store. */
  scratchClaims: z.array(claim).optional(),
});

export const workloadSchema = z.discriminatedUnion('kind', [deployment, statefulSet, cronJob]);

/** One service or job of the platform, as its file in `platform/workloads/` describes it. */
export type WorkloadData = z.infer<typeof workloadSchema>;

/** A workload with its name, which is also the name of its file, its objects and its Service. */
export type Workload = Named<WorkloadData>;
export type DeploymentWorkload = Named<z.infer<typeof deployment>>;
export type StatefulSetWorkload = Named<z.infer<typeof statefulSet>>;
export type CronJobWorkload = Named<z.infer<typeof cronJob>>;
/** A workload that runs all the time and has replicas. */
export type ServedWorkload = DeploymentWorkload | StatefulSetWorkload;
export type Container = z.infer<typeof container>;
export type Claim = z.infer<typeof claim>;
export type Probe = z.infer<typeof probe>;
export type Resources = z.infer<typeof resources>;
export type DataClass = z.infer<typeof dataClass>;
export type Processing = z.infer<typeof processingSchema>;

/** The disks of a workload: what a store keeps, or what comes and goes with the pods of a job. */
export function claimsOf(workload: Workload): readonly Claim[] {
  if (workload.kind === 'StatefulSet') return workload.claims;
  return workload.kind === 'CronJob' ? (workload.scratchClaims ?? []) : [];
}
