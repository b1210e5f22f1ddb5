import type { ClusterData, Pool } from '../model/platform/cluster';
import { infrastructure } from './infrastructure';

/** An on-demand pool of the machine that all regions use. */
function onDemand(name: string, label: string, zones: string[]): Pool {
  return {
    name,
    label,
    machine: 'n2d-standard-4',
    zones,
    nodesPerZone: 1,
    capacity: 'on-demand',
    capacitySpread: '1',
    taints: [],
  };
}

/** On-demand nodes on which add-ons may run too. */
function shared(name: string, label: string, zones: string[]): Pool {
  return { ...onDemand(name, label, zones), addons: true };
}

/** A spot pool of one node: the labels of a GKE pool are the same on all its nodes, the capacity-spread is not. */
function spot(name: string, zone: string, capacitySpread: string): Pool {
  return {
    ...onDemand(name, 'ml-spot', [zone]),
    capacity: 'spot',
    capacitySpread,
    taints: [{ key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' }],
  };
}

/** Disks that are encrypted with the region's own key; infra/ makes it. */
function encryptedDisks(region: string): ClusterData['storage'] {
  const { project, keys } = infrastructure;
  return {
    className: 'aia-encrypted',
    provisioner: 'pd.csi.storage.gke.io',
    parameters: {
      type: 'pd-balanced',
      'disk-encryption-kms-key': `projects/${project}/locations/${region}/keyRings/${keys.ring}/cryptoKeys/${keys.disks}`,
    },
    allowVolumeExpansion: true,
  };
}

const west4 = ['europe-west4-a', 'europe-west4-b', 'europe-west4-c'];
const west1 = ['europe-west1-b', 'europe-west1-c', 'europe-west1-d'];

/** Four core and two cognitive nodes: the part of europe-west4 that no phase changes. */
const west4Core = [
  shared('core', 'core', west4),
  shared('core-extra', 'core', ['europe-west4-a']),
  shared('cognitive', 'cognitive', ['europe-west4-b', 'europe-west4-c']),
];

/** Every cluster that can run the platform. Which phase each one runs stands in clusters.yaml. */
export const clusters = {
  'europe-west4': {
    description: 'Full region: everything runs here',
    role: 'full',
    since: 'phase-1',
    region: 'europe-west4',
    location: { place: 'Eemshaven', country: 'NL', use: 'production' },
    build: { kind: 'gke', ranges: { nodes: '10.4.0.0/22', pods: '10.64.0.0/17', services: '10.4.16.0/20' } },
    mesh: true,
    pools: {
      // Eight on-demand nodes; phase 3 exchanges the two of `ml` for two spot nodes.
      'phase-1': [...west4Core, onDemand('ml', 'ml', ['europe-west4-a', 'europe-west4-b'])],
      'phase-3': [...west4Core, spot('ml-spot-a', 'europe-west4-a', '2'), spot('ml-spot-b', 'europe-west4-b', '3')],
    },
    storage: encryptedDisks('europe-west4'),
    secretStore: { provider: 'gcpsm', project: infrastructure.project },
    globalDns: true,
    // Above the largest phase with every Deployment surging; what stops a runaway, not what sizes the cluster.
    quota: { requestsCpu: '28', requestsMemory: '64Gi', pods: 80, claims: 10 },
    frontDoor: 'gce',
    addons: 'managed',
    // GKE runs its own and would fight over the APIService.
    provides: ['metrics-server'],
  },
  'europe-west1': {
    description: 'Warm standby: takes the core path over when europe-west4 is lost',
    role: 'standby',
    follows: 'europe-west4',
    since: 'phase-3',
    region: 'europe-west1',
    location: { place: 'St. Ghislain', country: 'BE', use: 'production' },
    build: { kind: 'gke', ranges: { nodes: '10.5.0.0/22', pods: '10.64.128.0/17', services: '10.5.16.0/20' } },
    mesh: true,
    pools: {
      'phase-3': [shared('core', 'core', west1), shared('cognitive', 'cognitive', west1.slice(0, 2))],
    },
    storage: encryptedDisks('europe-west1'),
    secretStore: { provider: 'gcpsm', project: infrastructure.project },
    globalDns: true,
    quota: { requestsCpu: '18', requestsMemory: '48Gi', pods: 60, claims: 10 },
    frontDoor: 'gce',
    addons: 'managed',
    provides: ['metrics-server'],
  },
  'edge-1': {
    description: 'One edge site: turns biometric samples into embeddings where they are taken',
    role: 'edge',
    since: 'phase-3',
    region: 'edge-1',
    location: { place: 'Edge site 1 (town not set yet)', country: 'NL', use: 'production' },
    build: { kind: 'k3s', channel: 'stable' },
    // No mesh: its control plane would be out of reach just when the site is on its own, and takes half of its cores. The
    // application ends TLS itself, both with the devices and with the region.
    mesh: false,
    pools: {
      'phase-3': [
        {
          name: 'edge',
          label: 'edge',
          machine: 'edge-site',
          zones: ['edge-1'],
          nodesPerZone: 1,
          capacity: 'on-demand',
          capacitySpread: '1',
          addons: true,
          taints: [{ key: 'aia.io/edge', value: 'true', effect: 'NoSchedule' }],
        },
      ],
    },
    storage: {
      className: 'aia-local',
      provisioner: 'rancher.io/local-path',
      parameters: {},
      allowVolumeExpansion: false,
    },
    deviceNetwork: '10.40.0.0/24',
    quota: { requestsCpu: '2', requestsMemory: '4Gi', pods: 10, claims: 2 },
    frontDoor: 'none',
    // Two cores have no room for a Prometheus and a log store of their own: the site reports to a full region.
    addons: 'external',
  },
  local: {
    description: 'kind on a laptop: one replica of everything, disks not encrypted',
    role: 'laptop',
    since: 'phase-1',
    region: 'local',
    location: { place: "A developer's own machine", country: 'NL', use: 'trial' },
    build: { kind: 'kind' },
    mesh: false,
    replicas: 1,
    pools: {
      'phase-1': (['core', 'cognitive', 'ml'] as const).map((label) => ({
        ...shared(label, label, ['local']),
        machine: 'kind-node',
      })),
    },
    storage: {
      className: 'aia-local',
      provisioner: 'rancher.io/local-path',
      parameters: {},
      allowVolumeExpansion: false,
    },
    quota: { requestsCpu: '16', requestsMemory: '40Gi', pods: 40, claims: 10 },
    frontDoor: 'none',
    // A laptop is busy enough with the platform; write 'managed' to have the charts too.
    addons: 'external',
  },
} satisfies Record<string, ClusterData>;
