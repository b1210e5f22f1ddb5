import type { MetricSourceData } from '../../model/platform/metric';
import { metric } from './metric';

/** Every application serves its own at `mesh.metrics` of its data; the proxy hands them out with its own. */
const fromProxies = {
  contract: true,
  scrape:
    'PodMonitors of ours, one a workload, through the proxy (port 15020): there are none without a mesh; workload is the ' +
    'label app.kubernetes.io/name of the pod',
  since: 'phase-2',
  only: 'mesh',
  targetLabels: ['job', 'instance', 'namespace', 'pod', 'container', 'workload'],
} satisfies Partial<MetricSourceData>;

/** A contract is ours: its version is the day it was written. */
function writtenFor(workload: string): MetricSourceData['readAt'] {
  return { source: `our contract with the image of ${workload}`, version: '1', date: '2026-11-27' };
}

export const mlInference = {
  ...fromProxies,
  description: 'What ML inference says of its queue, its batches and its models',
  readAt: writtenFor('ml-inference-service'),
  metrics: {
    aia_ml_queue_depth: metric('gauge', 'count', 'Requests of this pod that wait for a batch'),
    aia_ml_batch_size: metric('histogram', 'count', 'Requests that were inferred together'),
    aia_ml_batch_wait_seconds: metric('histogram', 'seconds', 'How long a request waited for its batch'),
    aia_ml_inference_seconds: metric('histogram', 'seconds', 'How long a batch took on the model', 'model'),
    aia_ml_model_load_seconds: metric('gauge', 'seconds', 'How long the last load of a model took', 'model', 'version'),
    aia_ml_model_loaded: metric('gauge', 'state', 'Whether a model can be used', 'model', 'version'),
  },
} satisfies MetricSourceData;

export const wsGateway = {
  ...fromProxies,
  description: 'What the WebSocket gateway says of its connections',
  readAt: writtenFor('ws-gateway'),
  metrics: {
    aia_ws_connections: metric('gauge', 'count', 'WebSockets that are open on this pod'),
  },
} satisfies MetricSourceData;

export const cognitiveProcessor = {
  ...fromProxies,
  description: 'What the cognitive processor says of its work',
  readAt: writtenFor('cognitive-processor'),
  metrics: {
    aia_cognitive_queue_depth: metric('gauge', 'count', 'Sessions of this pod that wait'),
    aia_cognitive_results_total: metric(
      'counter',
      'count',
      'States computed; outcome is success, failure or shed (refused under load)',
      'outcome',
    ),
  },
} satisfies MetricSourceData;

export const biometricProcessor = {
  ...fromProxies,
  description: 'What the biometric processor says of its work',
  readAt: writtenFor('biometric-processor'),
  metrics: {
    aia_biometric_results_total: metric(
      'counter',
      'count',
      'Samples processed; outcome is success (a match or none) or failure (no answer could be given)',
      'outcome',
    ),
  },
} satisfies MetricSourceData;

/**
 * The database has no exporter: the template of its image serves none. The names are those of postgres_exporter, so that
 * adding it to the image, or an operator that brings it, is all that is missing.
 */
export const neuralStore = {
  ...fromProxies,
  description: 'What the database says of its log archiver and its follower',
  readAt: {
    source:
      'our contract with the image of neural-store: names of github.com/prometheus-community/postgres_exporter, ' +
      'collector/pg_stat_archiver.go, collector/pg_replication.go, collector/pg_stat_database.go, commit ' +
      '867fbcac31cd18c143e244190ea9168cca069827',
    version: 'v0.20.1',
    date: '2026-11-27',
  },
  metrics: {
    pg_up: metric('gauge', 'state', 'Whether the exporter reaches the database'),
    pg_stat_archiver_archived_count: metric('counter', 'count', 'Parts of the log that are in the bucket'),
    pg_stat_archiver_failed_count: metric('counter', 'count', 'Tries to put one there that failed'),
    pg_stat_archiver_last_archive_age: metric('gauge', 'seconds', 'How long ago one got there'),
    pg_replication_is_replica: metric('gauge', 'state', 'Whether this pod follows another'),
    pg_replication_lag_seconds: metric('gauge', 'seconds', 'How far it is behind'),
    pg_stat_database_numbackends: metric('gauge', 'count', 'Connections', 'datid', 'datname'),
  },
} satisfies MetricSourceData;
