import { OTHER_REGIONS, OWN_REGION, type ChartData } from '../../model/platform/chart';
import { globalDns } from '../global-dns';
import { settings } from '../settings';
import { onAddonNodes } from './placement';

/** The zone that the name servers in the clusters answer for, and the one above it, where the cloud's DNS says so. */
const zones = {
  loadBalancedZone: `${globalDns.subdomain}.${settings.domain}`,
  parentZone: settings.domain.split('.').slice(1).join('.'),
  dnsZoneNegTTL: globalDns.ttlSeconds,
};

const externalDnsName = 'k8gb-external-dns';

/**
 * Three pods: k8gb looks at endpoints, CoreDNS answers for the zone, external-dns tells the zone above where CoreDNS is.
 * external-dns is the one that this chart brings: k8gb writes the record for it only where it is switched on here, and a
 * second one with the same zone would be in its way.
 */
export const k8gb = {
  description: 'DNS that leads to a region that can serve: k8gb, its name server, and external-dns for the zone above',
  since: 'phase-3',
  only: 'global',
  repository: 'https://www.k8gb.io',
  version: 'v0.20.0',
  readAt: {
    source:
      'github.com/k8gb-io/k8gb, tag v0.20.0, chart/k8gb, whose lock names external-dns 1.21.1 (tag ' +
      'external-dns-helm-chart-1.21.1) and coredns 1.46.0 (github.com/coredns/helm, tag coredns-1.46.0), read too',
    commit: '5799495e783f1b2cb2a175e6e93a6b5ab939559f',
    date: '2026-11-27',
  },
  namespace: 'k8gb',
  stage: 'before',
  parts: [
    { addon: 'global-load-balancing', resourcesAt: 'k8gb.resources', count: 1 },
    { addon: 'global-load-balancing', resourcesAt: 'coredns.resources', count: 1 },
    { addon: 'dns-records', resourcesAt: 'extdns.resources', count: 1 },
  ],
  values: {
    k8gb: {
      dnsZones: [zones],
      clusterGeoTag: OWN_REGION,
      extGslbClustersGeoTags: OTHER_REGIONS,
      // Where it looks up the name servers of the other regions, whose records are public: the zone is Google's, so are
      // these.
      edgeDNSServers: ['8.8.8.8', '8.8.4.4'],
      // The chart can't say which nodes it runs on; it tolerates nothing, so never on spot ones.
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
    },
    coredns: {
      // One pod: resolvers ask the other region's name server while it restarts.
      replicaCount: 1,
      // Resolvers of the whole world ask it; k8gb reads its address from the Service, and waits until there is one.
      serviceType: 'LoadBalancer',
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
    },
    extdns: {
      enabled: true,
      fullnameOverride: externalDnsName,
      provider: { name: 'google' },
      extraArgs: { 'google-project': globalDns.project, 'google-zone-visibility': 'public' },
      serviceAccount: {
        annotations: {
          'iam.gke.io/gcp-service-account': `${externalDnsName}@${globalDns.project}.iam.gserviceaccount.com`,
        },
      },
      // Nothing but the records that k8gb asks for: no Service, Ingress or Gateway makes a public name by itself.
      sources: ['crd'],
      domainFilters: [zones.parentZone],
      // It never deletes. With `sync`, the region that wrote the delegation would take it along when its k8gb goes, and
      // with it the public name. A name server too many costs resolvers a second try.
      policy: 'upsert-only',
      // Of each region its own: what another has written is not touched.
      txtPrefix: `k8gb-${OWN_REGION}-`,
      txtOwnerId: `k8gb-${settings.name}-${OWN_REGION}`,
      interval: '1m',
      logLevel: 'info',
      nodeSelector: onAddonNodes,
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    },
  },
  valuesByFrontDoor: {
    // One address for UDP and TCP, which resolvers need both.
    gce: { coredns: { service: { annotations: { 'cloud.google.com/l4-rbs': 'enabled' } } } },
  },
} satisfies ChartData;
