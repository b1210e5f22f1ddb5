import type { MetricSourceData } from '../../model/platform/metric';
import { metric } from './metric';

const targetLabels = ['job', 'instance', 'endpoint', 'service', 'namespace', 'pod', 'container'];

export const prometheus = {
  description: 'Prometheus about itself: rules it evaluates, what it sends to Alertmanager, its disk',
  chart: 'kube-prometheus-stack',
  readAt: {
    source:
      'github.com/prometheus/prometheus, rules/group.go, notifier/metric.go, tsdb/head.go, tsdb/db.go, commit ' +
      'd7598b7141418fa35be2b5ec5d0fefb634199610',
    version: 'v3.14.0, the image that chart 88.5.3 names',
    date: '2026-11-27',
  },
  scrape: 'ServiceMonitor of the chart',
  since: 'phase-1',
  targetLabels,
  metrics: {
    prometheus_rule_evaluation_failures_total: metric('counter', 'count', 'Rules that failed', 'rule_group'),
    prometheus_rule_group_iterations_missed_total: metric('counter', 'count', 'Rules it had no time for', 'rule_group'),
    prometheus_notifications_alertmanagers_discovered: metric('gauge', 'count', 'Alertmanagers it knows'),
    prometheus_notifications_dropped_total: metric('counter', 'count', 'Alerts nobody took', 'alertmanager'),
    prometheus_tsdb_head_series: metric('gauge', 'count', 'Series it holds in memory'),
    prometheus_tsdb_storage_blocks_bytes: metric('gauge', 'bytes', 'Size of its blocks on disk'),
  },
} satisfies MetricSourceData;

export const alertmanager = {
  description: 'Whether Alertmanager can tell anybody',
  chart: 'kube-prometheus-stack',
  readAt: {
    source: 'github.com/prometheus/alertmanager, notify/metrics.go, commit 085f0ef7eb41da24cab8cd000f1345b6250f2edb',
    version: 'v0.34.0, the image that chart 88.5.3 names',
    date: '2026-11-27',
  },
  scrape: 'ServiceMonitor of the chart',
  since: 'phase-1',
  targetLabels,
  metrics: {
    alertmanager_notifications_total: metric('counter', 'count', 'Messages sent', 'integration'),
    alertmanager_notifications_failed_total: metric(
      'counter',
      'count',
      'Messages that did not arrive',
      'integration',
      'reason',
    ),
  },
} satisfies MetricSourceData;

/** What Prometheus writes itself, for every target and every alert of ours. */
export const synthetic = {
  description: 'Series that Prometheus makes: whether a target answers, which alerts there are',
  readAt: {
    source: 'prometheus.io/docs, Jobs and instances; Alerting rules',
    version: 'v3.14.0, the image that chart 88.5.3 names',
    date: '2026-11-27',
  },
  scrape: 'none: it comes with every scrape and every evaluation',
  since: 'phase-1',
  targetLabels: [],
  metrics: {
    up: metric(
      'gauge',
      'state',
      'Whether the last scrape of a target worked',
      ...targetLabels,
      'node',
      'metrics_path',
      'workload',
    ),
    ALERTS: metric(
      'gauge',
      'state',
      'An alert that is pending or fires',
      ...targetLabels,
      'alertname',
      'alertstate',
      'severity',
    ),
  },
} satisfies MetricSourceData;
