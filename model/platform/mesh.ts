import * as z from 'zod';
import { cpuQuantity, dnsLabel, memoryQuantity } from './fields';

/** Times are whole milliseconds everywhere in the mesh's data. */
const milliseconds = z.int().min(1);

/** One declared call, from the caller in whose name it stands. */
export const callSchema = z.strictObject({
  /** After this the caller gives up; left out only for streams and for protocols that are not HTTP. */
  timeoutMs: milliseconds.exactOptional(),
  /** The call stays open for as long as both sides want: a WebSocket. */
  streaming: z.boolean().exactOptional(),
  /** For a caller that runs on other clusters: it comes in through the gateway, to paths that begin like this. */
  throughGateway: z.strictObject({ path: z.string().startsWith('/') }).exactOptional(),
  /** Left out: the mesh never repeats the call. Its own default would repeat it twice. */
  retries: z
    .strictObject({ attempts: z.int().min(1), perTryTimeoutMs: milliseconds, on: z.array(z.string()).min(1) })
    .exactOptional(),
});

/** The proxy beside each pod: its own requests and limits, which count into every total. */
const proxy = z.strictObject({
  requests: z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity }),
  limits: z.strictObject({ cpu: cpuQuantity, memory: memoryQuantity }),
});

/** How much one caller's pod may have open towards this workload; all callers together have that many times more. */
const connectionPool = z.strictObject({
  maxConnections: z.int().min(1),
  connectTimeoutMs: milliseconds,
  http1MaxPendingRequests: z.int().min(1).exactOptional(),
  http2MaxRequests: z.int().min(1).exactOptional(),
});

/** When a pod that answers with errors is left out for a while: the circuit breaker. */
const outlierDetection = z.strictObject({
  consecutive5xxErrors: z.int().min(1).exactOptional(),
  consecutiveGatewayErrors: z.int().min(1).exactOptional(),
  /** Refused or timed-out connections, for protocols without HTTP status codes. */
  consecutiveLocalOriginFailures: z.int().min(1).exactOptional(),
  intervalMs: milliseconds,
  baseEjectionMs: milliseconds,
  /** Share of the pods that may be left out at once, in percent; 0 keeps even a failing one. */
  maxEjectionPercent: z.int().min(0).max(100),
});

/** What the mesh does for one workload. */
export const workloadMeshSchema = z.strictObject({
  proxy,
  /** How a call is spread over the pods of this workload, and when one is left out; left out where nobody calls it. */
  destination: z
    .strictObject({
      connectionPool,
      outlierDetection,
      /** Cookie that keeps a client with its pod. */
      affinityCookie: z.string().exactOptional(),
    })
    .exactOptional(),
  /** Share of traces that are kept, in percent, where it is not the mesh's own. */
  tracingSamplingPercent: z.number().min(0).max(100).exactOptional(),
  /** Where the application serves its metrics; the proxy hands them out together with its own. */
  metrics: z.strictObject({ port: z.int().min(1).max(65535), path: z.string().startsWith('/') }),
  /** Its part of the response time that users are promised (p95). */
  latencyBudgetMs: milliseconds.exactOptional(),
});

export const meshSchema = z.strictObject({
  /** Tag of the istiod revision whose proxies are injected; upgrades move the tag. */
  revision: dnsLabel,
  controlPlaneNamespace: dnsLabel,
  /** First part of every identity in the mesh: `cluster.local/ns/…/sa/…`. */
  trustDomain: z.string(),
  gateway: z.strictObject({
    namespace: dnsLabel,
    selector: z.record(z.string(), z.string()),
    /** Account under which it runs: its identity in the mesh. */
    serviceAccount: dnsLabel,
    /** Secret with the certificate of the domain, in the gateway's namespace. */
    credentialName: dnsLabel,
    /** The entry for other clusters: below the public name, for clients with a certificate that its Secret's CA signed. */
    sites: z.strictObject({ subdomain: dnsLabel, credentialName: dnsLabel }),
  }),
  tracing: z.strictObject({
    /** Name of the provider in istiod's mesh config. */
    provider: dnsLabel,
    namespace: dnsLabel,
    /** Where proxies send their spans. */
    port: z.int().min(1).max(65535),
    samplingPercent: z.number().min(0).max(100),
  }),
  /** Upper bounds of the request duration histogram, ascending; must contain the objective. */
  histogramBucketsMs: z.array(milliseconds).min(2),
  /** Response time that users are promised (p95), and the mesh's own part of it. */
  responseTimeObjectiveMs: milliseconds,
  latencyBudgetMs: milliseconds,
});

export type Call = z.infer<typeof callSchema>;
export type Mesh = z.infer<typeof meshSchema>;
export type WorkloadMesh = z.infer<typeof workloadMeshSchema>;

/** Whether proxies only accept (`PERMISSIVE`) or demand (`STRICT`) mutual TLS. */
export type MutualTls = 'PERMISSIVE' | 'STRICT';
